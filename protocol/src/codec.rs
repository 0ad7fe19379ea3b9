//! Messages: postcard, each behind its [`crate::stamp`] in a binary WebSocket frame, named by a subprotocol.

use serde::{Serialize, de::DeserializeOwned};

/// WebSocket subprotocol; its version grows with every change of a message.
pub const SUBPROTOCOL: &str = "quizwire.v4.postcard";

/// Reasons for which the server ends a connection, beside the standard ones.
pub mod close {
    /// Policy: logged out, not allowed, or against the rules.
    pub const POLICY: u16 = 1008;
    /// A frame over the limit.
    pub const TOO_BIG: u16 = 1009;
    /// The server restarts or rebuilds the game; come back at once.
    pub const RESTART: u16 = 1012;
    /// Too slow to follow; come back for a fresh view.
    pub const LAGGING: u16 = 4408;
    /// A frame that this server does not understand.
    pub const UNREADABLE: u16 = 4400;
    /// The team or the game has as many open pages as it can have.
    pub const TOO_MANY: u16 = 4409;
    /// Too many messages for a person's hands.
    pub const TOO_FAST: u16 = 4429;
    /// Page and server are of different versions; reload once.
    pub const VERSION: u16 = 4426;

    /// When to come back, where a reason says so ("come back in 500 ms").
    pub fn wait_ms(reason: &str) -> Option<u32> {
        reason.split(' ').find_map(|word| word.parse().ok())
    }
}

/// Frames over plain requests: in a body each stands behind its length in four bytes, the highest one first.
pub mod polling {
    /// Header of an answer that ends the link: a close code.
    pub const CODE: &str = "quizwire-close";
    /// Header beside it: why, in words.
    pub const REASON: &str = "quizwire-reason";

    /// Adds a frame to a body.
    pub fn push(body: &mut Vec<u8>, frame: &[u8]) {
        body.extend((frame.len() as u32).to_be_bytes());
        body.extend(frame);
    }

    /// The frames of a body; nothing when it is not made of whole frames.
    pub fn frames(mut body: &[u8]) -> Option<Vec<&[u8]>> {
        let mut frames = Vec::new();
        while !body.is_empty() {
            let (length, rest) = body.split_first_chunk::<4>()?;
            let (frame, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
            frames.push(frame);
            body = rest;
        }
        Some(frames)
    }
}

/// A frame that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the frame could not be read")
    }
}

impl std::error::Error for Unreadable {}

/// A message as bytes. Every message of this crate can be encoded.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message).unwrap_or_default()
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
