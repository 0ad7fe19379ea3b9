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

/// When to come back, where a reason says so ("come back in 500 ms").
pub fn wait_ms(reason: &str) -> Option<u32> {
    reason.split(' ').find_map(|word| word.parse().ok())
}
