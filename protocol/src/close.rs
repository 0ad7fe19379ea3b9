//! Reasons for which the server ends a connection, beside the standard ones.

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

/// Why the server ends a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Close {
    /// Its code.
    pub code: u16,
    /// When the page is to come back; nothing where that is up to the page.
    pub retry_ms: Option<u32>,
}

impl Close {
    /// With this code.
    pub const fn new(code: u16) -> Self {
        Self { code, retry_ms: None }
    }

    /// Because the server is not there for the moment; the page is to come back after so long.
    pub const fn retry(retry_ms: u32) -> Self {
        Self { code: RESTART, retry_ms: Some(retry_ms) }
    }

    /// What stands beside the code, for programs: the wait in milliseconds, or nothing.
    pub fn reason(self) -> String {
        self.retry_ms.map(|retry_ms| retry_ms.to_string()).unwrap_or_default()
    }

    /// The same as it comes.
    pub fn read(code: u16, reason: &str) -> Self {
        Self { code, retry_ms: reason.parse().ok() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_comes_as_a_number_and_words_are_none() {
        for close in [Close::retry(0), Close::retry(2_000), Close::new(TOO_MANY)] {
            assert_eq!(Close::read(close.code, &close.reason()), close);
        }
        assert_eq!(Close::read(RESTART, "come back in 500 ms").retry_ms, None);
    }
}
