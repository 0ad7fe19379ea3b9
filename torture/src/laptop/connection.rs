//! A page's connection, which always comes back.

use crate::Result;
use protocol::limits;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::ops::Range;
use std::time::Duration;
use swarm::{Team, Transport, Venue, Wire};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Silence after which a page gives its connection up.
pub const SILENCE: Duration = Duration::from_millis(limits::SILENCE_MS);

/// Before a lost connection is sought again, in milliseconds, as a page does.
const RETURN_MS: Range<u64> = 50..100;

/// Where a page is at home.
#[derive(Debug, Clone)]
pub struct Seat {
    /// The server with the game.
    pub venue: Venue,
    /// How the page is connected.
    pub transport: Transport,
    /// Its team's session.
    pub cookie: String,
}

/// A connection, or the seeking of one.
pub enum Connection {
    /// Sought.
    Dialling(JoinHandle<Result<Wire>>),
    /// There.
    Up(Wire),
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Self::Dialling(task) = self {
            task.abort();
        }
    }
}

impl Connection {
    /// Seeks a connection after a moment.
    pub fn dial(seat: Seat, random: &mut ChaCha8Rng) -> Self {
        let wait = Duration::from_millis(random.random_range(RETURN_MS));
        Self::Dialling(tokio::spawn(async move {
            sleep(wait).await;
            timeout(SILENCE, Team::dial(&seat.venue, seat.transport, &seat.cookie)).await?
        }))
    }
}
