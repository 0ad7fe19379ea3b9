//! Doctored pages and strangers against a full evening: whatever they send, nothing honest is refused, closed or lost,
//! and memory stays bounded. How long honest keys take is printed and never judged.

mod honest;
mod hostile;
mod strangers;

use crate::Result;
use crate::quiz;
use crate::test_server::TestServer;
use anyhow::{Context, ensure};
use futures::future::BoxFuture;
use honest::Honest;
use protocol::ids::QuestionId;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use std::time::Duration;
use swarm::{Desk, Transport, Venue, now_ms};

/// The question that is open all the time.
pub const QUESTION: QuestionId = QuestionId(0);
/// Teams that play.
const PLAYERS: usize = 12;
/// What the server may take beside what it took before an attack: the queues of one team's pages, and a margin.
const MEMORY_BYTES: u64 = 256 * 1024 * 1024;

/// Who attacks, with what, for how long.
pub struct Attacker {
    /// Where the server is.
    pub venue: Venue,
    /// Of a team that does nothing else.
    pub cookie: String,
    /// When it stops by itself.
    pub time: Duration,
}

/// Tells how many times it reached the server.
type Attack = for<'a> fn(&'a Attacker) -> BoxFuture<'a, Result<u64>>;

/// Every attack by what it does.
const ATTACKS: [(&str, Attack); 12] = [
    ("batches on an old base", |it| Box::pin(hostile::old_bases(it))),
    ("late edits without end", |it| Box::pin(hostile::late_edits(it))),
    ("full speed on every page", |it| Box::pin(hostile::full_speed(it))),
    ("greetings that know one answer 16 times", |it| Box::pin(hostile::greetings(it, Transport::WebSocket))),
    ("the same over plain requests", |it| Box::pin(hostile::greetings(it, Transport::Polling))),
    ("a page that reads nothing", |it| Box::pin(hostile::deaf(it))),
    ("shown, again and again", |it| Box::pin(hostile::shown(it))),
    ("sockets that say nothing", |it| Box::pin(strangers::silent(it))),
    ("screens that nobody let in", |it| Box::pin(strangers::screens(it))),
    ("an origin of 30 kB", |it| Box::pin(strangers::origins(it))),
    ("wrong passwords", |it| Box::pin(strangers::passwords(it))),
    ("pages without a login", |it| Box::pin(strangers::pages(it))),
];

/// Runs every attack and tells how many there were, and how many held.
///
/// # Errors
/// When the evening cannot begin.
pub async fn run(program: &Path, time: Duration) -> Result<(usize, usize)> {
    let mut random = ChaCha8Rng::seed_from_u64(now_ms() as u64);
    let mut server = TestServer::new(program, quiz::single(), PLAYERS + ATTACKS.len(), &mut random).await?;
    server.process.start()?;
    server.process.ready().await?;
    let venue = server.process.venue.clone();
    let mut cookies = server.team_cookies().await?;
    let hostile = cookies.split_off(PLAYERS);
    let mut desk = Desk::open(&venue, Transport::WebSocket, &server.desk_cookie().await?).await?;
    let honest = Honest::begin(&venue, &cookies).await?;
    desk.open_question().await?;
    honest.until_open().await?;
    tokio::spawn(async move { while desk.hear().await.is_ok() {} });
    println!("{:<42}{:>8}{:>16}{:>16}{:>12}   verdict", "", "", "before, ms", "during, ms", "memory, MB");
    println!("{:<42}{:>8}{:>8}{:>8}{:>8}{:>8}{:>12}", "attack", "times", "p50", "p99", "p50", "p99", "more");
    let mut held = 0;
    for ((name, attack), cookie) in ATTACKS.into_iter().zip(hostile) {
        let memory = server.process.resident_bytes()?;
        let before = honest.watch(Duration::from_secs(1)).await?;
        let attacker = Attacker { venue: venue.clone(), cookie, time };
        let begun = tokio::time::timeout(time * 3, attack(&attacker));
        let (attacked, during) = tokio::join!(begun, honest.watch(time));
        let more = server.process.resident_bytes().map(|now| now.saturating_sub(memory));
        let times = attacked.as_ref().ok().and_then(|attacked| attacked.as_ref().ok()).copied().unwrap_or(0);
        let verdict = verdict(attacked, &during, &more, &honest).await;
        let during = during.unwrap_or(before);
        println!(
            "{name:<42}{times:>8}{:>8.1}{:>8.1}{:>8.1}{:>8.1}{:>12}   {}",
            before.p50,
            before.p99,
            during.p50,
            during.p99,
            more.unwrap_or(0) / (1024 * 1024),
            verdict.as_ref().err().map_or("held".into(), |error| format!("FAILED: {error:#}")),
        );
        held += usize::from(verdict.is_ok());
    }
    Ok((ATTACKS.len(), held))
}

/// An attack that ran through and reached its aim, and honest pages that noticed nothing of it.
async fn verdict(
    attacked: std::result::Result<Result<u64>, tokio::time::error::Elapsed>,
    during: &Result<crate::times::Times>,
    more: &Result<u64>,
    honest: &Honest,
) -> Result<()> {
    let times = attacked.context("the attack did not come to its end")??;
    ensure!(times > 0, "it never reached the server");
    if let Err(error) = during {
        anyhow::bail!("{error:#}");
    }
    let more = more.as_ref().map_err(|error| anyhow::anyhow!("{error:#}"))?;
    ensure!(*more < MEMORY_BYTES, "{more} bytes more");
    honest.unharmed().await
}
