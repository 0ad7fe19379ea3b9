//! What somebody without a login can do.

use super::Attacker;
use crate::Result;
use futures::future::join_all;
use protocol::codec::SUBPROTOCOL;
use std::time::Duration;
use swarm::wire;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

/// Connections at once: more than a server takes of one address.
const SOCKETS: usize = 1_500;
/// Requests at once.
const ABREAST: usize = 16;

impl Attacker {
    /// Does something again and again, several at once.
    async fn again<F: Future>(&self, work: impl Fn(usize) -> F) {
        let begun = Instant::now();
        let mut count = 0;
        while begun.elapsed() < self.time {
            join_all((count..count + ABREAST).map(&work)).await;
            count += ABREAST;
            sleep(Duration::from_millis(5)).await;
        }
    }
}

/// Connections that are opened and never used.
pub async fn silent(attacker: &Attacker) -> Result<()> {
    let begun = Instant::now();
    let mut sockets = Vec::new();
    for _ in 0..SOCKETS {
        let connecting = tokio::time::timeout(Duration::from_millis(200), TcpStream::connect(attacker.venue.address));
        sockets.extend(connecting.await.ok().and_then(|socket| socket.ok()));
        if begun.elapsed() > attacker.time {
            break;
        }
    }
    sleep(attacker.time.saturating_sub(begun.elapsed())).await;
    Ok(())
}

/// Big screens of a game whose code somebody has read off the wall.
pub async fn screens(attacker: &Attacker) -> Result<()> {
    let (venue, path) = (&attacker.venue, format!("/link/screen/{}", attacker.venue.code));
    let origin = venue.origin();
    let begun = Instant::now();
    let mut open = Vec::new();
    while begun.elapsed() < attacker.time {
        let tries = (0..ABREAST).map(|_| wire::connect(venue, &path, "", &origin, SUBPROTOCOL));
        open.extend(join_all(tries).await.into_iter().flatten());
        sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// Handshakes with an origin that is long and not the server's.
pub async fn origins(attacker: &Attacker) -> Result<()> {
    let origin = format!("http://{}", "x".repeat(30_000));
    attacker
        .again(|_| async { drop(wire::connect(&attacker.venue, "/link/play", "", &origin, SUBPROTOCOL).await) })
        .await;
    Ok(())
}

/// Logins with passwords that are wrong, of teams that exist and of others.
pub async fn passwords(attacker: &Attacker) -> Result<()> {
    attacker
        .again(|number| async move {
            let name = format!("Team {}", number % 40);
            let form = [("name", name.as_str()), ("password", "wrong")];
            drop(attacker.venue.post("/login", &form, &attacker.venue.origin()).await);
        })
        .await;
    Ok(())
}

/// Pages and files, asked for as fast as they come.
pub async fn pages(attacker: &Attacker) -> Result<()> {
    let paths = ["/", "/control", "/play", "/healthz", "/screen/XXXX", "/sealed/x", "/media/x"];
    attacker.again(|number| async move { drop(attacker.venue.get(paths[number % paths.len()], "").await) }).await;
    Ok(())
}
