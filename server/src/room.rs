//! One game, owned by one task: nothing else changes it.
//!
//! The task takes what has come in, reads the clock once, decides and applies, appends the batch to the journal, and
//! only after the commit lets anybody hear of it. When the append fails, the task ends: its state is ahead of the
//! journal. The next page that comes gets a room restored from the journal, and the pages send again what was never
//! acknowledged.

mod handlers;
mod idling;
mod message;
pub mod outbound;
mod presence;
mod reveal;
mod subscribers;
mod transaction;

pub use idling::ROOMS as IDLE_ROOMS;
pub use outbound::{Outbound, Outgoing, Outlet, outbound};
pub use subscribers::Role;

use crate::clock::GameClock;
use crate::storage::{self, Fence, Journal, Storage};
use game::invalidation::StaleViews;
use game::live::LiveState;
use game::mark::RULES;
use game::score::Scoreboard;
use game::{Game, decide};
use idling::Idling;
use protocol::client::{FromDesk, FromScreen, FromTeam};
use protocol::close;
use protocol::ids::Millis;
use protocol::limits;
use protocol::view::{Notice, Transport};
use std::sync::Arc;
use std::time::Duration;
use subscribers::Subscribers;
use tokio::sync::{Semaphore, mpsc, oneshot};
use transaction::Transaction;

/// Messages waiting for a room before connections have to wait.
const INBOX: usize = 1_024;
/// A clock that is so much behind a game's last instant is worth a word.
const CLOCK_BEHIND_MS: Millis = 1_000;
/// Messages handled in one transaction.
const TRANSACTION_MESSAGES: usize = 512;

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
    Attach(Role, Transport, Outbound, oneshot::Sender<Result<Place, Full>>),
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

/// As many pages of a role are open as there can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// Way into a room.
pub type Door = mpsc::Sender<Inbox>;

/// A game with what belongs to it on this server.
pub struct Room {
    fence: Fence,
    journal: Arc<dyn Journal>,
    clock: GameClock,
    game: Game,
    live: LiveState,
    subscribers: Subscribers,
    scoreboard: Scoreboard,
    /// What comes in crowds and waits, and when the last of it went out.
    throttled: StaleViews,
    throttled_ms: Millis,
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
    storage: &Storage,
    (id, live): (i64, LiveState),
    idle_places: Arc<Semaphore>,
) -> anyhow::Result<Door> {
    let (fence, alive_ms) = storage.ownership.take_over(id).await?;
    let game = storage::restore(&*storage.journal, id).await?;
    let clock = GameClock::since(alive_ms.max(game.last_ms()));
    if clock.ahead_ms() > CLOCK_BEHIND_MS {
        let behind_s = clock.ahead_ms() / 1_000;
        tracing::warn!(
            game = live.entrance.code,
            behind_s,
            "room: this machine's clock was set back; the game goes on from its own"
        );
    }
    if game.rules() != RULES && game.seq() > 0 {
        let rules = game.rules();
        tracing::info!(
            game = live.entrance.code,
            rules,
            "room: begun by other rules; what is not over is marked by those of today"
        );
    }
    let mut room = Room {
        fence,
        journal: storage.journal.clone(),
        clock,
        game,
        live,
        subscribers: Subscribers::default(),
        scoreboard: Scoreboard::default(),
        throttled: StaleViews::default(),
        throttled_ms: 0,
        notice_turn: 0,
        burst_for_ms: 0,
        has_visitors_to_tell: false,
        idling: Idling::new(idle_places),
    };
    room.recover(alive_ms).await?;
    let (door, inbox) = mpsc::channel(INBOX);
    tokio::spawn(async move {
        let code = room.live.entrance.code.clone();
        if let Err(error) = room.run(inbox).await {
            tracing::error!(game = code, %error, "room: thrown away, to be restored from the journal");
        }
        room.subscribers.dismiss(close::RESTART);
    });
    Ok(door)
}

impl Room {
    /// After a gap the clock runs on or stops, and everybody is told that nothing was lost.
    async fn recover(&mut self, alive_ms: Millis) -> anyhow::Result<()> {
        let now_ms = self.now_ms();
        let was_running = self.game.wake_ms().is_some();
        let mut transaction = Transaction::new(now_ms);
        for event in decide::after_outage(&self.game, alive_ms, now_ms) {
            transaction.record(&mut self.game, event);
        }
        self.append(&transaction).await?;
        if was_running {
            let saved = self.game.saved() as u64;
            self.live.notice = Some(Notice::Back { saved });
            self.notice_turn = self.game.turn();
        }
        Ok(())
    }

