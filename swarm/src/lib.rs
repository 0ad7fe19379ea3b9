//! Simulated pages: what a browser's page does, without the browser. Tests drive a real server with them, and so do the
//! torture and the benchmarks.

pub mod desk;
pub mod screen;
pub mod team;
pub mod venue;
pub mod wire;

pub use desk::Desk;
pub use screen::Screen;
pub use team::Team;
pub use venue::Venue;
pub use wire::{Transport, Wire};

use protocol::ids::{Micros, Millis};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Longer than anything here takes; who waits so long has found a fault.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What went wrong.
pub type Result<T> = anyhow::Result<T>;

/// The clock of this machine, which is the server's too, in microseconds.
pub fn now_us() -> Micros {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros() as Micros
}

/// The same in milliseconds.
pub fn now_ms() -> Millis {
    now_us() / 1_000
}

/// Waits for something, but not for ever.
async fn patiently<T>(what: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(PATIENCE, what).await.map_err(|_| anyhow::anyhow!("it did not happen"))?
}
