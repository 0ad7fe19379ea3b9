//! A server as a process of its own, which can be killed and started again on the same port.

use crate::Result;
use anyhow::{Context, bail};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::ffi::OsString;
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::ops::Range;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use swarm::{PATIENCE, Venue};
use tokio::time::{Instant, sleep};

/// Ports that no system gives to outgoing connections: with the server away, one of those could take its port.
const PORTS: Range<u16> = 20_000..30_000;
/// Ports that are tried.
const TRIES: usize = 100;
/// Between two looks whether the server is back.
const LOOK: Duration = Duration::from_millis(1);

/// A server that does not outlive its owner.
#[derive(Debug)]
pub struct Process {
    /// What is run.
    pub program: PathBuf,
    /// With which arguments.
    pub arguments: Vec<OsString>,
    /// Where its log goes.
    pub log: PathBuf,
    /// Where it listens, or will.
    pub venue: Venue,
    /// The process, while it runs.
    pub child: Option<Child>,
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Process {
    /// Starts it, without waiting for it; one that runs is killed before.
    ///
    /// # Errors
    /// When there is no such program.
    pub fn start(&mut self) -> Result<()> {
        self.kill();
        let log = File::options().create(true).append(true).open(&self.log)?;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.child = Some(command.spawn().with_context(|| format!("cannot start {}", self.program.display()))?);
        Ok(())
    }

    /// Kills it, if it runs.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Its memory that is not on disk.
    ///
    /// # Errors
    /// When it does not run.
    pub fn resident_bytes(&self) -> Result<u64> {
        let status = self.proc("status")?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("the server has ended")?;
        let kib: u64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
        Ok(kib * 1024)
    }

    /// Processor time that it has taken so far, in seconds: Linux counts hundredths.
    ///
    /// # Errors
    /// When it does not run.
    pub fn cpu_s(&self) -> Result<f64> {
        let stat = self.proc("stat")?;
        // Behind the name, which is in brackets and may have spaces: the 12th and the 13th.
        let (_, behind) = stat.rsplit_once(')').context("no figures")?;
        let figures: Vec<_> = behind.split_whitespace().collect();
        let ticks: u64 =
            figures.get(11..13).context("no figures")?.iter().filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Ok(ticks as f64 / 100.0)
    }

    fn proc(&self, file: &str) -> Result<String> {
        let child = self.child.as_ref().context("the server was not started")?;
        std::fs::read_to_string(format!("/proc/{}/{file}", child.id())).context("the server has ended")
    }

    /// Waits until it answers, and tells the instant.
    ///
    /// # Errors
    /// When it has ended by itself, or does not answer.
    pub async fn ready(&mut self) -> Result<Instant> {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if matches!(self.venue.get("/healthz", "").await, Ok((200, _))) {
                return Ok(Instant::now());
            }
            let child = self.child.as_mut().context("the server was not started")?;
            if let Some(status) = child.try_wait()? {
                bail!("the server has ended by itself: {status}");
            }
            sleep(LOOK).await;
        }
        bail!("the server does not come up")
    }
}

/// An address for a server.
///
/// # Errors
/// When no port is free.
pub fn free_address(random: &mut ChaCha8Rng) -> Result<SocketAddr> {
    let addresses = std::iter::repeat_with(|| SocketAddr::from((Ipv4Addr::LOCALHOST, random.random_range(PORTS))));
    let free = addresses.take(TRIES).find(|address| TcpListener::bind(address).is_ok());
    free.context("no free port was found")
}
