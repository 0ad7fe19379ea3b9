//! A question's way to the pages: sealed ahead, then the instant, then the key.

use super::outbound::Outgoing;
use super::subscribers::Role;
use super::transaction::Transaction;
use super::{ConnectionId, Room};
use game::decide;
use game::phase::Phase;
use game::reveal::Seal;
use protocol::client::Readiness;
use protocol::codec::encode;
use protocol::ids::{Millis, QuestionId};
use protocol::limits;
use protocol::seal::{self, CipherKey, Sealed, SealedContent, Unsealing};
use std::time::Duration;

impl Room {
    /// Whether pages are waited for.
    pub(super) fn is_calling_roll(&self) -> bool {
        matches!(self.game.phase(), Phase::Sealed { .. })
    }

    /// When the key is to be given out, if there is one to give.
    pub(super) fn key_ms(&self) -> Option<Millis> {
        let Phase::Armed { reveal_ms, .. } = self.game.phase() else { return None };
        let is_waiting = self.live.reveal.seal.as_ref().is_some_and(|seal| !seal.is_given);
        is_waiting.then(|| reveal_ms - self.live.reveal.key_lead_ms(&self.live.presence))
    }

    /// When pages are to learn the clocks anew before the deadline.
    pub(super) fn burst_ms(&self) -> Option<Millis> {
        let ends_ms = self.clock_ends_ms().filter(|ends_ms| *ends_ms != self.burst_for_ms)?;
        Some(ends_ms - limits::COUNT_IN_MS)
    }

    fn clock_ends_ms(&self) -> Option<Millis> {
        let clock = self.game.phase().clock().filter(|clock| clock.paused_ms().is_none())?;
        Some(clock.span().to_ms)
    }

    /// Has pages learn the clocks anew when the deadline is near: a laptop may have slept since the reveal.
    pub(super) fn near_deadline(&mut self, transaction: &mut Transaction) {
        if self.burst_ms().is_some_and(|burst_ms| burst_ms <= transaction.now_ms)
            && let Some(ends_ms) = self.clock_ends_ms()
        {
            self.burst_for_ms = ends_ms;
            let until_ms = (ends_ms - transaction.now_ms).clamp(0, limits::COUNT_IN_MS) as u64;
            transaction.post_all(Outgoing::Burst(Duration::from_millis(until_ms)));
        }
    }

    /// Takes the question that is being armed as far as it can go in this transaction.
    pub(super) fn reveal(&mut self, transaction: &mut Transaction) {
        let (Phase::Sealed { question } | Phase::Armed { question, .. }) = self.game.phase() else {
            self.live.reveal.seal = None;
            return;
        };
        // A key that was given out before the question was withdrawn opens nothing any more.
        let is_stale = |seal: &Seal| seal.question != question || seal.is_given && self.is_calling_roll();
        if self.live.reveal.seal.as_ref().is_none_or(is_stale) {
            self.live.presence.forget_loaded();
            self.live.reveal.begin(self.seal(question));
        }
        if let Some(event) = decide::arm(&self.game, &self.live.presence, transaction.now_ms) {
            self.live.from_ms = event.shown_ms(transaction.now_ms, 0);
            transaction.record(&mut self.game, event);
        }
        if let Phase::Armed { reveal_ms, .. } = self.game.phase()
            && transaction.invalidation.now.all
        {
            // The count-in is used to learn the clocks as well as can be.
            let until_ms = (reveal_ms - transaction.now_ms).clamp(0, limits::COUNT_IN_MS) as u64;
            transaction.post_all(Outgoing::Burst(Duration::from_millis(until_ms)));
        }
        self.give_key(transaction);
    }

    /// Gives the key out when it is time.
    pub(super) fn give_key(&mut self, transaction: &mut Transaction) {
        if self.key_ms().is_some_and(|key_ms| key_ms <= transaction.now_ms)
            && let Some(seal) = &mut self.live.reveal.seal
        {
            seal.is_given = true;
            transaction.unseal(&Unsealing { question: seal.question, key: seal.key.clone() });
        }
    }

    fn seal(&self, question: QuestionId) -> Option<Seal> {
        let picture = self.game.enclosure(&self.live.reveal, question);
        let content = SealedContent {
            question: self.game.revealed(question)?,
            picture: picture.map(|picture| (picture.key.clone(), picture.mime.clone())),
        };
        let key = CipherKey(rand::random());
        let content = seal::seal(&key, &encode(&content));
        let sealed = Sealed { content, picture: picture.map(|picture| picture.enclosure.clone()) };
        Some(Seal { question, sealed, key, is_given: false })
    }

    /// A page tells how far it is with a question.
    pub(super) fn ready(&mut self, transaction: &mut Transaction, connection: ConnectionId, readiness: Readiness) {
        let team = match self.subscribers.role(connection) {
            Some(Role::Team(team)) => Some(team),
            _ => None,
        };
        let (is_calling_roll, page_load) = (self.is_calling_roll(), self.subscribers.page_load(connection));
        let Some(page) = self.page(connection) else { return };
        match readiness {
            Readiness::Loaded { question, percent } => {
                page.loaded = Some((question, percent));
                transaction.invalidation.throttled.desk |= is_calling_roll;
            }
            Readiness::Displayed { question, at_us, error_us, coarse } => {
                let now_us = self.clock.now_us();
                let shown = decide::displayed(&self.game, (team, question), (at_us, error_us, coarse), now_us);
                if let Some(event) = shown.filter(|_| self.live.reveal.displays(team, page_load)) {
                    transaction.record(&mut self.game, event);
                }
            }
        }
    }
}
