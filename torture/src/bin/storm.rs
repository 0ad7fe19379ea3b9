//! How long a full house takes to come back after the server was killed, against bare WebSocket handshakes.

use clap::Parser;
use protocol::limits;
use std::net::SocketAddr;
use torture::storm::Storm;
use torture::{Result, floor, house, times};

/// How long a full house takes to come back after the server was killed, against bare WebSocket handshakes.
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
    floor: Option<SocketAddr>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let settings = Settings::parse();
    if let Some(address) = settings.floor {
        return floor::serve(address).await;
    }
    let program = house::program()?;
    println!("Filling the house: {} teams of {} devices", settings.teams, limits::DEVICES_PER_TEAM);
    tokio::select! {
        table = measure(&program, &settings) => print!("{}", table?),
        // What is dropped here ends its servers.
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    Ok(())
}

async fn measure(program: &std::path::Path, settings: &Settings) -> Result<String> {
    let mut storm = Storm::new(program, settings.teams.into()).await?;
    // The first round of each warms up.
    storm.handshakes().await?;
    storm.resume().await?;
    let (mut floor, mut resumed) = (Vec::new(), Vec::new());
    for round in 1..=settings.rounds {
        floor.push(storm.handshakes().await?);
        resumed.push(storm.resume().await?);
        println!("round {round} of {}", settings.rounds);
    }
    println!("From the server's first answer after a kill until {} devices", storm.len());
    Ok(times::table(&floor, &resumed))
}
