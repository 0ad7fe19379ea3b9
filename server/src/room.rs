//! One game, owned by one task: nothing else changes it.
//!
//! The task takes what has come in, reads the clock once, decides and applies, appends the batch to the journal, and
//! only after the commit lets anybody hear of it. When the append fails, the task ends: its state is ahead of the
//! journal. The next page that comes gets a room restored from the journal, and the pages send again what was never
//! acknowledged.

mod audience;
mod turn;

pub use audience::{Outgoing, Role};

use crate::clock;
use crate::store::{Journal, Store};
use audience::Audience;
use game::hall::Hall;
use game::phase::Phase;
use game::{Event, Game, decide};
use protocol::client::{FromDesk, FromTeam};
use protocol::codec::close;
use protocol::ids::{Millis, TeamId};
use protocol::limits;
use protocol::view::{Device, Transport};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use turn::Turn;

/// Messages waiting for a room before connections have to wait.
const INBOX: usize = 1_024;
/// Messages handled in one turn.
const TURN: usize = 512;

/// A connection of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

/// What a room is told.
#[derive(Debug)]
pub enum Inbox {
    /// A page has connected; the answer is its id, or why it cannot stay.
    Attach(Role, Transport, mpsc::Sender<Outgoing>, oneshot::Sender<Result<ConnectionId, &'static str>>),
    /// A page is gone.
    Detach(ConnectionId),
    /// A team's page says something.
    Team(ConnectionId, FromTeam),
    /// The desk says something.
    Desk(ConnectionId, FromDesk),
    /// A page's round-trip time was measured.
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
    game: Game,
    hall: Hall,
    audience: Audience,
    /// Turn of the game in which the notice was given; it goes with the next one.
    notice_turn: u32,
}

/// Restores a game from its journal and starts its task.
///
/// # Errors
/// When the game cannot be read.
pub async fn open(store: &Store, journal: &Journal, id: i64, hall: Hall) -> anyhow::Result<Door> {
    let (epoch, alive_ms, facts) = store.take_over(id).await?;
    let game = Game::replay(&facts);
    let mut room =
        Room { id, epoch, journal: journal.clone(), game, hall, audience: Audience::default(), notice_turn: 0 };
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
        clock::now_ms().max(self.game.last_ms)
    }

