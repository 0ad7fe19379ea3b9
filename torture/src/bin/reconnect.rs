//! How long a full hall takes to come back after the server was killed, against bare WebSocket handshakes.

use clap::Parser;
use protocol::limits;
use std::net::SocketAddr;
use torture::reconnect::Reconnect;
use torture::{Result, baseline, test_server, times};

/// How long a full hall takes to come back after the server was killed, against bare WebSocket handshakes.
#[derive(Debug, Parser)]
struct Settings {
    /// Teams, each with as many devices as it can have.
    #[arg(long, env = "TEAMS", default_value_t = 125, value_parser = clap::value_parser!(u16).range(1..=250))]
    teams: u16,
    /// Rounds, each of both kinds.
    #[arg(long, env = "ROUNDS", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=100))]
    rounds: u16,
    /// Only serve bare handshakes there.
    #[arg(long, hide = true)]
    baseline: Option<SocketAddr>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let settings = Settings::parse();
    if let Some(address) = settings.baseline {
        return baseline::serve(address).await;
    }
    let program = test_server::program()?;
    println!("Filling the server: {} teams of {} devices", settings.teams, limits::DEVICES_PER_TEAM);
    tokio::select! {
        table = measure(&program, &settings) => print!("{}", table?),
        // What is dropped here ends its servers.
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    Ok(())
}

async fn measure(program: &std::path::Path, settings: &Settings) -> Result<String> {
    let mut reconnect = Reconnect::new(program, settings.teams.into()).await?;
    // The first round of each warms up.
    reconnect.handshakes().await?;
    reconnect.resume().await?;
    let (mut baseline, mut resumed) = (Vec::new(), Vec::new());
    for round in 1..=settings.rounds {
        baseline.push(reconnect.handshakes().await?);
        resumed.push(reconnect.resume().await?);
        println!("round {round} of {}", settings.rounds);
    }
    println!("From the server's first answer after a kill until {} devices", reconnect.len());
    Ok(times::table(&baseline, &resumed))
}
