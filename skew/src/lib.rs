//! How far apart a room full of pages reveals a question, simulated: the estimator of `protocol::clock` and others on
//! the same lines, with the same delays.
//!
//! Instants and delays are in microseconds of the server's clock, which is right; only the pages' clocks are off.

pub mod device;
pub mod jitter;
pub mod line;
pub mod method;
pub mod page_clock;
pub mod room;
pub mod scenario;
pub mod spread;
pub mod table;
pub mod traffic;

use protocol::ids::Micros;

/// A millisecond.
pub const MS: Micros = 1_000;

/// A second.
pub const S: Micros = 1_000 * MS;

/// The instant of the reveal, or of whatever else is looked at. A page has been connected for 60 to 62 s then.
pub const REVEAL_US: Micros = 60 * S;
