//! What holds for questions of every format: texts are cut to what is possible, what says nothing goes, and what cannot
//! be played is not taken.

use super::{Import, Note, Reason, Repair};
use crate::draft::{Answer, Choice, Draft, Place, Question};
use game::folding::is_blank_text;
use protocol::limits::{self, QUESTION_POINTS, QUESTION_SECONDS};
use std::collections::{BTreeMap, BTreeSet};

/// Options of one question that are looked at: some may be empty, or there twice.
pub(super) const OPTIONS: usize = 4 * limits::OPTIONS;

/// Cleans a question, with a repair for everything that changes; an error when it cannot be played even so.
pub(super) fn question(question: &mut Question, repairs: &mut Vec<Repair>) -> Result<(), Reason> {
    texts(question, repairs);
    if !QUESTION_POINTS.contains(&question.points) {
        question.points = question.points.clamp(*QUESTION_POINTS.start(), *QUESTION_POINTS.end());
        add(repairs, Repair::Points(question.points));
    }
    if !QUESTION_SECONDS.contains(&question.seconds) {
        question.seconds = question.seconds.clamp(*QUESTION_SECONDS.start(), *QUESTION_SECONDS.end());
        add(repairs, Repair::Seconds(question.seconds));
    }
    match &mut question.answer {
        Answer::ShortText { accepted } => self::accepted(accepted, repairs),
        Answer::OneChoice { options } | Answer::SeveralChoices { options } => self::options(options, repairs),
        Answer::LongText { .. } | Answer::Number { .. } => {}
    }
    question.faults().first().map_or(Ok(()), |fault| Err(Reason::Fault(*fault)))
}

/// Cuts a draft of our own to what is possible and keeps it otherwise as it is, with a note on everything that changes;
/// pictures that did not come with it are not named.
pub(super) fn within_limits(import: &mut Import) {
    let mut whole = titles(&mut import.draft);
    let mut notes = Vec::new();
    for (round, of) in import.draft.rounds.iter_mut().zip(0..) {
        for (question, number) in round.questions.iter_mut().zip(0..) {
            let mut repairs = Vec::new();
            texts(question, &mut repairs);
            let picture = question.picture.take_if(|picture| !import.media.contains_key(&picture.file));
            repairs.extend(picture.map(|picture| Repair::MediaDropped(picture.file)));
            let place = Some(Place { round: of, question: number });
            notes.extend(repairs.into_iter().map(|repair| Note::repaired(None, place, &question.prompt, repair)));
        }
    }
    whole.drain(..).for_each(|repair| import.repaired(repair));
    import.note_all(notes);
}

/// Drops a last round without a question and gives every other one, and the quiz, a title that fits.
pub(super) fn name(import: &mut Import, stem: &str) {
    import.draft.rounds.pop_if(|round| round.questions.is_empty());
    let repairs = titles(&mut import.draft);
    repairs.into_iter().for_each(|repair| import.repaired(repair));
    if import.draft.title.is_empty() {
        let stem = stem.replace('_', " ");
        import.draft.title = if stem.trim().is_empty() { "Imported quiz".into() } else { stem };
    }
    for (round, number) in import.draft.rounds.iter_mut().zip(1..) {
        if round.title.is_empty() {
            round.title = format!("Round {number}");
        }
    }
    // A file's name may be longer than a title.
    titles(&mut import.draft);
}

fn titles(draft: &mut Draft) -> Vec<Repair> {
    let mut repairs = Vec::new();
    text(&mut draft.title, limits::TITLE_CHARS, "a title", &mut repairs);
    tags(&mut draft.tags, &mut repairs);
    for round in &mut draft.rounds {
        text(&mut round.title, limits::TITLE_CHARS, "a title", &mut repairs);
        text(&mut round.intro, limits::INTRO_CHARS, "a round's intro", &mut repairs);
    }
    repairs
}

/// Cuts all texts of a question to what is possible.
fn texts(question: &mut Question, repairs: &mut Vec<Repair>) {
    let parts = [
        (&mut question.prompt, limits::PROMPT_CHARS, "the question"),
        (&mut question.explanation, limits::EXPLANATION_CHARS, "the explanation"),
        (&mut question.host_note, limits::EXPLANATION_CHARS, "the host's note"),
    ];
    for (part, most, name) in parts {
        text(part, most, name, repairs);
    }
    tags(&mut question.tags, repairs);
    if let Some(picture) = &mut question.picture {
        text(&mut picture.description, limits::DESCRIPTION_CHARS, "the picture's description", repairs);
    }
    match &mut question.answer {
        Answer::LongText { criterion } => text(criterion, limits::INTRO_CHARS, "the criterion", repairs),
        Answer::Number { unit, .. } => text(unit, limits::UNIT_CHARS, "the unit", repairs),
        Answer::ShortText { accepted } => {
            accepted.iter_mut().for_each(|one| text(one, limits::PROMPT_CHARS, "an accepted answer", repairs));
        }
        Answer::OneChoice { options } | Answer::SeveralChoices { options } => {
            options.iter_mut().for_each(|one| text(&mut one.text, limits::OPTION_CHARS, "an option", repairs));
        }
    }
}

