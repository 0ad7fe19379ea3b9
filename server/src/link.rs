//! The game link: one connection of a page, from handshake to goodbye.

mod bucket;
mod origin;
mod websocket;

pub use origin::is_allowed;
pub use websocket::{desk, play, screen};
