//! Doctored pages and strangers against honest teams that play.

use clap::Parser;
use std::process::ExitCode;
use std::time::Duration;
use torture::{Result, attack, test_server};

/// Doctored pages and strangers against honest teams that play: nothing honest may be refused, closed or lost.
#[derive(Debug, Parser)]
struct Settings {
    /// Seconds of each attack.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let settings = Settings::parse();
    let program = test_server::program()?;
    let (attacks, held) = tokio::select! {
        outcome = attack::run(&program, Duration::from_secs(settings.seconds)) => outcome?,
        // What is dropped here ends its server.
        interrupted = tokio::signal::ctrl_c() => { interrupted?; return Ok(ExitCode::FAILURE) }
    };
    println!("attacks {attacks}, held {held}, failed {}", attacks - held);
    Ok(if held == attacks { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
