//! Taking quizzes out: a draft as a file of another program, with a note on everything that such a file cannot say.

pub mod csv;
pub mod gift;
pub mod moodle;

use crate::draft::{Answer, Draft, Place, Question};
use crate::fault::FaultKind;
use protocol::limits;
use std::fmt;

/// A quiz as a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Export {
    /// What is in the file.
    pub bytes: Vec<u8>,
    /// What is not, in the quiz's order.
    pub notes: Vec<Note>,
}

/// Something that the file does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// The question that it is about; nothing for a round or the quiz as a whole.
    pub place: Option<Place>,
    /// What is missing.
    pub remark: Remark,
}

/// What a file does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// The question, for it has this fault.
    LeftOut(FaultKind),
    /// The question, for none of its answers can be written.
    NoAnswer,
    /// A part for which the format has no place.
    Dropped(Part),
}

/// A part of a quiz.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The words to find the quiz by.
    Tags,
    /// The sentence before a round.
    Intro,
    /// What a question is worth.
    Points,
    /// The time to answer.
    Seconds,
    /// The picture.
    Picture,
    /// The word to the quizmaster.
    HostNote,
    /// What raters judge.
    Criterion,
    /// What a number counts.
    Unit,
    /// A text that would be accepted as right.
    Accepted,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LeftOut(fault) => write!(f, "The question was left out: {fault}"),
            Self::NoAnswer => f.write_str("The question was left out: this format cannot say its answer."),
            Self::Dropped(part) => write!(f, "This format has no place for {part}."),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tags => "the quiz's tags",
            Self::Intro => "a round's intro",
            Self::Points => "points",
            Self::Seconds => "the time to answer",
            Self::Picture => "the picture",
            Self::HostNote => "the host's note",
            Self::Criterion => "the criterion",
            Self::Unit => "the unit",
            Self::Accepted => "one of the accepted answers",
        })
    }
}

impl Export {
    /// Notes on parts of the quiz as a whole, or of this question, that are dropped if they say anything.
    fn drop_parts(&mut self, place: Option<Place>, parts: impl IntoIterator<Item = (bool, Part)>) {
        let dropped = parts.into_iter().filter_map(|(is_said, part)| is_said.then_some(Remark::Dropped(part)));
        self.notes.extend(dropped.map(|remark| Note { place, remark }));
    }

    /// Leaves a question out that cannot be played: other programs refuse it, or its file, as well.
    fn leaves_out(&mut self, place: Place, question: &Question) -> bool {
        let fault = question.faults().first().copied();
        self.notes.extend(fault.map(|fault| Note { place: Some(place), remark: Remark::LeftOut(fault) }));
        fault.is_some()
    }
}

/// The title of a round as the last part of a category's path.
fn category(draft: &Draft, round: usize) -> String {
    let title = draft.rounds.get(round).map(|round| &*round.title).unwrap_or_default();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = if title.is_empty() { format!("Round {}", round.saturating_add(1)) } else { title };
    // A slash of its own is doubled.
    format!("$course$/top/{}", title.replace('/', "//"))
}

/// Whether a statement is true, if that is what a question asks.
fn truth(answer: &Answer) -> Option<bool> {
    match answer {
        Answer::OneChoice { options } => match &options[..] {
            [yes, no] if yes.text == "True" && no.text == "False" => Some(yes.right),
            _ => None,
        },
        _ => None,
    }
}

/// What each right one of several options adds and each wrong one takes away, in per cent: Moodle knows these fractions
/// only, up to a tenth.
fn share(answer: &Answer) -> String {
    let right = answer.options().iter().filter(|option| option.right).count().clamp(1, 10);
    let share = format!("{:.5}", 100.0 / right as f64);
    share.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An accepted answer, in which Moodle takes a star for anything unless it is marked.
fn accepted(text: &str) -> String {
    text.replace('*', r"\*")
}

/// Whether a time is none of those that go without saying.
fn is_unusual(seconds: u32) -> bool {
    seconds != limits::QUESTION_SECONDS_USUAL
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Choice, Round};

    #[test]
    fn rounds_are_categories() {
        let round = |title: &str| Round { title: title.into(), ..Round::default() };
        let draft = Draft { rounds: vec![round("Read/Write\nmore"), round(" ")], ..Draft::default() };
        assert_eq!(category(&draft, 0), "$course$/top/Read//Write more");
        assert_eq!(category(&draft, 1), "$course$/top/Round 2");
    }

    #[test]
    fn shares_are_those_that_moodle_knows() {
        let several = |right| Answer::SeveralChoices { options: vec![Choice::new("a", true); right] };
        let shares = [1, 2, 3, 8, 10, 12].map(|right| share(&several(right)));
        assert_eq!(shares, ["100", "50", "33.33333", "12.5", "10", "10"]);
    }

    #[test]
    fn statements_are_true_or_false() {
        let one = |first: &str, second: &str| {
            truth(&Answer::OneChoice { options: vec![Choice::new(first, false), Choice::new(second, true)] })
        };
        assert_eq!((one("True", "False"), one("False", "True"), one("a", "b")), (Some(false), None, None));
    }
}
