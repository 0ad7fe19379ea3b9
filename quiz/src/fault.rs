//! Why a quiz cannot be played yet: data with a place, so that it can be shown where it is.

use crate::draft::{Answer, Draft, Place, Question};
use game::folding::is_blank_text;
use protocol::limits::{self, QUESTION_POINTS, QUESTION_SECONDS};
use std::fmt;

/// Why a draft cannot be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Where; nothing for the quiz as a whole.
    pub place: Option<Place>,
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
    /// Fewer options than a choice needs.
    TooFewOptions,
    /// More options than are possible.
    TooManyOptions,
    /// An option says nothing.
    EmptyOption,
    /// No answer is right, or what is says nothing.
    NoSolution,
    /// Several options are right where teams can choose one only.
    SeveralRight,
}

impl Draft {
    /// Everything that makes it unplayable.
    pub fn faults(&self) -> Vec<Fault> {
        let count = self.len();
        let whole = [(count == 0, FaultKind::Empty), (count > limits::QUESTIONS, FaultKind::TooManyQuestions(count))];
        let whole = whole.into_iter().filter_map(|(bad, kind)| bad.then_some(Fault { place: None, kind }));
        let inner = self.questions().flat_map(|(place, question)| {
            question.faults().into_iter().map(move |kind| Fault { place: Some(place), kind })
        });
        whole.chain(inner).collect()
    }
}

impl Question {
    /// Everything that makes it unplayable.
    pub fn faults(&self) -> Vec<FaultKind> {
        let options = self.answer.options();
        let is_choice = matches!(self.answer, Answer::OneChoice { .. } | Answer::SeveralChoices { .. });
        let right = options.iter().filter(|option| option.right).count();
        let is_solved = match &self.answer {
            Answer::OneChoice { .. } | Answer::SeveralChoices { .. } => right > 0,
            Answer::ShortText { accepted } => !accepted.is_empty() && !accepted.iter().any(|text| is_blank_text(text)),
            Answer::Number { value, tolerance, .. } => value.is_some_and(f64::is_finite) && *tolerance >= 0.0,
            Answer::LongText { .. } => true,
        };
        let checks = [
            (self.prompt.trim().is_empty(), FaultKind::NoPrompt),
            (!QUESTION_POINTS.contains(&self.points), FaultKind::Points),
            (!QUESTION_SECONDS.contains(&self.seconds), FaultKind::Seconds),
            (is_choice && options.len() < 2, FaultKind::TooFewOptions),
            (options.len() > limits::OPTIONS, FaultKind::TooManyOptions),
            (options.iter().any(|option| option.text.trim().is_empty()), FaultKind::EmptyOption),
            (!is_solved, FaultKind::NoSolution),
            (matches!(self.answer, Answer::OneChoice { .. }) && right > 1, FaultKind::SeveralRight),
        ];
        checks.into_iter().filter_map(|(bad, kind)| bad.then_some(kind)).collect()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place {
            write!(f, "{place}: ")?;
        }
        self.kind.fmt(f)
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (points, seconds) = (QUESTION_POINTS, QUESTION_SECONDS);
        match self {
            Self::Empty => f.write_str("There is no question yet."),
            Self::TooManyQuestions(count) => {
                write!(f, "There are {count} questions; {} are possible.", limits::QUESTIONS)
            }
            Self::NoPrompt => f.write_str("It asks nothing."),
            Self::Points => write!(f, "Points have to be {} to {}.", points.start(), points.end()),
            Self::Seconds => write!(f, "The time has to be {} to {} seconds.", seconds.start(), seconds.end()),
            Self::TooFewOptions => f.write_str("A choice needs two options at least."),
            Self::TooManyOptions => write!(f, "There are more than {} options.", limits::OPTIONS),
            Self::EmptyOption => f.write_str("An option says nothing."),
            Self::NoSolution => f.write_str("No answer is marked right."),
            Self::SeveralRight => f.write_str("Several options are marked right, but teams can choose one only."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Choice, Round};

    fn kinds(question: &Question) -> Vec<FaultKind> {
        question.faults()
    }

    #[test]
    fn faults_are_told_with_their_places() {
        let fine = Question::new("?", Answer::LongText { criterion: String::new() });
        let faulty =
            Question {
                points: 0, seconds: 4, ..Question::new(" ", Answer::ShortText { accepted: vec!["…".into()] })
            };
        let draft =
            Draft { rounds: vec![Round { questions: vec![fine, faulty], ..Round::default() }], ..Draft::default() };
        let found: Vec<_> = draft.faults().into_iter().map(|fault| (fault.place, fault.kind)).collect();
        let place = Some(Place { round: 0, question: 1 });
        use FaultKind::*;
        assert_eq!(found, [(place, NoPrompt), (place, Points), (place, Seconds), (place, NoSolution)]);
        assert_eq!(Draft::default().faults(), [Fault { place: None, kind: Empty }]);
        let fault = Fault { place: Some(Place { round: 1, question: 2 }), kind: NoPrompt };
        assert_eq!(fault.to_string(), "Round 2, question 3: It asks nothing.");
    }

    #[test]
    fn choices_need_options_and_a_right_one() {
        use FaultKind::*;
        let one = |options: &[(&str, bool)]| {
            let options = options.iter().map(|(text, right)| Choice::new(*text, *right)).collect();
            kinds(&Question::new("?", Answer::OneChoice { options }))
        };
        assert_eq!(one(&[("a", true), ("b", false)]), []);
        assert_eq!(one(&[("a", true)]), [TooFewOptions]);
        assert_eq!(one(&[("a", false), (" ", false)]), [EmptyOption, NoSolution]);
        assert_eq!(one(&[("a", true), ("b", true)]), [SeveralRight]);
        assert_eq!(one(&[("a", true); 13]), [TooManyOptions, SeveralRight]);
        let number = |value, tolerance| Question::new("?", Answer::Number { value, tolerance, unit: String::new() });
        assert_eq!(kinds(&number(None, 0.0)), [NoSolution]);
        assert_eq!(kinds(&number(Some(1.0), -1.0)), [NoSolution]);
        assert_eq!(kinds(&number(Some(1.0), 0.5)), []);
    }
}
