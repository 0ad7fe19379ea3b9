//! The game link: one connection of a page, from handshake to goodbye, over a WebSocket or over plain requests.

mod admission;
mod conversation;
mod origin;
pub mod poll;
mod pulse;
mod stamps;
pub mod websocket;

pub use origin::is_allowed;
pub use poll::Polls;
