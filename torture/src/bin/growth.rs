//! What a hall costs the server, by its size.

use clap::Parser;
use torture::growth::{self, Growth};
use torture::{Result, test_server};

/// What a hall costs the server, by its size: whatever grows faster than the teams do is a fault.
#[derive(Debug, Parser)]
struct Settings {
    /// Teams of each hall, with one page each.
    #[arg(long, env = "TEAMS", value_delimiter = ',', default_value = "100,200,400")]
    teams: Vec<u16>,
    /// Questions that are played before the scores are shown.
    #[arg(long, env = "QUESTIONS", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=60))]
    questions: u16,
    /// Keypresses in each, of all teams together.
    #[arg(long, env = "KEYS", default_value_t = 100_000)]
    keys: usize,
}

#[tokio::main]
async fn main() -> Result<()> {
    let settings = Settings::parse();
    let program = test_server::program()?;
    println!("{}", Growth::head());
    for teams in settings.teams.into_iter().map(usize::from).filter(|teams| *teams > 1) {
        let keys = settings.keys.min(growth::keys_max(teams));
        let measured = tokio::select! {
            measured = growth::measure(&program, teams, settings.questions, keys) => measured?,
            // What is dropped here ends its server.
            interrupted = tokio::signal::ctrl_c() => return Ok(interrupted?),
        };
        println!("{}", measured.row());
    }
    Ok(())
}
