//! Kills the server at random instants while teams type, and looks what became of every keypress.

use clap::Parser;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use torture::Result;
use torture::evening::{self, Evening, Outcome};
use torture::test_server;

/// Kills the server at random instants while teams type, and looks what became of every keypress.
#[derive(Debug, Parser)]
struct Settings {
    /// How often.
    #[arg(long, env = "KILLS", default_value_t = 1_000)]
    kills: u64,
    /// What everything is drawn from; drawn itself if not given.
    #[arg(long, env = "SEED")]
    seed: Option<u64>,
    /// Evenings at the same time, each with a server of its own.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=16))]
    servers: u64,
}

/// What the servers share.
struct Run {
    program: PathBuf,
    settings: Settings,
    seed: u64,
    begin: Instant,
    killed: AtomicU64,
    failed: AtomicBool,
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let settings = Settings::parse();
    let seed = settings.seed.unwrap_or(swarm::now_ms() as u64);
    println!("seed {seed}; again with: make torture KILLS={} SEED={seed}", settings.kills);
    let (killed, failed) = (AtomicU64::new(0), AtomicBool::new(false));
    let run = Run { program: test_server::program()?, settings, seed, begin: Instant::now(), killed, failed };
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::select! {
        outcome = all(Arc::new(run)) => {
            let Outcome { tally, faults } = outcome?;
            faults.iter().for_each(|fault| eprintln!("fault: {fault}"));
            println!("{tally}");
            let good = faults.is_empty() && tally.lost == 0 && tally.doubled == 0;
            Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        // What is dropped here ends its servers.
        _ = interrupt.recv() => Ok(ExitCode::FAILURE),
        _ = terminate.recv() => Ok(ExitCode::FAILURE),
    }
}

async fn all(run: Arc<Run>) -> Result<Outcome> {
    let mut servers = JoinSet::new();
    for index in 0..run.settings.servers {
        servers.spawn(one(run.clone(), index));
    }
    let mut all = Outcome::default();
    while let Some(outcome) = servers.join_next().await {
        all += outcome?;
    }
    Ok(all)
}

/// One server, evening after evening, with its share of the kills; all servers end at the first fault.
async fn one(run: Arc<Run>, index: u64) -> Outcome {
    let Settings { kills, servers, .. } = run.settings;
    let mut left = kills / servers + u64::from(index < kills % servers);
    let mut random = ChaCha8Rng::seed_from_u64(run.seed);
    random.set_stream(index);
    let mut all = Outcome::default();
    while left > 0 && !run.failed.load(Ordering::Relaxed) {
        let outcome = match Evening::new(&run.program, ChaCha8Rng::seed_from_u64(random.random())).await {
            Ok(evening) => evening.run(left.min(evening::KILLS), || run.killed()).await,
            Err(error) => Outcome { faults: vec![format!("no evening: {error:#}")], ..Outcome::default() },
        };
        left = left.saturating_sub(outcome.tally.kills);
        run.failed.fetch_or(!outcome.faults.is_empty(), Ordering::Relaxed);
        all += outcome;
    }
    all
}

impl Run {
    /// Counts a kill; now and then says how far it has come.
    fn killed(&self) {
        let (killed, of) = (self.killed.fetch_add(1, Ordering::Relaxed) + 1, self.settings.kills);
        if killed.is_multiple_of((of / 20).max(1)) {
            let seconds = self.begin.elapsed().as_secs_f64();
            println!("{killed} of {of} kills in {seconds:.0} s, {:.1} a second", killed as f64 / seconds);
        }
    }
}
