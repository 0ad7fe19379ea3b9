//! One game, owned by one task: nothing else changes it.
//!
//! The task takes what has come in, reads the clock once, decides and applies, appends the batch to the journal, and
//! only after the commit lets anybody hear of it. When the append fails, the task ends: its state is ahead of the
//! journal. The next page that comes gets a room restored from the journal, and the pages send again what was never
//! acknowledged.

mod attendance;
mod audience;
mod hearing;
mod idling;
pub mod outbound;
mod reveal;
mod turn;

pub use audience::Role;
pub use idling::ROOMS as IDLE_ROOMS;
pub use outbound::{Outbound, Outgoing, Outlet, outbound};

use crate::clock::GameClock;
use crate::store::{Journal, Store};
use audience::Audience;
use game::hall::Hall;
use game::score::Scoreboard;
use game::touched::Crowd;
use game::{Game, decide};
use idling::Idling;
use protocol::client::{FromDesk, FromScreen, FromTeam};
use protocol::codec::close;
use protocol::ids::Millis;
use protocol::limits;
use protocol::view::Transport;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, oneshot};
use turn::Turn;

/// Messages waiting for a room before connections have to wait.
const INBOX: usize = 1_024;
/// A clock that is so much behind a game's last instant is worth a word.
const CLOCK_BEHIND_MS: Millis = 1_000;
/// Messages handled in one turn.
const TURN: usize = 512;

/// A connection of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

/// What a connection gets that may stay.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Its id.
    pub connection: ConnectionId,
    /// The clock by which the game is played.
    pub clock: GameClock,
}

/// What a room is told.
#[derive(Debug)]
pub enum Inbox {
    /// A page has connected; the answer is its place, or why it cannot stay.
    Attach(Role, Transport, Outbound, oneshot::Sender<Result<Place, &'static str>>),
    /// A page is gone.
    Detach(ConnectionId),
    /// A team's page says something, which came at this instant.
    Team(ConnectionId, Millis, FromTeam),
    /// The desk says something.
    Desk(ConnectionId, FromDesk),
    /// The big screen says something.
    Screen(ConnectionId, FromScreen),
    /// A page has answered a heartbeat after so many microseconds.
    RoundTrip(ConnectionId, u32),
    /// A fault inside the room, as only a test can bring it about.
    #[cfg(test)]
    Fault,
}

/// Way into a room.
pub type Door = mpsc::Sender<Inbox>;

/// A game with what belongs to it on this server.
pub struct Room {
    id: i64,
    epoch: i64,
    journal: Journal,
    clock: GameClock,
    game: Game,
    hall: Hall,
    audience: Audience,
    scoreboard: Scoreboard,
    /// What comes in crowds and waits, and when the last of it went out.
    crowd: Crowd,
    crowd_ms: Millis,
    /// Turn of the game in which the notice was given; it goes with the next one.
    notice_turn: u32,
    /// The deadline before which pages have been made to learn the clocks.
    burst_for_ms: Millis,
    /// Whether the screens that wait have changed since desks heard of them.
    has_visitors_to_tell: bool,
    idling: Idling,
}

/// Restores a game from its journal and starts its task.
///
/// # Errors
/// When the game cannot be read.
pub async fn open(
    store: &Store,
    journal: &Journal,
    (id, hall): (i64, Hall),
    idle_places: Arc<Semaphore>,
) -> anyhow::Result<Door> {
    let (epoch, alive_ms) = store.take_over(id).await?;
    let game = store.restore(id).await?;
    let clock = GameClock::since(alive_ms.max(game.last_ms));
    if clock.ahead_ms() > CLOCK_BEHIND_MS {
        let behind_s = clock.ahead_ms() / 1_000;
        tracing::warn!(
            game = hall.code,
            behind_s,
            "room: this machine's clock was set back; the game goes on from its own"
        );
    }
    let mut room = Room {
        id,
        epoch,
        journal: journal.clone(),
        clock,
        game,
        hall,
        audience: Audience::default(),
        scoreboard: Scoreboard::default(),
        crowd: Crowd::default(),
        crowd_ms: 0,
        notice_turn: 0,
        burst_for_ms: 0,
        has_visitors_to_tell: false,
        idling: Idling::new(idle_places),
    };
    room.recover(alive_ms).await?;
    let (door, inbox) = mpsc::channel(INBOX);
    tokio::spawn(async move {
        let code = room.hall.code.clone();
        if let Err(error) = room.run(inbox).await {
            tracing::error!(game = code, %error, "room: thrown away, to be restored from the journal");
        }
        room.audience.dismiss(close::RESTART);
    });
    Ok(door)
}

impl Room {
    /// After a gap the clock runs on or stops, and everybody is told that nothing was lost.
    async fn recover(&mut self, alive_ms: Millis) -> anyhow::Result<()> {
        let now_ms = self.now_ms();
        let was_running = self.game.wake_ms().is_some();
        let mut turn = Turn::new(now_ms);
        for event in decide::after_outage(&self.game, alive_ms, now_ms) {
            turn.record(&mut self.game, event);
        }
        self.append(&turn).await?;
        if was_running {
            let saved = self.game.saved();
            self.hall.notice = Some(format!("Back. {saved} saved keypresses, none lost."));
            self.notice_turn = self.game.turn;
        }
        Ok(())
    }

