//! Going on after a refusal, as another writer: numbers that the old one has left out can never follow.

use super::entry::{Act, Entry, cut};
use super::{Outbox, put};
use crate::answer::{Change, Document};
use crate::ids::{Millis, QuestionId, WriterId};
use crate::text::diff;

impl Outbox {
    /// Gives up what was in flight and goes on from what the server has of that answer; without one it was a rating that
    /// was refused.
    ///
    /// With `resubmit` the answer is made to read as the page shows it all the same: for refusals that say that page and
    /// server had lost track of each other, not that the text cannot be.
    pub fn restart(&mut self, writer: WriterId, document: Option<Document>, resubmit: bool) {
        let question = document.as_ref().map(|document| document.question);
        let shown = question.map(|question| self.content(question).text);
        let (refused, rest) = self.take_refused(question);
        if let Some(document) = document {
            self.counted.retain(|counted| counted.question != document.question);
            put(&mut self.documents, document);
        }
        self.former.push(std::mem::replace(&mut self.writer, writer));
        (self.next, self.acked, self.in_flight) = (1, 0, None);
        if resubmit && let (Some(question), Some(shown)) = (question, shown) {
            for (at_ms, change) in self.again(question, &shown, &refused) {
                self.document(question).content.apply(&change);
                self.push(at_ms, Act::Edit { question, changes: vec![change] });
            }
        }
        for entry in rest {
            self.push(entry.at_ms, entry.act);
        }
    }

    fn take_refused(&mut self, question: Option<QuestionId>) -> (Vec<Entry>, Vec<Entry>) {
        let mut queue = std::mem::take(&mut self.queue);
        match question {
            Some(question) => queue.into_iter().partition(|entry| entry.is_of(question)),
            None => (queue.pop_front().into_iter().collect(), queue.into()),
        }
    }

    /// What makes the answer read as it is shown: ticks as they were made, for they stand on nothing, and the text as
    /// one difference, made when it was last changed.
    fn again(&mut self, question: QuestionId, shown: &str, refused: &[Entry]) -> Vec<(Millis, Change)> {
        let changes = |entry: &Entry| match &entry.act {
            Act::Edit { changes, .. } => changes.clone(),
            Act::Rate { .. } => Vec::new(),
        };
        let all = refused.iter().flat_map(|entry| changes(entry).into_iter().map(|change| (entry.at_ms, change)));
        let mut again: Vec<_> = all.filter(|(_, change)| !matches!(change, Change::Splice(_))).collect();
        let splice = diff(&self.document(question).content.text, shown, shown.chars().count());
        if let (Some(splice), Some(last)) = (splice, refused.last()) {
            again.extend(cut(Change::Splice(splice)).into_iter().map(|change| (last.at_ms, change)));
        }
        again
    }
}
