//! In which order questions are played, and which of them are over.

use crate::quiz::Quiz;
use protocol::ids::QuestionId;
use std::collections::BTreeSet;

/// The questions of a game on their way through the evening. Ids say nothing of it: a question that is added later gets
/// the next number, wherever it is played.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlayOrder {
    order: Vec<QuestionId>,
    over: BTreeSet<QuestionId>,
    /// The one that was opened last, over or not.
    opened: Option<QuestionId>,
}

impl PlayOrder {
    /// As the quiz has them: what a journal without a word about the order means.
    pub fn of(quiz: &Quiz) -> Self {
        Self { order: quiz.questions().map(|(id, ..)| id).collect(), ..Self::default() }
    }

    /// Sets the order; what is over stays so, and what is not named is not played.
    pub fn set(&mut self, order: &[QuestionId]) {
        self.order = order.to_vec();
    }

    /// A question was opened.
    pub fn open(&mut self, question: QuestionId) {
        self.opened = Some(question);
    }

    /// A question is over.
    pub fn close(&mut self, question: QuestionId) {
        self.over.insert(question);
    }

    /// The question to open next, or the one that is on.
    pub fn next(&self) -> Option<QuestionId> {
        self.order.iter().copied().find(|question| !self.is_over(*question))
    }

    /// The question after another one that is not over.
    pub fn after(&self, question: QuestionId) -> Option<QuestionId> {
        let rest = self.order.iter().copied().skip_while(|of| *of != question);
        rest.skip(1).find(|question| !self.is_over(*question))
    }

    /// Whether a question was played to its end.
    pub fn is_over(&self, question: QuestionId) -> bool {
        self.over.contains(&question)
    }

    /// The question that was opened last.
    pub fn opened(&self) -> Option<QuestionId> {
        self.opened
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_played_in_their_order_whatever_their_ids_are() {
        let id = QuestionId;
        let mut order = PlayOrder::default();
        order.set(&[id(2), id(0), id(5)]);
        assert_eq!((order.next(), order.after(id(2)), order.after(id(5))), (Some(id(2)), Some(id(0)), None));
        order.open(id(2));
        assert_eq!((order.next(), order.opened()), (Some(id(2)), Some(id(2))), "it is not over while it is on");
        order.close(id(2));
        order.close(id(0));
        assert_eq!((order.next(), order.is_over(id(0)), order.is_over(id(5))), (Some(id(5)), true, false));
        order.set(&[id(0), id(2), id(5), id(6)]);
        assert_eq!(
            (order.next(), order.after(id(5))),
            (Some(id(5)), Some(id(6))),
            "one that was added is played as well"
        );
    }
}
