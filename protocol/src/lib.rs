//! The vocabulary that the rules, the server and the browser share, and the conversation between the last two.
//!
//! Nothing here reads a clock, a random source or a socket: time and identity come in as arguments.

pub mod answer;
pub mod client;
pub mod clock;
pub mod close;
pub mod codec;
pub mod ids;
pub mod limits;
pub mod mark;
pub mod outbox;
pub mod polling;
pub mod question;
pub mod rejection;
pub mod replica;
pub mod seal;
pub mod server;
pub mod shared;
pub mod stamp;
pub mod text;
pub mod view;
