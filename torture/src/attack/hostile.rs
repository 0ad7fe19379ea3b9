//! What a doctored page of a team that is logged in can send.

use super::{Attacker, QUESTION};
use crate::Result;
use futures::{SinkExt, StreamExt};
use protocol::answer::{Change, Edit};
use protocol::client::{Batch, FromTeam, Known, Readiness};
use protocol::codec::{SUBPROTOCOL, encode};
use protocol::ids::WriterId;
use protocol::limits;
use protocol::stamp::Stamp;
use protocol::text::Splice;
use std::time::Duration;
use swarm::{Transport, Wire, now_ms, now_us, wire};
use tokio::time::{Instant, sleep};
use tokio_tungstenite::tungstenite::Message;

/// Frames a second that a connection may send; one that sends more is closed, and opens another.
const PACE: Duration = Duration::from_millis(18);

fn splice(at: u32, delete: u32, insert: &str) -> Change {
    Change::Splice(Splice { at, delete, insert: insert.into() })
}

fn batch(writer: u64, first: u64, base: u32, on_late: bool, edits: Vec<Vec<Change>>) -> Vec<u8> {
    let edits = edits.into_iter().map(|changes| Edit { at_ms: now_ms(), changes }).collect();
    encode(&FromTeam::Edits(Batch { writer: WriterId(writer), first, question: QUESTION, base, on_late, edits }))
}

fn hello(known: Vec<Known>) -> Vec<u8> {
    encode(&FromTeam::Hello { writer: WriterId(now_us() as u64), acked: 0, known })
}

impl Attacker {
    async fn page(&self, transport: Transport) -> Result<Wire> {
        let mut wire = Wire::open(&self.venue, transport, "/link/play", &self.cookie, |_| None).await?;
        wire.send(hello(Vec::new()));
        Ok(wire)
    }

    /// Sends what `message` gives as fast as it may, over as many connections as a team can have, opening another one
    /// for each that the server ends. Tells how many times it did.
    async fn flood(&self, transport: Transport, pages: usize, mut message: impl FnMut() -> Vec<u8>) -> Result<u64> {
        let (begun, mut sent) = (Instant::now(), 0);
        let mut wires = Vec::new();
        while begun.elapsed() < self.time {
            while wires.len() < pages {
                match self.page(transport).await {
                    Ok(wire) => wires.push(wire),
                    Err(_) => break,
                }
            }
            wires.retain(|wire| wire.quiet() < Duration::from_secs(3));
            wires.iter_mut().for_each(|wire| wire.send(message()));
            sent += wires.len() as u64;
            sleep(PACE).await;
        }
        Ok(sent)
    }
}

/// Edits of many splices, then batches that were made before all of them.
pub async fn old_bases(attacker: &Attacker) -> Result<u64> {
    let mut number = 1;
    let mut writer = 1_000;
    let wide: Vec<_> = (0..60).map(|at| splice(at, 0, "x")).collect();
    let undone: Vec<_> = (0..60).map(|_| splice(0, 1, "")).collect();
    let begun = Instant::now();
    attacker
        .flood(Transport::WebSocket, 2, || {
            if begun.elapsed() < attacker.time / 2 {
                number += 2;
                batch(900, number - 2, (number - 3) as u32, false, vec![wide.clone(), undone.clone()])
            } else {
                writer += 1;
                batch(writer, 1, (number as u32).saturating_sub(2_000), false, vec![wide.clone(); 8])
            }
        })
        .await
}

/// Edits that say they stand on late ones, and edits without a change.
pub async fn late_edits(attacker: &Attacker) -> Result<u64> {
    let mut number = 1;
    attacker
        .flood(Transport::WebSocket, limits::DEVICES_PER_TEAM, || {
            number += 64;
            batch(901, number - 64, 0, number % 2 == 0, vec![Vec::new(); 64])
        })
        .await
}

/// Real edits, as many and as long as a frame holds.
pub async fn full_speed(attacker: &Attacker) -> Result<u64> {
    let mut number = 1;
    attacker
        .flood(Transport::WebSocket, 1, || {
            number += 8;
            let long = "x".repeat(300);
            let edits = (0..4).flat_map(|_| [vec![splice(0, 0, &long)], vec![splice(0, 300, "")]]).collect();
            batch(902, number - 8, (number - 9) as u32, false, edits)
        })
        .await
}

/// Greetings whose answers are as long as can be.
pub async fn greetings(attacker: &Attacker, transport: Transport) -> Result<u64> {
    let known = Known { question: QUESTION, revision: 0 };
    attacker.flood(transport, limits::DEVICES_PER_TEAM, || hello(vec![known.clone(); limits::KNOWN_ANSWERS])).await
}

/// Pages that ask and never read the answers.
pub async fn deaf(attacker: &Attacker) -> Result<u64> {
    let (begun, mut sent) = (Instant::now(), 0);
    let mut sockets = Vec::new();
    for _ in 0..limits::DEVICES_PER_TEAM {
        let venue = &attacker.venue;
        sockets.push(wire::connect(venue, "/link/play", &attacker.cookie, &venue.origin(), SUBPROTOCOL).await?.split());
    }
    while begun.elapsed() < attacker.time {
        for (sink, _) in &mut sockets {
            let known = vec![Known { question: QUESTION, revision: 0 }; limits::KNOWN_ANSWERS];
            let frame = Stamp { sent_us: now_us(), echo: None }.frame(&hello(known));
            sent += u64::from(sink.send(Message::Binary(frame.into())).await.is_ok());
        }
        sleep(Duration::from_millis(200)).await;
    }
    Ok(sent)
}

/// A page that has shown the question for the thousandth time.
pub async fn shown(attacker: &Attacker) -> Result<u64> {
    attacker
        .flood(Transport::WebSocket, limits::DEVICES_PER_TEAM, || {
            encode(&FromTeam::Ready(Readiness::Displayed {
                question: QUESTION,
                at_us: now_us(),
                error_us: 0,
                coarse: false,
            }))
        })
        .await
}