    fn now_ms(&self) -> Millis {
        self.clock.now_ms().max(self.game.last_ms())
    }

    async fn run(&mut self, mut inbox: mpsc::Receiver<Inbox>) -> anyhow::Result<()> {
        let mut alive = tokio::time::interval(Duration::from_secs(1));
        alive.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut messages = Vec::with_capacity(TRANSACTION_MESSAGES);
        loop {
            let wake_ms = [self.game.wake_ms(), self.key_ms(), self.burst_ms(), self.throttled_due_ms()]
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
                        self.journal.alive(self.fence, self.now_ms()).await;
                    }
                    continue;
                }
                count = inbox.recv_many(&mut messages, TRANSACTION_MESSAGES) => {
                    if count == 0 {
                        return Ok(());
                    }
                }
            }
            self.commit(messages.drain(..)).await?;
        }
    }

    /// Whether somebody is here, or something goes on that a restored room would not go on with.
    fn is_needed(&self) -> bool {
        self.subscribers.has_guests() || self.game.wake_ms().is_some() || self.is_calling_roll()
    }

    async fn commit(&mut self, messages: impl Iterator<Item = Inbox>) -> anyhow::Result<()> {
        let mut transaction = Transaction::new(self.now_ms());
        // Before the question opens, even on a server that was held up until it does.
        self.give_key(&mut transaction);
        for event in decide::tick(&self.game, transaction.now_ms) {
            self.live.from_ms = event.shown_ms(transaction.now_ms, 0);
            transaction.record(&mut self.game, event);
        }
        for message in messages {
            self.handle(&mut transaction, message);
        }
        self.reveal(&mut transaction);
        self.near_deadline(&mut transaction);
        if self.live.notice.is_some() && self.game.turn() != self.notice_turn {
            self.live.notice = None;
        }
        self.append(&transaction).await?;
        transaction.note(&self.game, &mut self.scoreboard);
        self.throttle(&mut transaction);
        transaction.deliver(&self.game, &self.live, &mut self.scoreboard, &mut self.subscribers);
        Ok(())
    }

    /// When what waits goes out: at once after a quiet moment, else a few times a second.
    fn throttled_due_ms(&self) -> Option<Millis> {
        (!self.throttled.is_empty()).then_some(self.throttled_ms + limits::THROTTLE_MS)
    }

    /// Sets aside what comes in crowds, until it is due.
    fn throttle(&mut self, transaction: &mut Transaction) {
        self.throttled.merge(std::mem::take(&mut transaction.invalidation.throttled));
        if self.throttled_due_ms().is_some_and(|due_ms| due_ms <= transaction.now_ms) {
            self.throttled_ms = transaction.now_ms;
            transaction.invalidation.now.merge(std::mem::take(&mut self.throttled));
        }
    }

    async fn append(&self, transaction: &Transaction) -> anyhow::Result<()> {
        if transaction.facts.is_empty() {
            return Ok(());
        }
        let first_seq = self.game.seq() - transaction.facts.len() as u64;
        Ok(self.journal.append(self.fence, first_seq, &transaction.facts).await?)
    }

    fn handle(&mut self, transaction: &mut Transaction, message: Inbox) {
        match message {
            Inbox::Attach(role, transport, queue, answer) => {
                let attached = self.attach(transaction, role, transport, queue);
                let place = attached.map(|connection| Place { connection, clock: self.clock });
                if let Err(Ok(place)) = answer.send(place) {
                    self.detach(transaction, place.connection);
                }
            }
            Inbox::Detach(connection) => self.detach(transaction, connection),
            Inbox::Team(connection, received_ms, message) => {
                self.hear_team(transaction, connection, received_ms, message)
            }
            Inbox::Desk(connection, message) => self.hear_desk(transaction, connection, &message),
            Inbox::Screen(connection, FromScreen::Ready(readiness)) => self.ready(transaction, connection, readiness),
            Inbox::RoundTrip(connection, round_trip_us) => self.measure(transaction, connection, round_trip_us),
            #[cfg(test)]
            Inbox::Fault => tests::fault(),
        }
    }
}

#[cfg(test)]
mod tests;