fn accepted(accepted: &mut Vec<String>, repairs: &mut Vec<Repair>) {
    for one in accepted.iter_mut() {
        *one = one.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let count = accepted.len();
    accepted.retain(|one| !is_blank_text(one) && one.chars().count() <= limits::SHORT_TEXT_CHARS);
    accepted.truncate(limits::ACCEPTED);
    if accepted.len() < count {
        add(repairs, Repair::AcceptedDropped);
    }
    // Twice the same is no repair: nothing is lost.
    let mut seen = BTreeSet::new();
    accepted.retain(|one| seen.insert(one.clone()));
}

fn options(options: &mut Vec<Choice>, repairs: &mut Vec<Repair>) {
    let count = options.len();
    // An empty one that is right is a fault to be told, not to be tidied away.
    options.retain(|option| option.right || !option.text.is_empty());
    if options.len() < count {
        add(repairs, Repair::EmptyOptions);
    }
    let (mut kept, mut places) = (Vec::<Choice>::new(), BTreeMap::new());
    for option in options.drain(..) {
        match places.get(&option.text).and_then(|place: &usize| kept.get_mut(*place)) {
            Some(known) => {
                known.right |= option.right;
                add(repairs, Repair::DuplicateOptions);
            }
            None => {
                places.insert(option.text.clone(), kept.len());
                kept.push(option);
            }
        }
    }
    *options = kept;
}

fn tags(tags: &mut Vec<String>, repairs: &mut Vec<Repair>) {
    for tag in tags.iter_mut() {
        text(tag, limits::TAG_CHARS, "a tag", repairs);
    }
    tags.retain(|tag| !tag.is_empty());
    tags.truncate(limits::TAGS);
}

/// Takes out what cannot be seen, trims, and cuts to so many letters.
fn text(text: &mut String, most: usize, part: &'static str, repairs: &mut Vec<Repair>) {
    if text.chars().any(is_hidden) {
        text.retain(|letter| !is_hidden(letter));
        add(repairs, Repair::ControlCharacters);
    }
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        *text = trimmed.to_owned();
    }
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
        text.truncate(text.trim_end().len());
        add(repairs, Repair::Shortened(part));
    }
}

/// Signs that say nothing, or that turn what stands around them; joiners and marks of direction belong to scripts.
fn is_hidden(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    turns || letter.is_control() && !matches!(letter, '\n' | '\t')
}

fn add(repairs: &mut Vec<Repair>, repair: Repair) {
    if !repairs.contains(&repair) {
        repairs.push(repair);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(mut it: Question) -> (Result<(), Reason>, Question, Vec<Repair>) {
        let mut repairs = Vec::new();
        let result = question(&mut it, &mut repairs);
        (result, it, repairs)
    }

    #[test]
    fn what_is_too_much_is_cut_and_told() {
        let long = Question {
            points: 1_000_000,
            seconds: 0,
            ..Question::new("x".repeat(10_000), Answer::ShortText { accepted: vec![" a  b".into(), "…".into()] })
        };
        let (result, question, repairs) = tidied(long);
        assert_eq!(result, Ok(()));
        assert_eq!(question.prompt.chars().count(), limits::PROMPT_CHARS);
        assert_eq!(question.answer, Answer::ShortText { accepted: vec!["a b".into()] });
        assert_eq!(
            repairs,
            [Repair::Shortened("the question"), Repair::Points(1_000), Repair::Seconds(5), Repair::AcceptedDropped]
        );
    }

    #[test]
    fn options_are_told_apart_and_invisible_signs_go() {
        let options = vec![
            Choice::new("a\u{0}", true),
            Choice::new("a", false),
            Choice::new(" ", false),
            Choice::new("שלום 👩🏽‍🚀", false),
        ];
        let (result, question, repairs) = tidied(Question::new("\u{202e}Q", Answer::OneChoice { options }));
        assert_eq!(result, Ok(()));
        assert_eq!(question.prompt, "Q");
        assert_eq!(question.answer.options(), [Choice::new("a", true), Choice::new("שלום 👩🏽‍🚀", false)]);
        assert_eq!(repairs, [Repair::ControlCharacters, Repair::EmptyOptions, Repair::DuplicateOptions]);
    }

    #[test]
    fn what_cannot_be_played_is_not_taken() {
        let (result, ..) = tidied(Question::new("?", Answer::ShortText { accepted: vec!["…".into()] }));
        assert_eq!(result, Err(Reason::Fault(crate::fault::FaultKind::NoSolution)));
    }
}
