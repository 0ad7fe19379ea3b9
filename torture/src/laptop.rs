//! A team's laptop: its page, the hands that type on it, and the disk that outlives the page.
//!
//! Unlike a [`swarm::Team`] it goes on typing while there is no connection, comes back by itself, and crashes.

mod connection;
mod disk;
mod hands;
mod ledger;

pub use connection::Seat;
pub use ledger::{Ledger, Written};

use crate::Result;
use anyhow::{Context, bail, ensure};
use connection::{Connection, SILENCE};
use disk::Disk;
use game::Game;
use hands::{Hands, Touch};
use protocol::codec::encode;
use protocol::ids::{Millis, WriterId};
use protocol::replica::{Heard, Replica};
use protocol::server::ToTeam;
use protocol::view::TeamView;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::ops::Range;
use std::time::Duration;
use swarm::{PATIENCE, now_ms};
use tokio::time::{Instant, timeout, timeout_at};

/// Between two keys, in milliseconds.
const KEY_MS: Range<u64> = 5..60;
/// How often hands pull the plug, or the laptop crashes, instead of a key.
const ACCIDENT: f64 = 0.004;

/// A laptop.
pub struct Laptop {
    seat: Seat,
    random: ChaCha8Rng,
    hands: Hands,
    connection: Connection,
    page: Replica,
    view: TeamView,
    disk: Disk,
    refused: Vec<Heard>,
    /// What its pages know to be saved.
    pub ledger: Ledger,
}

impl Laptop {
    /// A laptop with its page just loaded.
    pub fn new(seat: Seat, mut random: ChaCha8Rng) -> Self {
        let page = Replica::new(fresh(&mut random));
        let connection = Connection::dial(seat.clone(), &mut random);
        let (view, disk, ledger) = Default::default();
        let hands = Hands::new(ChaCha8Rng::seed_from_u64(random.random()));
        Self { seat, random, hands, connection, page, view, disk, refused: Vec::new(), ledger }
    }

    /// Is typed on, for ever: whether the server is there or not.
    pub async fn live(&mut self) {
        let mut key = Instant::now();
        loop {
            match timeout_at(key, self.next()).await {
                Ok(message) => message.into_iter().for_each(|message| self.hear(message)),
                Err(_) => {
                    key = Instant::now() + Duration::from_millis(self.random.random_range(KEY_MS));
                    self.touch();
                }
            }
        }
    }

    /// Is left alone until everything is saved.
    ///
    /// # Errors
    /// When that does not happen, or something was refused.
    pub async fn settle(&mut self) -> Result<()> {
        self.until(|laptop| laptop.page.unsaved() == 0).await.context("not everything was saved")?;
        ensure!(self.refused.is_empty(), "refused: {:?}", self.refused);
        ensure!(self.ledger.is_settled(), "the page has forgotten something unsaved: {:?}", self.ledger);
        ensure!(self.disk.is_empty(), "the disk holds what is saved: {:?}", self.disk.records());
        Ok(())
    }

    /// Is left alone until all answers of the team read as in the game.
    ///
    /// # Errors
    /// When they never do.
    pub async fn agree(&mut self, game: &Game) -> Result<()> {
        self.until(|laptop| laptop.disagreement(game).is_none()).await.or_else(|error| {
            let disagreement = self.disagreement(game);
            disagreement.map_or(Ok(()), |disagreement| Err(error.context(disagreement)))
        })
    }

    /// What a page shows that is not so in the game.
    fn disagreement(&self, game: &Game) -> Option<String> {
        let Some(team) = self.view.own.team else { return Some("the page does not know its team".into()) };
        let mut own = game.answers().filter(|(_, of, _)| *of == team);
        own.find_map(|(question, _, answer)| {
            let shown = self.page.content(question);
            let differs = shown != answer.content;
            differs.then(|| format!("{question:?}: {shown:?} on the page, {:?} in the journal", answer.content))
        })
    }

    async fn until(&mut self, holds: impl Fn(&Self) -> bool) -> Result<()> {
        let listening = async {
            while !holds(self) {
                if let Some(message) = self.next().await {
                    self.hear(message);
                }
            }
        };
        match timeout(PATIENCE, listening).await {
            Ok(()) => Ok(()),
            Err(_) => bail!("a {:?} page of {} does not come to rest", self.seat.transport, self.view.own.name),
        }
    }

    /// The next message; nothing when the connection has come or gone. May be given up at any time.
    async fn next(&mut self) -> Option<ToTeam> {
        match &mut self.connection {
            Connection::Up(wire) => match timeout(SILENCE.saturating_sub(wire.quiet()), wire.next()).await {
                Ok(Ok(Some(message))) => return Some(message),
                Err(_) if wire.quiet() < SILENCE => {}
                _ => self.dial(),
            },
            Connection::Dialling(task) => match task.await {
                Ok(Ok(mut wire)) => {
                    wire.keeps_frames = false;
                    self.connection = Connection::Up(wire);
                    self.page.connected();
                    self.flush();
                }
                _ => self.dial(),
            },
        }
        None
    }

    /// Gives the connection up, if there is one, and seeks another.
    fn dial(&mut self) {
        self.page.cut();
        self.connection = Connection::dial(self.seat.clone(), &mut self.random);
    }

    fn hear(&mut self, message: ToTeam) {
        self.ledger.hear(&message);
        let fresh = fresh(&mut self.random);
        match self.page.hear(message, fresh) {
            Heard::View(view) => self.view = *view,
            refused @ Heard::Refused(_) => self.refused.push(refused),
            _ => {}
        }
        self.keep();
    }

    fn touch(&mut self) {
        if self.random.random_bool(ACCIDENT) {
            return if self.random.random_bool(0.5) { self.dial() } else { self.crash() };
        }
        let (page, at_ms): (_, Millis) = (&self.page, now_ms());
        // What the page cannot take is not typed.
        let _ = match self.hands.touch(&self.view.stage, |question| page.content(question)) {
            Some(Touch::Change(question, change)) => self.page.edit(question, change, at_ms),
            Some(Touch::Star(round, slot, stars)) => self.page.rate(round, slot, stars, at_ms),
            None => return,
        };
        self.keep();
    }

    /// The page is gone; another is loaded and finds on the disk what was not saved.
    fn crash(&mut self) {
        self.page = Replica::new(fresh(&mut self.random));
        self.page.adopt(self.disk.records(), now_ms());
        self.view = TeamView::default();
        self.dial();
    }

    fn keep(&mut self) {
        self.disk.keep(&mut self.page, &mut self.ledger);
        self.flush();
    }

    fn flush(&mut self) {
        if let Connection::Up(wire) = &mut self.connection {
            std::iter::from_fn(|| self.page.flush()).for_each(|message| wire.send(encode(&message)));
        }
    }
}

/// A writer that nobody else is, and not the server.
fn fresh(random: &mut ChaCha8Rng) -> WriterId {
    WriterId(random.random_range(1..u64::MAX))
}
