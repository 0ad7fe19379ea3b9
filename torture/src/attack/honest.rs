//! Teams that play while others attack: they type, and note how long it takes until each key is saved.

use super::QUESTION;
use crate::Result;
use crate::times::Times;
use anyhow::ensure;
use protocol::replica::Heard;
use protocol::view::TeamStage;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use swarm::{Team, Transport, Venue};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

/// Between two keys.
const KEY: Duration = Duration::from_millis(120);
/// After so many letters a team begins anew.
const LETTERS: usize = 80;

/// What has become of the honest teams' keys.
#[derive(Default)]
struct Log {
    took: Vec<Duration>,
    harm: Vec<String>,
}

/// Honest teams at work.
pub struct Honest {
    log: Arc<Mutex<Log>>,
    open: Vec<watch::Receiver<bool>>,
    keys: Vec<watch::Receiver<u64>>,
}

impl Honest {
    /// Lets a page of each team come and type from the moment at which the question opens.
    ///
    /// # Errors
    /// When one is not let in.
    pub async fn begin(venue: &Venue, cookies: &[String]) -> Result<Self> {
        let log = Arc::new(Mutex::new(Log::default()));
        let (mut open, mut keys) = (Vec::new(), Vec::new());
        for (cookie, writer) in cookies.iter().zip(1..) {
            let mut team = Team::join(venue, Transport::WebSocket, cookie, writer).await?;
            team.wire.keeps_frames = false;
            let ((opened, is_open), (typed, count)) = (watch::channel(false), watch::channel(0));
            open.push(is_open);
            keys.push(count);
            tokio::spawn(play(team, log.clone(), opened, typed));
        }
        Ok(Self { log, open, keys })
    }

    /// Waits until all of them have the question.
    ///
    /// # Errors
    /// When one does not get it.
    pub async fn until_open(&self) -> Result<()> {
        for open in &self.open {
            timeout(swarm::PATIENCE, open.clone().wait_for(|open| *open)).await??;
        }
        Ok(())
    }

    /// How long keys take from now on, for this time.
    ///
    /// # Errors
    /// When none is saved.
    pub async fn watch(&self, time: Duration) -> Result<Times> {
        self.with(|log| log.took.clear());
        sleep(time).await;
        let took = self.with(|log| std::mem::take(&mut log.took));
        ensure!(!took.is_empty(), "no honest key was saved");
        Ok(Times::of(&took))
    }

    /// Whether all of them still type, and nothing of theirs was refused, closed or late.
    ///
    /// # Errors
    /// When something was.
    pub async fn unharmed(&self) -> Result<()> {
        for keys in &self.keys {
            let mut keys = keys.clone();
            let count = *keys.borrow_and_update();
            let goes_on = timeout(swarm::PATIENCE, keys.wait_for(|now| *now > count)).await;
            ensure!(matches!(goes_on, Ok(Ok(_))), "an honest team no longer types");
        }
        let harm = self.with(|log| std::mem::take(&mut log.harm));
        ensure!(harm.is_empty(), "{}", harm.join("; "));
        Ok(())
    }

    fn with<T>(&self, work: impl FnOnce(&mut Log) -> T) -> T {
        work(&mut self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn play(mut team: Team, log: Arc<Mutex<Log>>, opened: watch::Sender<bool>, typed: watch::Sender<u64>) {
    let note = |harm: String| log.lock().unwrap_or_else(PoisonError::into_inner).harm.push(harm);
    if team.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.is_err() {
        return note("an honest team did not get the question".into());
    }
    let _ = opened.send(true);
    let mut text = String::new();
    loop {
        text = if text.len() < LETTERS { text + "x" } else { String::new() };
        let begun = Instant::now();
        if let Err(error) = team.write(QUESTION, &text).await {
            return note(format!("an honest team was cut off: {error:#}"));
        }
        log.lock().unwrap_or_else(PoisonError::into_inner).took.push(begun.elapsed());
        for other in team.others.drain(..) {
            if let Heard::Refused(reason) = other {
                note(format!("an honest key was refused: {reason:?}"));
            } else {
                note("an honest key was late".into());
            }
        }
        if team.replica.content(QUESTION).text != text {
            note("an honest answer is not what was typed".into());
        }
        typed.send_modify(|count| *count += 1);
        if !team.hear_for(KEY.saturating_sub(begun.elapsed())).await {
            return note("an honest team's connection has ended".into());
        }
    }
}
