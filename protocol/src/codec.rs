//! Messages: postcard, each behind its [`crate::stamp`] in a binary WebSocket frame, named by a subprotocol.

use postcard::ser_flavors::Size;
use serde::{Serialize, de::DeserializeOwned};

/// WebSocket subprotocol; its version grows with every change of a message.
pub const SUBPROTOCOL: &str = "quizwire.v5.postcard";

/// A frame that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the frame could not be read")
    }
}

impl std::error::Error for Unreadable {}

/// A message as bytes.
///
/// # Panics
/// When a type cannot be encoded whatever is in it, such as a list that does not know its length. It must not become an
/// empty frame: that is a heartbeat.
#[expect(clippy::panic, reason = "a fault of the type, not of what somebody has sent")]
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message).unwrap_or_else(|error| panic!("a message cannot be encoded: {error}"))
}

/// How many bytes a message becomes.
///
/// # Panics
/// As [`encode`] does.
#[expect(clippy::panic, reason = "a fault of the type, not of what somebody has sent")]
pub fn encoded_bytes<T: Serialize>(message: &T) -> usize {
    postcard::serialize_with_flavor(message, Size::default())
        .unwrap_or_else(|error| panic!("a message cannot be encoded: {error}"))
}

/// A message of bytes; all of them have to be used up.
pub fn decode<T: DeserializeOwned>(frame: &[u8]) -> Result<T, Unreadable> {
    match postcard::take_from_bytes(frame) {
        Ok((message, [])) => Ok(message),
        _ => Err(Unreadable),
    }
}

#[cfg(test)]
mod tests;
