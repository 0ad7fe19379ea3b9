//! What a room does with what its pages say.

use super::subscribers::Role;
use super::transaction::Transaction;
use super::{ConnectionId, Room};
use game::Event;
use game::decide::{self, Arrival};
use game::presence::ConnectedPage;
use protocol::client::{FromDesk, FromTeam};
use protocol::ids::Millis;
use protocol::limits;

impl Room {
    pub(super) fn hear_desk(&mut self, transaction: &mut Transaction, connection: ConnectionId, message: &FromDesk) {
        match message {
            FromDesk::Review(question) => {
                self.live.selection.review = *question;
                transaction.invalidation.now.desk = true;
                return;
            }
            FromDesk::History(answer) => {
                self.live.selection.history = *answer;
                transaction.invalidation.now.desk = true;
                return;
            }
            FromDesk::AdmitScreen(number) => return self.admit(*number),
            _ => {}
        }
        let seen = |presence: &game::presence::TeamPresence| {
            !presence.pages.is_empty()
                || presence.seen_ms.is_some_and(|seen_ms| transaction.now_ms - seen_ms < limits::PRESENT_MS)
        };
        let present =
            self.live.presence.teams.iter().filter(|(_, presence)| seen(presence)).map(|(team, _)| *team).collect();
        // What is decided later is seen later, also when the lines have become faster meanwhile.
        let lead_ms = self.live.presence.lead_ms().max(self.live.from_ms + 1 - transaction.now_ms);
        let around = decide::Circumstances { now_ms: transaction.now_ms, seed: rand::random(), present, lead_ms };
        match decide::desk(&self.game, message, &around) {
            Ok(events) => {
                if let (FromDesk::Act { .. }, Some(event)) = (message, events.last()) {
                    self.live.from_ms = event.shown_ms(transaction.now_ms, lead_ms);
                }
                self.record_all(transaction, &events);
                for (team, message) in game::reply::steps(&self.game, &events) {
                    transaction.tell_all(self.subscribers.greeted(team), message);
                }
            }
            Err(reason) => transaction.refuse_desk(connection, reason),
        }
    }

    pub(super) fn hear_team(
        &mut self,
        transaction: &mut Transaction,
        connection: ConnectionId,
        received_ms: Millis,
        message: FromTeam,
    ) {
        let Some(Role::Team(team)) = self.subscribers.role(connection) else { return };
        let grace_ms = self.live.presence.teams.get(&team).map_or(0, |presence| presence.grace_ms(connection.0));
        let arrival = Arrival { at_ms: received_ms, grace_ms };
        match message {
            FromTeam::Hello { writer, acked, known } => {
                if let Some(transport) = self.subscribers.greet(connection, writer) {
                    self.note_presence(transaction, team, connection, Some(ConnectedPage::new(transport)));
                }
                let known = known.get(..limits::KNOWN_ANSWERS).unwrap_or(&known);
                transaction.note(&self.game, &mut self.scoreboard);
                self.scoreboard.update(&self.game, &self.live.roster);
                let scene = (&self.game, &self.live, &self.scoreboard);
                transaction.tell(connection, game::reply::welcome(scene, team, (writer, acked), known));
            }
            FromTeam::Edits(batch) => match decide::edits(&self.game, team, &batch, arrival) {
                Ok(events) => {
                    self.record_all(transaction, &events);
                    let (sender, others) = game::reply::edited(&self.game, team, &batch, &events);
                    let followers = self.subscribers.followers(team, connection, batch.writer);
                    others.into_iter().for_each(|message| transaction.tell_all(followers.clone(), message));
                    sender.into_iter().for_each(|message| transaction.tell(connection, message));
                }
                Err(reason) => {
                    let document = Some(self.game.document(batch.question, team));
                    transaction.refuse_team(connection, batch.writer, reason, document);
                }
            },
            FromTeam::Rate(rating) => match decide::rate(&self.game, team, &rating, arrival) {
                Ok(events) => {
                    self.record_all(transaction, &events);
                    transaction.tell(connection, game::reply::rated(rating.writer, rating.number, &events));
                }
                Err(reason) => transaction.refuse_team(connection, rating.writer, reason, None),
            },
            FromTeam::Ready(readiness) => self.ready(transaction, connection, readiness),
            FromTeam::Wave => self.wave(transaction, team, connection),
        }
    }

    fn record_all(&mut self, transaction: &mut Transaction, events: &[Event]) {
        events.iter().for_each(|event| transaction.record(&mut self.game, event.clone()));
    }
}
