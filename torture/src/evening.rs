//! One evening: a server, its teams and the quizmaster, and the server that is killed under them again and again.

use crate::Result;
use crate::audit::{Tally, audit, facts};
use crate::laptop::{Laptop, Seat};
use crate::quiz;
use crate::quizmaster::Quizmaster;
use crate::test_server::TestServer;
use anyhow::Context;
use futures::future::{join_all, try_join_all};
use game::Game;
use game::phase::Phase;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::ops::{AddAssign, Range};
use std::path::Path;
use std::time::Duration;
use swarm::Transport;
use tokio::time::sleep;

/// Kills of one evening, at most: a fresh game keeps replays short, and the kinds of questions mixed.
pub const KILLS: u64 = 50;
const TEAMS: usize = 6;
/// How each of a team's laptops is connected.
const LAPTOPS: [Transport; 3] = [Transport::WebSocket, Transport::WebSocket, Transport::Polling];
/// From when all is well to the next kill, in milliseconds.
const PEACE_MS: Range<u64> = 0..500;
/// The same while there is nothing to type: sometimes longer than a count-in or a grace, or the game would never go on.
const IDLE_MS: Range<u64> = 0..3_500;
/// From starting the server to killing it again, in milliseconds: while it comes up, and while pages come back.
const RELAPSE_MS: Range<u64> = 0..250;

/// An evening.
pub struct Evening {
    server: TestServer,
    laptops: Vec<Laptop>,
    quizmaster: Quizmaster,
    random: ChaCha8Rng,
    /// Whether there was nothing to type when last looked.
    is_idle: bool,
    tally: Tally,
    faults: Vec<String>,
}

/// What an evening has come to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// In numbers.
    pub tally: Tally,
    /// In words: whatever is not as it should be.
    pub faults: Vec<String>,
}

impl AddAssign for Outcome {
    fn add_assign(&mut self, other: Self) {
        self.tally += other.tally;
        self.faults.extend(other.faults);
    }
}

impl Evening {
    /// Opens the server and lets everybody in.
    ///
    /// # Errors
    /// When that fails.
    pub async fn new(program: &Path, mut random: ChaCha8Rng) -> Result<Self> {
        let mut server = TestServer::new(program, quiz::drawn(&mut random), TEAMS, &mut random).await?;
        server.process.start()?;
        server.process.ready().await?;
        let venue = server.process.venue.clone();
        let mut fork = || ChaCha8Rng::seed_from_u64(random.random());
        let quizmaster = Quizmaster::new(venue.clone(), server.desk_cookie().await?, fork());
        let mut laptops = Vec::new();
        for cookie in server.team_cookies().await? {
            let seat = |transport| Seat { venue: venue.clone(), transport, cookie: cookie.clone() };
            laptops.extend(LAPTOPS.map(|transport| Laptop::new(seat(transport), fork())));
        }
        Ok(Self { server, laptops, quizmaster, random, is_idle: true, tally: Tally::default(), faults: Vec::new() })
    }

    /// Kills the server so often, and looks each time what has become of everything; ends at the first fault.
    pub async fn run(mut self, kills: u64, killed: impl Fn()) -> Outcome {
        while self.tally.kills < kills && self.faults.is_empty() {
            if let Err(error) = self.round(kills, &killed).await {
                self.faults.push(format!("{error:#}"));
            }
        }
        // Once more with the server away for good: what is in the file, not what somebody says of it.
        self.server.process.kill();
        match facts(&self.server.database()).await {
            Ok(facts) => self.look(&facts),
            Err(error) => self.faults.push(format!("the journal cannot be read: {error:#}")),
        }
        if !self.faults.is_empty() {
            let kept = format!("the database and the server's log are kept in {}", self.server.keep().display());
            self.faults.push(kept);
        }
        Outcome { tally: self.tally, faults: self.faults }
    }

    /// A kill, or some that follow each other closely, while everybody types; then everything settles and is looked at.
    async fn round(&mut self, kills: u64, killed: &impl Fn()) -> Result<()> {
        let Self { server, laptops, quizmaster, random, tally, .. } = self;
        let peace = if self.is_idle { IDLE_MS } else { PEACE_MS };
        let typing = join_all(laptops.iter_mut().map(Laptop::live));
        tokio::select! {
            blow = blow(server, random, peace, &mut tally.kills, kills, killed) => blow?,
            _ = typing => {}
            () = quizmaster.live() => {}
        }
        try_join_all(self.laptops.iter_mut().map(Laptop::settle)).await?;
        let facts = facts(&self.server.database()).await.context("the journal cannot be read")?;
        self.look(&facts);
        let game = Game::replay(&facts);
        self.is_idle = !matches!(game.phase(), Phase::Open { .. } | Phase::Rating { .. });
        try_join_all(self.laptops.iter_mut().map(|laptop| laptop.agree(&game))).await?;
        Ok(())
    }

    fn look(&mut self, facts: &[game::Fact]) {
        let ledgers = self.laptops.iter().map(|laptop| &laptop.ledger);
        self.tally = Tally { kills: self.tally.kills, ..audit(facts, ledgers, &mut self.faults) };
    }
}

/// Kills the server and lets it come back; often it is killed again before it has got far.
async fn blow(
    server: &mut TestServer,
    random: &mut ChaCha8Rng,
    mut pause: Range<u64>,
    count: &mut u64,
    most: u64,
    killed: &impl Fn(),
) -> Result<()> {
    loop {
        sleep(Duration::from_millis(random.random_range(pause))).await;
        server.process.kill();
        *count += 1;
        killed();
        sleep(outage(random)).await;
        server.process.start()?;
        if *count >= most || random.random_bool(0.6) {
            break;
        }
        pause = RELAPSE_MS;
    }
    server.process.ready().await?;
    // Sometimes all are still coming back when hands come to rest, sometimes they have typed on.
    sleep(Duration::from_millis(random.random_range(PEACE_MS))).await;
    Ok(())
}

/// How long the server stays away: mostly a moment, now and then so long that the game comes back paused.
fn outage(random: &mut ChaCha8Rng) -> Duration {
    Duration::from_millis(match random.random_range(0..200) {
        0 => random.random_range(5_000..6_500),
        1..12 => random.random_range(400..1_500),
        12..50 => random.random_range(50..400),
        _ => random.random_range(0..50),
    })
}
