//! What a room does with what its pages say.

use super::audience::Role;
use super::turn::Turn;
use super::{ConnectionId, Room};
use game::Event;
use game::decide::{self, Arrival};
use game::hall::Page;
use protocol::client::{FromDesk, FromTeam};
use protocol::ids::Millis;
use protocol::limits;

impl Room {
    pub(super) fn hear_desk(&mut self, turn: &mut Turn, connection: ConnectionId, message: &FromDesk) {
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
            FromDesk::AdmitScreen(number) => return self.admit(*number),
            _ => {}
        }
        let seen = |seat: &game::hall::Seat| {
            !seat.devices.is_empty() || seat.seen_ms.is_some_and(|seen_ms| turn.now_ms - seen_ms < limits::PRESENT_MS)
        };
        let present = self.hall.seats.iter().filter(|(_, seat)| seen(seat)).map(|(team, _)| *team).collect();
        // What is decided later is seen later, also when the lines have become faster meanwhile.
        let lead_ms = self.hall.lead_ms().max(self.hall.from_ms + 1 - turn.now_ms);
        let around = decide::Circumstances { now_ms: turn.now_ms, seed: rand::random(), present, lead_ms };
        match decide::desk(&self.game, message, &around) {
            Ok(events) => {
                if let (FromDesk::Act { .. }, Some(event)) = (message, events.last()) {
                    self.hall.from_ms = event.shown_ms(turn.now_ms, lead_ms);
                }
                self.record_all(turn, &events);
                for (team, message) in game::reply::steps(&self.game, &events) {
                    self.audience.greeted(team).into_iter().for_each(|page| turn.tell(page, &message));
                }
            }
            Err(reason) => turn.refuse_desk(connection, reason),
        }
    }

    pub(super) fn hear_team(
        &mut self,
        turn: &mut Turn,
        connection: ConnectionId,
        received_ms: Millis,
        message: FromTeam,
    ) {
        let Some(Role::Team(team)) = self.audience.role(connection) else { return };
        let grace_ms = self.hall.seats.get(&team).map_or(0, |seat| seat.grace_ms(connection.0));
        let arrival = Arrival { at_ms: received_ms, grace_ms };
        match message {
            FromTeam::Hello { writer, acked, known } => {
                if let Some(transport) = self.audience.greet(connection, writer) {
                    self.seat(turn, team, connection, Some(Page::new(transport)));
                }
                let known = known.get(..limits::KNOWN_ANSWERS).unwrap_or(&known);
                turn.note(&self.game, &mut self.scoreboard);
                self.scoreboard.update(&self.game, &self.hall);
                let scene = (&self.game, &self.hall, &self.scoreboard);
                turn.tell(connection, &game::reply::welcome(scene, team, (writer, acked), known));
            }
            FromTeam::Edits(batch) => match decide::edits(&self.game, team, &batch, arrival) {
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
            FromTeam::Rate(rating) => match decide::rate(&self.game, team, &rating, arrival) {
                Ok(events) => {
                    self.record_all(turn, &events);
                    turn.tell(connection, &game::reply::rated(rating.writer, rating.number, &events));
                }
                Err(reason) => turn.refuse_team(connection, rating.writer, reason, None),
            },
            FromTeam::Ready(readiness) => self.ready(turn, connection, readiness),
            FromTeam::Wave => self.wave(turn, team, connection),
        }
    }

    fn record_all(&mut self, turn: &mut Turn, events: &[Event]) {
        events.iter().for_each(|event| turn.record(&mut self.game, event.clone()));
    }
}
