//! Changing a draft: each is a step that can be taken back.

use crate::draft::{Answer, Choice, Draft, Place, Question, Round};

/// Kinds of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Free text, rated by teams.
    LongText,
    /// A few words.
    ShortText,
    /// Exactly one option.
    OneChoice,
    /// Any of the options.
    SeveralChoices,
    /// A number.
    Number,
}

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

impl Kind {
    /// The kind of this name, as `quiz.json` has it.
    pub fn named(name: &str) -> Option<Self> {
        let named = match name {
            "long_text" => Self::LongText,
            "short_text" => Self::ShortText,
            "one_choice" => Self::OneChoice,
            "several_choices" => Self::SeveralChoices,
            "number" => Self::Number,
            _ => return None,
        };
        Some(named)
    }
}

impl Answer {
    /// An answer of the same kind in which nothing is written yet.
    pub fn into_empty(self) -> Self {
        match self {
            Self::LongText { .. } => Self::LongText { criterion: String::new() },
            Self::ShortText { .. } => Self::ShortText { accepted: Vec::new() },
            Self::OneChoice { .. } => Self::OneChoice { options: Vec::new() },
            Self::SeveralChoices { .. } => Self::SeveralChoices { options: Vec::new() },
            Self::Number { .. } => Self::Number { value: None, tolerance: 0.0, unit: String::new() },
        }
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::LongText { .. } => Kind::LongText,
            Self::ShortText { .. } => Kind::ShortText,
            Self::OneChoice { .. } => Kind::OneChoice,
            Self::SeveralChoices { .. } => Kind::SeveralChoices,
            Self::Number { .. } => Kind::Number,
        }
    }

    /// An answer of another kind that keeps what it can: options stay options, and what is right stays right.
    pub fn into_kind(self, kind: Kind) -> Self {
        if self.kind() == kind {
            return self;
        }
        let right = match &self {
            Self::ShortText { accepted } => accepted.clone(),
            Self::Number { value, .. } => value.iter().map(ToString::to_string).collect(),
            Self::OneChoice { options } | Self::SeveralChoices { options } => {
                options.iter().filter(|option| option.right).map(|option| option.text.clone()).collect()
            }
            Self::LongText { .. } => Vec::new(),
        };
        let options = match self {
            Self::OneChoice { options } | Self::SeveralChoices { options } => options,
            _ => right.iter().map(|text| Choice::new(text.clone(), true)).collect(),
        };
        match kind {
            Kind::LongText => Self::LongText { criterion: String::new() },
            Kind::ShortText => Self::ShortText { accepted: right },
            Kind::SeveralChoices => Self::SeveralChoices { options },
            Kind::OneChoice => {
                let mut is_first = true;
                let only = |option: Choice| Choice { right: option.right && std::mem::take(&mut is_first), ..option };
                Self::OneChoice { options: options.into_iter().map(only).collect() }
            }
            Kind::Number => {
                let value =
                    right.iter().find_map(|text| text.trim().parse().ok()).filter(|value: &f64| value.is_finite());
                Self::Number { value, tolerance: 0.0, unit: String::new() }
            }
        }
    }
}

impl Draft {
    /// The question at a place.
    pub fn question(&self, place: Place) -> Option<&Question> {
        self.rounds.get(usize::from(place.round))?.questions.get(usize::from(place.question))
    }

    /// The same, to be changed.
    pub fn question_mut(&mut self, place: Place) -> Option<&mut Question> {
        self.rounds.get_mut(usize::from(place.round))?.questions.get_mut(usize::from(place.question))
    }

    /// Adds a question at the end of a round, and returns where it stands.
    pub fn add_question(&mut self, round: u16, question: Question) -> Option<Place> {
        let questions = &mut self.rounds.get_mut(usize::from(round))?.questions;
        let place = Place { round, question: u16::try_from(questions.len()).ok()? };
        questions.push(question);
        Some(place)
    }

    /// Puts a copy of a question behind it, and returns where the copy stands.
    pub fn duplicate_question(&mut self, place: Place) -> Option<Place> {
        let copy = self.question(place)?.clone();
        let behind = Place { question: place.question.checked_add(1)?, ..place };
        self.rounds.get_mut(usize::from(place.round))?.questions.insert(usize::from(behind.question), copy);
        Some(behind)
    }

    /// Takes a question out.
    pub fn remove_question(&mut self, place: Place) -> Option<Question> {
        let questions = &mut self.rounds.get_mut(usize::from(place.round))?.questions;
        let at = usize::from(place.question);
        (at < questions.len()).then(|| questions.remove(at))
    }

    /// Moves a question by one place, from round to round too, and returns where it stands then.
    pub fn move_question(&mut self, place: Place, direction: Direction) -> Option<Place> {
        self.question(place)?;
        let last = |questions: &[Question]| u16::try_from(questions.len()).ok()?.checked_sub(1);
        let questions = &mut self.rounds.get_mut(usize::from(place.round))?.questions;
        let to = match direction {
            Direction::Up => place.question.checked_sub(1),
            Direction::Down => (place.question < last(questions)?).then(|| place.question + 1),
        };
        if let Some(question) = to {
            questions.swap(usize::from(place.question), usize::from(question));
            return Some(Place { question, ..place });
        }
        let round = match direction {
            Direction::Up => place.round.checked_sub(1)?,
            Direction::Down => place.round.checked_add(1)?,
        };
        self.rounds.get(usize::from(round))?;
        let moved = self.remove_question(place)?;
        let questions = &mut self.rounds.get_mut(usize::from(round))?.questions;
        let question = if direction == Direction::Up { u16::try_from(questions.len()).ok()? } else { 0 };
        questions.insert(usize::from(question), moved);
        Some(Place { round, question })
    }

