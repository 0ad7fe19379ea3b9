//! What pages show of a draft.

use app::library::{Card, CardKey, CardOption, CardRound};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use quiz::draft::{Answer, Choice, Draft, Place, Question};
use quiz::import::{Import, Remark};
use std::collections::BTreeMap;

/// What of a draft is shown, and how.
pub(super) struct Looks<'a> {
    /// Where its pictures are: the address before their names.
    pub media: &'a str,
    /// Whether its questions can be ticked.
    pub ticks: bool,
    /// The quiz that they can be written in, by its address and revision.
    pub editor: Option<(&'a str, i64)>,
    /// What was changed in each on its way in.
    pub repairs: BTreeMap<Place, Vec<String>>,
}

/// The repairs of an import by question, in words.
pub(super) fn repairs(import: &Import) -> BTreeMap<Place, Vec<String>> {
    let mut repairs = BTreeMap::<Place, Vec<String>>::new();
    for note in &import.notes {
        if let (Some(place), Remark::Repaired(repair)) = (note.place, &note.remark) {
            repairs.entry(place).or_default().push(repair.to_string());
        }
    }
    repairs
}

/// Up to `most` questions of a draft, with their rounds.
pub(super) fn rounds(draft: &Draft, looks: &mut Looks<'_>, most: usize) -> Vec<CardRound> {
    let mut room = most;
    let mut rounds = Vec::new();
    for (round, number) in draft.rounds.iter().zip(0..) {
        let questions = round.questions.iter().zip(0..).take(room);
        let place = |question| Place { round: number, question };
        let cards: Vec<_> = questions.map(|(question, at)| card(place(at), question, looks)).collect();
        room -= cards.len();
        if cards.is_empty() && !round.questions.is_empty() {
            break;
        }
        let editor = looks.editor.map(|(quiz, revision)| (format!("{quiz}/rounds/{number}"), revision));
        let (title, intro, anchor) = (round.title.clone(), round.intro.clone(), format!("r{number}"));
        rounds.push(CardRound { title, intro, cards, editor, anchor });
    }
    rounds
}

/// A question.
pub(super) fn card(place: Place, question: &Question, looks: &mut Looks<'_>) -> Card {
    let address = |name: &str| format!("{}/{}", looks.media, utf8_percent_encode(name, NON_ALPHANUMERIC));
    let picture = question.picture.as_ref().map(|picture| (address(&picture.file), picture.description.clone()));
    Card {
        number: u32::from(place.question) + 1,
        tick: looks.ticks.then(|| tick(place)),
        editor: looks.editor.map(|(quiz, revision)| (format!("{quiz}/questions/{}", tick(place)), revision)),
        anchor: format!("q{}", tick(place)),
        prompt: question.prompt.clone(),
        points: question.points,
        seconds: question.seconds,
        picture,
        key: key(&question.answer),
        explanation: question.explanation.clone(),
        host_note: question.host_note.clone(),
        tags: question.tags.clone(),
        faults: question.faults().iter().map(ToString::to_string).collect(),
        repairs: looks.repairs.remove(&place).unwrap_or_default(),
    }
}

/// A place as the value of a tick.
pub(super) fn tick(place: Place) -> String {
    format!("{}.{}", place.round, place.question)
}

/// The place that a tick names.
pub(super) fn ticked(value: &str) -> Option<Place> {
    let (round, question) = value.split_once('.')?;
    Some(Place { round: round.parse().ok()?, question: question.parse().ok()? })
}

fn key(answer: &Answer) -> CardKey {
    let options = |options: &[Choice]| {
        options.iter().map(|option| CardOption { text: option.text.clone(), right: option.right }).collect()
    };
    match answer {
        Answer::LongText { criterion } => CardKey::Rated(criterion.clone()),
        Answer::ShortText { accepted } => CardKey::Words(accepted.clone()),
        Answer::OneChoice { options: choices } => CardKey::One(options(choices)),
        Answer::SeveralChoices { options: choices } => CardKey::Several(options(choices)),
        Answer::Number { value, tolerance, unit } => {
            let value = value.map_or_else(String::new, |value| value.to_string());
            let tolerance = if *tolerance == 0.0 { String::new() } else { tolerance.to_string() };
            CardKey::Number { value, tolerance, unit: unit.clone() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_names_its_place() {
        let place = Place { round: 3, question: 14 };
        assert_eq!(ticked(&tick(place)), Some(place));
        for bad in ["", "1", "a.b", "1.2.3", "-1.2", "99999999.1"] {
            assert_eq!(ticked(bad), None, "{bad}");
        }
    }
}
