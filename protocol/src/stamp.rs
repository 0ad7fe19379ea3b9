//! What goes before every frame, in both directions: instants from which either side learns how long the line is, and
//! the page how far its clock is off. They cost no message of their own; a frame that is only a stamp is a heartbeat.

use crate::codec::Unreadable;
use crate::ids::Micros;
use serde::{Deserialize, Serialize};

/// When a frame left, and what its sender has heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The sender's clock when it left.
    pub sent_us: Micros,
    /// A stamp of the other side, told once.
    pub echo: Option<Echo>,
}

/// A stamp that came: a page tells the newest one, the server the one that had been under way for the shortest time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Echo {
    /// As it was stamped, by the clock of who hears this.
    pub sent_us: Micros,
    /// When it came, by the clock of who tells this.
    pub received_us: Micros,
}

impl Stamp {
    /// A frame: the stamp, then the message; without one it is a heartbeat.
    pub fn frame(&self, message: &[u8]) -> Vec<u8> {
        let mut frame = postcard::to_allocvec(self).unwrap_or_default();
        frame.extend_from_slice(message);
        frame
    }

    /// A frame's stamp and its message.
    ///
    /// # Errors
    /// When it does not begin with a stamp.
    pub fn of(frame: &[u8]) -> Result<(Self, &[u8]), Unreadable> {
        postcard::take_from_bytes(frame).map_err(|_| Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_frame_comes_apart_as_it_was_put_together(
            sent_us: i64, echo: Option<(i64, i64)>, message in prop::collection::vec(any::<u8>(), 0..50),
        ) {
            let echo = echo.map(|(sent_us, received_us)| Echo { sent_us, received_us });
            let stamp = Stamp { sent_us, echo };
            let frame = stamp.frame(&message);
            prop_assert_eq!(Stamp::of(&frame), Ok((stamp, &message[..])));
        }

        #[test]
        fn no_bytes_are_too_strange(frame in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = Stamp::of(&frame);
        }
    }
}
