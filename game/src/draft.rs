//! A quiz as somebody writes it: it may be faulty. What is played is the [`Quiz`] that comes of one without a fault.

use crate::folding::is_blank_text;
use crate::quiz::{AnswerKey, Question, Quiz, Round};
use protocol::limits;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;

/// What a question can be worth.
const POINTS: RangeInclusive<u32> = 1..=1_000;
/// What time it can have.
const SECONDS: RangeInclusive<u32> = 5..=3_600;

/// A quiz that is being written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Its title.
    pub title: String,
    /// Its rounds, in order.
    pub rounds: Vec<Round>,
}

/// Why a draft cannot be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Round and question, both counted from 0; nothing for the quiz as a whole.
    pub place: Option<(u16, u16)>,
    /// What is wrong there.
    pub kind: FaultKind,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no question.
    Empty,
    /// There are so many questions.
    TooManyQuestions(usize),
    /// It asks nothing.
    NoPrompt,
    /// Points below or above what is possible.
    Points,
    /// A time below or above what is possible.
    Seconds,
    /// More options than are possible.
    TooManyOptions,
    /// What is right is missing, says nothing or does not exist.
    NoSolution,
}

impl Draft {
    /// The quiz that can be played.
    ///
    /// # Errors
    /// All faults, if there are any.
    pub fn finish(self) -> Result<Quiz, Vec<Fault>> {
        let faults = self.faults();
        if faults.is_empty() { Ok(Quiz { title: self.title, rounds: self.rounds }) } else { Err(faults) }
    }

    /// Everything that would make it unplayable.
    pub fn faults(&self) -> Vec<Fault> {
        let count = self.rounds.iter().map(|round| round.questions.len()).sum();
        let whole = [(count == 0, FaultKind::Empty), (count > limits::QUESTIONS, FaultKind::TooManyQuestions(count))];
        let whole = whole.into_iter().filter_map(|(bad, kind)| bad.then_some(Fault { place: None, kind }));
        let rounds = self.rounds.iter().zip(0..);
        let questions = rounds.flat_map(|(round, at)| round.questions.iter().zip(0..).map(move |of| (at, of)));
        let inner = questions.flat_map(|(round, (question, number))| {
            faults(question).into_iter().map(move |kind| Fault { place: Some((round, number)), kind })
        });
        whole.chain(inner).collect()
    }
}

fn faults(question: &Question) -> Vec<FaultKind> {
    let options = question.answer.options();
    let exists = |index: &u8| usize::from(*index) < options.len();
    let is_solved = match &question.answer {
        AnswerKey::OneChoice { right, .. } => exists(right),
        AnswerKey::SeveralChoices { right, .. } => !right.is_empty() && right.iter().all(exists),
        AnswerKey::ShortText { accepted } => !accepted.is_empty() && !accepted.iter().any(|text| is_blank_text(text)),
        AnswerKey::Number { value, tolerance, .. } => value.is_finite() && *tolerance >= 0.0,
        AnswerKey::LongText { .. } => true,
    };
    let checks = [
        (!question.prompt.trim().is_empty(), FaultKind::NoPrompt),
        (POINTS.contains(&question.points), FaultKind::Points),
        (SECONDS.contains(&question.seconds), FaultKind::Seconds),
        (options.len() <= limits::OPTIONS, FaultKind::TooManyOptions),
        (is_solved, FaultKind::NoSolution),
    ];
    checks.into_iter().filter_map(|(good, kind)| (!good).then_some(kind)).collect()
}

/// For the log and the terminal.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((round, question)) = self.place {
            write!(f, "Round {}, question {}: ", round + 1, question + 1)?;
        }
        match self.kind {
            FaultKind::Empty => f.write_str("The quiz has no question."),
            FaultKind::TooManyQuestions(count) => {
                write!(f, "The quiz has {count} questions; {} are possible.", limits::QUESTIONS)
            }
            FaultKind::NoPrompt => f.write_str("it asks nothing."),
            FaultKind::Points => write!(f, "points have to be {} to {}.", POINTS.start(), POINTS.end()),
            FaultKind::Seconds => write!(f, "the time has to be {} to {} seconds.", SECONDS.start(), SECONDS.end()),
            FaultKind::TooManyOptions => write!(f, "it has more than {} options.", limits::OPTIONS),
            FaultKind::NoSolution => f.write_str("the right answer is missing, says nothing or does not exist."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(questions: &str) -> Draft {
        serde_json::from_str(&format!(
            r#"{{ "title": "T", "rounds": [ {{ "title": "R", "questions": {questions} }} ] }}"#
        ))
        .unwrap()
    }

    #[test]
    fn faults_are_told_with_their_places() {
        let faulty = draft(
            r#"[ { "prompt": "fine", "answer": { "kind": "long_text" } },
                 { "prompt": " ", "points": 0, "seconds": 4, "answer": { "kind": "one_choice", "options": ["x"], "right": 1 } },
                 { "prompt": "?", "answer": { "kind": "short_text", "accepted": ["right", "…"] } },
                 { "prompt": "?", "answer": { "kind": "number", "value": 1, "tolerance": -1 } } ]"#,
        );
        let found: Vec<_> = faulty.finish().unwrap_err().into_iter().map(|fault| (fault.place, fault.kind)).collect();
        use FaultKind::*;
        let at = |question| Some((0, question));
        assert_eq!(
            found,
            [
                (at(1), NoPrompt),
                (at(1), Points),
                (at(1), Seconds),
                (at(1), NoSolution),
                (at(2), NoSolution),
                (at(3), NoSolution)
            ]
        );
        assert_eq!(draft("[]").finish().unwrap_err(), [Fault { place: None, kind: Empty }]);
    }

    #[test]
    fn a_fault_in_words() {
        let fault = Fault { place: Some((1, 2)), kind: FaultKind::NoPrompt };
        assert_eq!(fault.to_string(), "Round 2, question 3: it asks nothing.");
    }
}
