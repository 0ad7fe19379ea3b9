//! What a room says: typed until it leaves.

use protocol::codec::{encode, encoded_bytes};
use protocol::server::{ToDesk, ToScreen, ToTeam};
use std::sync::{Arc, OnceLock};

/// To whom, and what.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "each is behind a pointer of its own, and most go to teams")]
pub enum Content {
    /// To pages of teams.
    Team(ToTeam),
    /// To desks.
    Desk(ToDesk),
    /// To big screens.
    Screen(ToScreen),
}

impl From<ToTeam> for Content {
    fn from(message: ToTeam) -> Self {
        Self::Team(message)
    }
}

impl From<ToDesk> for Content {
    fn from(message: ToDesk) -> Self {
        Self::Desk(message)
    }
}

impl From<ToScreen> for Content {
    fn from(message: ToScreen) -> Self {
        Self::Screen(message)
    }
}

/// A message on its way to pages, however many: whichever connection sends it first encodes it for all.
#[derive(Debug, Clone)]
pub struct Message(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    content: Content,
    bytes: usize,
    encoded: OnceLock<Vec<u8>>,
}

impl Message {
    /// One that nobody has sent.
    pub fn new(content: impl Into<Content>) -> Self {
        let content = content.into();
        let bytes = match &content {
            Content::Team(message) => encoded_bytes(message),
            Content::Desk(message) => encoded_bytes(message),
            Content::Screen(message) => encoded_bytes(message),
        };
        Self(Arc::new(Inner { content, bytes, encoded: OnceLock::new() }))
    }

    /// How long it is once it is encoded.
    pub fn bytes(&self) -> usize {
        self.0.bytes
    }

    /// As it goes over a wire.
    pub fn encoded(&self) -> &[u8] {
        self.0.encoded.get_or_init(|| match &self.0.content {
            Content::Team(message) => encode(message),
            Content::Desk(message) => encode(message),
            Content::Screen(message) => encode(message),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_to_many_is_encoded_once_and_as_long_as_it_said() {
        let message = Message::new(ToScreen::Admitted("/screen/ABCD".into()));
        let (one, other) = (message.clone(), message);
        assert_eq!(one.bytes(), one.encoded().len());
        assert!(std::ptr::eq(one.encoded(), other.encoded()));
    }
}
