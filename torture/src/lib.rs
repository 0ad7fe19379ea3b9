//! The real server, killed under simulated teams: torture looks what became of every keypress, and the storm how long a
//! full house takes to come back.

pub mod attack;
pub mod audit;
pub mod evening;
pub mod floor;
pub mod house;
pub mod laptop;
pub mod process;
pub mod quiz;
pub mod quizmaster;
pub mod storm;
pub mod times;

/// What went wrong.
pub type Result<T> = anyhow::Result<T>;
