//! What somebody without a login can do.

use super::Attacker;
use crate::Result;
use futures::future::join_all;
use protocol::codec::SUBPROTOCOL;
use std::time::Duration;
use swarm::wire;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};
use tokio_tungstenite::tungstenite::Error;

/// Connections at once: more than a server takes of one address.
const SOCKETS: usize = 1_500;
/// Requests at once.
const ABREAST: usize = 16;

impl Attacker {
    /// Does something again and again, several at once. Tells how many times the server answered.
    async fn again<F: Future<Output = bool>>(&self, work: impl Fn(usize) -> F) -> u64 {
        let begun = Instant::now();
        let (mut count, mut answered) = (0, 0);
        while begun.elapsed() < self.time {
            let answers = join_all((count..count + ABREAST).map(&work)).await;
            answered += answers.into_iter().filter(|answered| *answered).count() as u64;
            count += ABREAST;
            sleep(Duration::from_millis(5)).await;
        }
        answered
    }
}

/// Connections that are opened and never used.
pub async fn silent(attacker: &Attacker) -> Result<u64> {
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
    Ok(sockets.len() as u64)
}

/// Big screens of a game whose code somebody has read off the wall.
pub async fn screens(attacker: &Attacker) -> Result<u64> {
    let (venue, path) = (&attacker.venue, format!("/link/screen/{}", attacker.venue.code));
    let origin = venue.origin();
    let begun = Instant::now();
    let mut open = Vec::new();
    while begun.elapsed() < attacker.time {
        let tries = (0..ABREAST).map(|_| wire::connect(venue, &path, "", &origin, SUBPROTOCOL));
        open.extend(join_all(tries).await.into_iter().flatten());
        sleep(Duration::from_millis(20)).await;
    }
    Ok(open.len() as u64)
}

/// Handshakes with an origin that is long and not the server's.
pub async fn origins(attacker: &Attacker) -> Result<u64> {
    let origin = format!("http://{}", "x".repeat(30_000));
    let refused = |_| async {
        let answer = wire::connect(&attacker.venue, "/link/play", "", &origin, SUBPROTOCOL).await;
        answer.is_err_and(|error| matches!(*error, Error::Http(_)))
    };
    Ok(attacker.again(refused).await)
}

/// Logins with passwords that are wrong, of teams that exist and of others.
pub async fn passwords(attacker: &Attacker) -> Result<u64> {
    let refused = |number| async move {
        let name = format!("Team {}", number % 40);
        let form = [("name", name.as_str()), ("password", "wrong")];
        attacker.venue.post("/login", &form, &attacker.venue.origin()).await.is_ok()
    };
    Ok(attacker.again(refused).await)
}

/// Pages and files, asked for as fast as they come.
pub async fn pages(attacker: &Attacker) -> Result<u64> {
    let paths = ["/", "/control", "/play", "/healthz", "/screen/XXXX", "/sealed/x", "/media/x"];
    let answered = |number: usize| async move { attacker.venue.get(paths[number % paths.len()], "").await.is_ok() };
    Ok(attacker.again(answered).await)
}
