//! The real server, killed under simulated teams: torture looks what became of every keypress, and reconnect how long a
//! full hall takes to come back.

pub mod attack;
pub mod audit;
pub mod baseline;
pub mod evening;
pub mod growth;
pub mod laptop;
pub mod process;
pub mod quiz;
pub mod quizmaster;
pub mod reconnect;
pub mod test_server;
pub mod times;

/// What went wrong.
pub type Result<T> = anyhow::Result<T>;