    fn now_ms(&self) -> Millis {
        self.clock.now_ms().max(self.game.last_ms)
    }

    async fn run(&mut self, mut inbox: mpsc::Receiver<Inbox>) -> anyhow::Result<()> {
        let mut alive = tokio::time::interval(Duration::from_secs(1));
        alive.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut messages = Vec::with_capacity(TURN);
        loop {
            let wake_ms = [self.game.wake_ms(), self.key_ms(), self.burst_ms(), self.crowd_due_ms()]
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(Millis::MAX / 2);
            let wake = self.clock.instant(wake_ms.min(self.clock.now_ms() + 60_000));
            tokio::select! {
                biased;
                () = tokio::time::sleep_until(wake) => {}
                _ = alive.tick() => {
                    self.tell_of_visitors();
                    if self.idling.is_over(self.is_needed()) {
                        return Ok(());
                    }
                    if self.game.is_running() {
                        self.journal.alive(self.id, self.now_ms()).await;
                    }
                    continue;
                }
                count = inbox.recv_many(&mut messages, TURN) => {
                    if count == 0 {
                        return Ok(());
                    }
                }
            }
            self.turn(messages.drain(..)).await?;
        }
    }

    /// Whether somebody is here, or something goes on that a restored room would not go on with.
    fn is_needed(&self) -> bool {
        self.audience.has_guests() || self.game.wake_ms().is_some() || self.is_mustering()
    }

    async fn turn(&mut self, messages: impl Iterator<Item = Inbox>) -> anyhow::Result<()> {
        let mut turn = Turn::new(self.now_ms());
        // Before the question opens, even on a server that was held up until it does.
        self.give_key(&mut turn);
        for event in decide::tick(&self.game, turn.now_ms) {
            self.hall.from_ms = event.shown_ms(turn.now_ms, 0);
            turn.record(&mut self.game, event);
        }
        for message in messages {
            self.handle(&mut turn, message);
        }
        self.reveal(&mut turn);
        self.near_deadline(&mut turn);
        if self.hall.notice.is_some() && self.game.turn != self.notice_turn {
            self.hall.notice = None;
        }
        self.append(&turn).await?;
        turn.note(&self.game, &mut self.scoreboard);
        self.gather(&mut turn);
        turn.deliver(&self.game, &self.hall, &mut self.scoreboard, &mut self.audience);
        Ok(())
    }

    /// When what waits goes out: at once after a quiet moment, else a few times a second.
    fn crowd_due_ms(&self) -> Option<Millis> {
        (!self.crowd.is_empty()).then_some(self.crowd_ms + limits::CROWD_MS)
    }

    /// Sets aside what comes in crowds, until it is due.
    fn gather(&mut self, turn: &mut Turn) {
        self.crowd.gather(std::mem::take(&mut turn.touched.crowd));
        if self.crowd_due_ms().is_some_and(|due_ms| due_ms <= turn.now_ms) {
            self.crowd_ms = turn.now_ms;
            turn.touched.release(std::mem::take(&mut self.crowd));
        }
    }

    async fn append(&self, turn: &Turn) -> anyhow::Result<()> {
        if turn.facts.is_empty() {
            return Ok(());
        }
        let first_seq = self.game.seq - turn.facts.len() as u64;
        Ok(self.journal.append(self.id, self.epoch, first_seq, &turn.facts).await?)
    }

    fn handle(&mut self, turn: &mut Turn, message: Inbox) {
        match message {
            Inbox::Attach(role, transport, queue, answer) => {
                let attached = self.attach(turn, role, transport, queue);
                let place = attached.map(|connection| Place { connection, clock: self.clock });
                if let Err(Ok(place)) = answer.send(place) {
                    self.detach(turn, place.connection);
                }
            }
            Inbox::Detach(connection) => self.detach(turn, connection),
            Inbox::Team(connection, received_ms, message) => self.hear_team(turn, connection, received_ms, message),
            Inbox::Desk(connection, message) => self.hear_desk(turn, connection, &message),
            Inbox::Screen(connection, FromScreen::Ready(readiness)) => self.ready(turn, connection, readiness),
            Inbox::RoundTrip(connection, round_trip_us) => self.measure(turn, connection, round_trip_us),
            #[cfg(test)]
            Inbox::Fault => tests::fault(),
        }
    }
}

#[cfg(test)]
mod tests;