    async fn run(&mut self, mut inbox: mpsc::Receiver<Inbox>) -> anyhow::Result<()> {
        let mut alive = tokio::time::interval(Duration::from_secs(1));
        alive.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut messages = Vec::with_capacity(TURN);
        loop {
            let wake = clock::instant(self.game.wake_ms().unwrap_or(Millis::MAX / 2).min(clock::now_ms() + 60_000));
            tokio::select! {
                biased;
                () = tokio::time::sleep_until(wake) => {}
                _ = alive.tick() => {
                    if self.game.wake_ms().is_some() {
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

    async fn turn(&mut self, messages: impl Iterator<Item = Inbox>) -> anyhow::Result<()> {
        let mut turn = Turn::new(self.now_ms());
        for event in decide::tick(&self.game, turn.now_ms) {
            turn.record(&mut self.game, event);
        }
        for message in messages {
            self.handle(&mut turn, message);
        }
        if self.hall.notice.is_some() && self.game.turn != self.notice_turn {
            self.hall.notice = None;
        }
        self.append(&turn).await?;
        turn.deliver(&self.game, &self.hall, &mut self.audience);
        Ok(())
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
                if let (Err(Ok(connection)), true) = (answer.send(attached), attached.is_ok()) {
                    self.detach(turn, connection);
                }
            }
            Inbox::Detach(connection) => self.detach(turn, connection),
            Inbox::Team(connection, message) => self.hear_team(turn, connection, message),
            #[cfg(test)]
            Inbox::Fault => tests::fault(),
            Inbox::Desk(connection, message) => self.hear_desk(turn, connection, &message),
            Inbox::RoundTrip(connection, rtt_ms) => {
                if let Some(Role::Team(team)) = self.audience.role(connection)
                    && let Some(seat) = self.hall.seats.get_mut(&team)
                    && let Some(device) = seat.devices.get_mut(&connection.0)
                {
                    device.rtt_ms = Some(rtt_ms);
                    turn.touched.rows.insert(team);
                }
            }
        }
    }

    fn attach(
        &mut self,
        turn: &mut Turn,
        role: Role,
        transport: Transport,
        queue: mpsc::Sender<Outgoing>,
    ) -> Result<ConnectionId, &'static str> {
        let devices = |role| self.audience.count(role);
        match role {
            _ if self.audience.len() >= limits::CONNECTIONS_PER_GAME => {
                return Err("This game has as many open pages as it can have.");
            }
            Role::Team(_) if devices(role) >= limits::DEVICES_PER_TEAM => {
                return Err("This team has too many open pages. Close one.");
            }
            _ => {}
        }
        let connection = self.audience.add(role, transport, queue);
        match role {
            // A team's page is there once it has introduced itself.
            Role::Team(_) => {}
            Role::Desk => turn.new_desk(connection),
            Role::Screen => turn.new_screen(connection),
        }
        Ok(connection)
    }

    fn detach(&mut self, turn: &mut Turn, connection: ConnectionId) {
        if let Some(Role::Team(team)) = self.audience.remove(connection) {
            self.seat(turn, team, connection, None);
        }
    }

    /// A page of a team came or went.
    fn seat(&mut self, turn: &mut Turn, team: TeamId, connection: ConnectionId, device: Option<Device>) {
        let Some(seat) = self.hall.seats.get_mut(&team) else { return };
        let before = seat.devices.len();
        match device {
            Some(device) => seat.devices.insert(connection.0, device),
            None => seat.devices.remove(&connection.0),
        };
        seat.seen_ms = Some(turn.now_ms);
        turn.touched.rows.insert(team);
        turn.touched.teams.insert(team);
        if self.game.phase == Phase::Lobby && (before == 0) != seat.devices.is_empty() {
            turn.touched.all = true;
        }
    }

    fn hear_desk(&mut self, turn: &mut Turn, connection: ConnectionId, message: &FromDesk) {
        match message {
            FromDesk::Review(question) => {
                self.hall.review = *question;
                turn.touched.desk = true;
                return;
            }
            FromDesk::History(answer) => {
                self.hall.history = *answer;
                turn.touched.desk = true;
                return;
            }
            _ => {}
        }
        let seen = |seat: &game::hall::Seat| {
            !seat.devices.is_empty() || seat.seen_ms.is_some_and(|seen_ms| turn.now_ms - seen_ms < limits::PRESENT_MS)
        };
        let present = self.hall.seats.iter().filter(|(_, seat)| seen(seat)).map(|(team, _)| *team).collect();
        let around = decide::Circumstances { now_ms: turn.now_ms, seed: rand::random(), present };
        match decide::desk(&self.game, message, &around) {
            Ok(events) => {
                self.record_all(turn, &events);
                for (team, message) in game::reply::steps(&self.game, &events) {
                    self.audience.greeted(team).into_iter().for_each(|page| turn.tell(page, &message));
                }
            }
            Err(reason) => turn.refuse_desk(connection, reason),
        }
    }

    fn hear_team(&mut self, turn: &mut Turn, connection: ConnectionId, message: FromTeam) {
        let Some(Role::Team(team)) = self.audience.role(connection) else { return };
        match message {
            FromTeam::Hello { writer, acked, known } => {
                if let Some(transport) = self.audience.greet(connection, writer) {
                    let device = Device { transport, rtt_ms: None };
                    self.seat(turn, team, connection, Some(device));
                }
                let known = &known[..known.len().min(limits::KNOWN_ANSWERS)];
                turn.tell(connection, &game::reply::welcome(&self.game, &self.hall, team, (writer, acked), known));
            }
            FromTeam::Edits(batch) => match decide::edits(&self.game, team, &batch, turn.now_ms) {
                Ok(events) => {
                    self.record_all(turn, &events);
                    let (sender, others) = game::reply::edited(&self.game, team, &batch, &events);
                    for other in self.audience.followers(team, connection, batch.writer) {
                        others.iter().for_each(|message| turn.tell(other, message));
                    }
                    sender.iter().for_each(|message| turn.tell(connection, message));
                }
                Err(reason) => {
                    let document = Some(self.game.document(batch.question, team));
                    turn.refuse_team(connection, batch.writer, reason, document);
                }
            },
            FromTeam::Rate(rating) => match decide::rate(&self.game, team, &rating, turn.now_ms) {
                Ok(events) => {
                    self.record_all(turn, &events);
                    turn.tell(connection, &game::reply::rated(rating.writer, rating.number, &events));
                }
                Err(reason) => turn.refuse_team(connection, rating.writer, reason, None),
            },
            FromTeam::Probe(_) => {}
        }
    }

    fn record_all(&mut self, turn: &mut Turn, events: &[Event]) {
        events.iter().for_each(|event| turn.record(&mut self.game, event.clone()));
    }
}

#[cfg(test)]
mod tests;
