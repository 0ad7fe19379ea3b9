//! A question's way to the pages: sealed ahead, then the instant, then the key.

use super::audience::Role;
use super::outbound::Outgoing;
use super::turn::Turn;
use super::{ConnectionId, Room};
use game::decide;
use game::hall::Seal;
use game::phase::Phase;
use protocol::client::Readiness;
use protocol::codec::encode;
use protocol::ids::{Millis, QuestionId};
use protocol::limits;
use protocol::seal::{self, Content, Key, Sealed, Unsealing};
use std::time::Duration;

impl Room {
    /// Whether pages are waited for.
    pub(super) fn is_mustering(&self) -> bool {
        matches!(self.game.phase, Phase::Sealed { .. })
    }

    /// When the key is to be given out, if there is one to give.
    pub(super) fn key_ms(&self) -> Option<Millis> {
        let Phase::Armed { reveal_ms, .. } = self.game.phase else { return None };
        let is_waiting = self.hall.seal.as_ref().is_some_and(|seal| !seal.is_given);
        is_waiting.then(|| reveal_ms - self.hall.key_lead_ms())
    }

    /// When pages are to learn the clocks anew before the deadline.
    pub(super) fn burst_ms(&self) -> Option<Millis> {
        let runs = self.game.paused.is_none() && matches!(self.game.phase, Phase::Open { .. } | Phase::Rating { .. });
        let is_due = runs && self.burst_for_ms != self.game.clock.to_ms;
        is_due.then_some(self.game.clock.to_ms - limits::COUNT_IN_MS)
    }

    /// Has pages learn the clocks anew when the deadline is near: a laptop may have slept since the reveal.
    pub(super) fn near_deadline(&mut self, turn: &mut Turn) {
        if self.burst_ms().is_some_and(|burst_ms| burst_ms <= turn.now_ms) {
            self.burst_for_ms = self.game.clock.to_ms;
            let until_ms = (self.game.clock.to_ms - turn.now_ms).clamp(0, limits::COUNT_IN_MS) as u64;
            turn.post_all(Outgoing::Burst(Duration::from_millis(until_ms)));
        }
    }

    /// Takes the question that is being armed as far as it can go in this turn.
    pub(super) fn reveal(&mut self, turn: &mut Turn) {
        let (Phase::Sealed { question } | Phase::Armed { question, .. }) = self.game.phase else {
            self.hall.seal = None;
            return;
        };
        // A key that was given out before the question was withdrawn opens nothing any more.
        let is_stale = |seal: &Seal| seal.question != question || seal.is_given && self.is_mustering();
        if self.hall.seal.as_ref().is_none_or(is_stale) {
            self.hall.forget_reveal();
            self.hall.seal = self.seal(question);
        }
        if let Some(event) = decide::arm(&self.game, &self.hall, turn.now_ms) {
            self.hall.from_ms = event.shown_ms(turn.now_ms, 0);
            turn.record(&mut self.game, event);
        }
        if let Phase::Armed { reveal_ms, .. } = self.game.phase
            && turn.touched.all
        {
            // The count-in is used to learn the clocks as well as can be.
            let until_ms = (reveal_ms - turn.now_ms).clamp(0, limits::COUNT_IN_MS) as u64;
            turn.post_all(Outgoing::Burst(Duration::from_millis(until_ms)));
        }
        self.give_key(turn);
    }

    /// Gives the key out when it is time.
    pub(super) fn give_key(&mut self, turn: &mut Turn) {
        if self.key_ms().is_some_and(|key_ms| key_ms <= turn.now_ms)
            && let Some(seal) = &mut self.hall.seal
        {
            seal.is_given = true;
            turn.unseal(&Unsealing { question: seal.question, key: seal.key.clone() });
        }
    }

    fn seal(&self, question: QuestionId) -> Option<Seal> {
        let picture = self.game.enclosure(&self.hall, question);
        let content = Content {
            question: self.game.revealed(question)?,
            picture: picture.map(|picture| (picture.key.clone(), picture.mime.clone())),
        };
        let key = Key(rand::random());
        let content = seal::seal(&key, &encode(&content));
        let sealed = Sealed { content, picture: picture.map(|picture| picture.enclosure.clone()) };
        Some(Seal { question, sealed, key, is_given: false })
    }

    /// A page tells how far it is with a question.
    pub(super) fn ready(&mut self, turn: &mut Turn, connection: ConnectionId, readiness: Readiness) {
        let team = match self.audience.role(connection) {
            Some(Role::Team(team)) => Some(team),
            _ => None,
        };
        let (is_mustering, page_load) = (self.is_mustering(), self.audience.page_load(connection));
        let Some(page) = self.page(connection) else { return };
        match readiness {
            Readiness::Loaded { question, percent } => {
                page.loaded = Some((question, percent));
                turn.touched.crowd.desk |= is_mustering;
            }
            Readiness::Shown { question, at_us, error_us, coarse } => {
                let now_us = self.clock.now_us();
                let shown = decide::shown(&self.game, (team, question), (at_us, error_us, coarse), now_us);
                if let Some(event) = shown.filter(|_| self.hall.shows(team, page_load)) {
                    turn.record(&mut self.game, event);
                }
            }
        }
    }
}
