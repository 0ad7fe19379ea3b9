//! The game link: one connection of a page, from handshake to goodbye, over a WebSocket or over plain requests.

mod admission;
mod conversation;
mod heartbeat;
pub mod poll;
mod stamps;
pub mod websocket;