    /// Moves a round by one place.
    pub fn move_round(&mut self, round: u16, direction: Direction) -> Option<()> {
        let at = usize::from(round);
        let to = if direction == Direction::Up { at.checked_sub(1)? } else { at + 1 };
        let is_there = at.max(to) < self.rounds.len();
        is_there.then(|| self.rounds.swap(at, to))
    }

    /// Adds an empty round at the end.
    pub fn add_round(&mut self, title: String) {
        self.rounds.push(Round { title, ..Round::default() });
    }

    /// Takes a round out, with its questions.
    pub fn remove_round(&mut self, round: u16) -> Option<Round> {
        let at = usize::from(round);
        (at < self.rounds.len()).then(|| self.rounds.remove(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draft(rounds: &[usize]) -> Draft {
        let mut number = 0..;
        let mut question = || {
            let prompt = number.next().map_or_else(String::new, |number: u32| number.to_string());
            Question::new(prompt, Answer::LongText { criterion: String::new() })
        };
        let rounds = rounds
            .iter()
            .map(|count| Round { questions: (0..*count).map(|_| question()).collect(), ..Round::default() });
        Draft { rounds: rounds.collect(), ..Draft::default() }
    }

    fn prompts(draft: &Draft) -> Vec<Vec<&str>> {
        draft.rounds.iter().map(|round| round.questions.iter().map(|question| &*question.prompt).collect()).collect()
    }

    fn at(round: u16, question: u16) -> Place {
        Place { round, question }
    }

    #[test]
    fn questions_move_within_rounds_and_across_them() {
        let mut it = draft(&[2, 1]);
        assert_eq!(it.move_question(at(0, 0), Direction::Down), Some(at(0, 1)));
        assert_eq!(prompts(&it), [vec!["1", "0"], vec!["2"]]);
        assert_eq!(it.move_question(at(0, 1), Direction::Down), Some(at(1, 0)));
        assert_eq!(prompts(&it), [vec!["1"], vec!["0", "2"]]);
        assert_eq!(it.move_question(at(1, 0), Direction::Up), Some(at(0, 1)));
        assert_eq!(prompts(&it), [vec!["1", "0"], vec!["2"]]);
        assert_eq!(it.move_question(at(0, 0), Direction::Up), None);
        assert_eq!(it.move_question(at(1, 0), Direction::Down), None);
        assert_eq!(it.move_question(at(7, 7), Direction::Up), None);
        assert_eq!(prompts(&it), [vec!["1", "0"], vec!["2"]]);
    }

    #[test]
    fn questions_and_rounds_are_added_copied_and_taken_out() {
        let mut it = draft(&[1, 1]);
        assert_eq!(it.add_question(0, Question::new("new", Answer::ShortText { accepted: vec![] })), Some(at(0, 1)));
        assert_eq!(it.duplicate_question(at(0, 0)), Some(at(0, 1)));
        assert_eq!(prompts(&it), [vec!["0", "0", "new"], vec!["1"]]);
        assert!(it.remove_question(at(0, 0)).is_some() && it.remove_question(at(0, 9)).is_none());
        assert_eq!((it.move_round(0, Direction::Down), it.move_round(1, Direction::Down)), (Some(()), None));
        it.add_round("last".into());
        assert!(it.remove_round(0).is_some() && it.remove_round(2).is_none());
        assert_eq!(prompts(&it), [vec!["0", "new"], vec![]]);
    }

    #[test]
    fn another_kind_keeps_what_it_can() {
        let options = vec![Choice::new("a", false), Choice::new("7", true), Choice::new("c", true)];
        let several = Answer::SeveralChoices { options: options.clone() };
        let one = several.clone().into_kind(Kind::OneChoice);
        assert_eq!(one.options().iter().filter(|option| option.right).count(), 1);
        assert_eq!(
            several.clone().into_kind(Kind::ShortText),
            Answer::ShortText { accepted: vec!["7".into(), "c".into()] }
        );
        let number = several.into_kind(Kind::Number);
        assert_eq!(number, Answer::Number { value: Some(7.0), tolerance: 0.0, unit: String::new() });
        assert_eq!(number.into_kind(Kind::OneChoice).options(), [Choice::new("7", true)]);
    }

    proptest! {
        #[test]
        fn moving_loses_no_question(
            rounds in prop::collection::vec(0..4usize, 1..4),
            moves in prop::collection::vec((0..5u16, 0..5u16, any::<bool>()), 0..20),
        ) {
            let mut it = draft(&rounds);
            for (round, question, up) in moves {
                let (from, direction) = (at(round, question), if up { Direction::Up } else { Direction::Down });
                let moved = it.question(from).cloned();
                if let Some(to) = it.move_question(from, direction) {
                    prop_assert_eq!(it.question(to).cloned(), moved);
                }
            }
            let mut found: Vec<u32> = prompts(&it).concat().iter().map(|prompt| prompt.parse().unwrap()).collect();
            found.sort_unstable();
            prop_assert_eq!(found, (0..rounds.iter().sum::<usize>() as u32).collect::<Vec<_>>());
        }
    }
}
