//! A table with a question a row, with the columns that an import looks for by their names.

use super::{Export, Part};
use crate::draft::{Answer, Choice, Draft, Question};
use crate::edit::Kind;
use csv::WriterBuilder;

/// What separates several texts in one cell.
const SEPARATOR: &str = "|";
/// Signs at the beginning of a text that spreadsheets take for a formula, and the one that keeps them from it.
const FORMULAS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// The quiz as CSV. There are no pictures, and no intros of rounds.
pub fn csv(draft: &Draft) -> Export {
    let mut export = Export::default();
    let has_intro = draft.rounds.iter().any(|round| !round.intro.is_empty());
    export.drop_parts(None, [(!draft.tags.is_empty(), Part::Tags), (has_intro, Part::Intro)]);
    let options = draft.questions().map(|(_, question)| question.answer.options().len()).max().unwrap_or_default();
    let mut table = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = table.write_record(heads(options));
    for (place, question) in draft.questions() {
        if export.leaves_out(place, question) {
            continue;
        }
        export.drop_parts(
            Some(place),
            [(question.picture.is_some(), Part::Picture), (is_split(question), Part::Accepted)],
        );
        let title = draft.rounds.get(usize::from(place.round)).map(|round| round.title.trim()).unwrap_or_default();
        // No title means the round of the row before.
        let round = if title.is_empty() { format!("Round {}", place.round + 1) } else { title.to_owned() };
        let _ = table.write_record(row(&round, question, options).iter().map(|cell| escaped(cell)));
    }
    export.bytes = table.into_inner().unwrap_or_default();
    export
}

fn heads(options: usize) -> Vec<String> {
    let mut heads: Vec<String> = ["round", "kind", "question"].map(String::from).to_vec();
    heads.extend((1..=options).map(|number| format!("option {number}")));
    let more =
        ["right answer", "points", "seconds", "explanation", "host note", "tags", "tolerance", "unit", "criterion"];
    heads.extend(more.map(String::from));
    heads
}

fn row(round: &str, question: &Question, options: usize) -> Vec<String> {
    let choices = question.answer.options();
    let mut row = vec![round.to_owned(), kind(question.answer.kind()).to_owned(), question.prompt.clone()];
    row.extend((0..options).map(|index| choices.get(index).map(|option| option.text.clone()).unwrap_or_default()));
    let (mut tolerance, mut unit, mut criterion) = (String::new(), String::new(), String::new());
    row.push(match &question.answer {
        Answer::ShortText { accepted } => accepted.join(SEPARATOR),
        Answer::OneChoice { .. } | Answer::SeveralChoices { .. } => right(choices),
        Answer::Number { value, tolerance: off, unit: of } => {
            tolerance = if *off > 0.0 { off.to_string() } else { String::new() };
            unit.clone_from(of);
            value.map(|value| value.to_string()).unwrap_or_default()
        }
        Answer::LongText { criterion: of } => {
            criterion.clone_from(of);
            String::new()
        }
    });
    row.extend([question.points.to_string(), question.seconds.to_string()]);
    row.extend([question.explanation.clone(), question.host_note.clone(), question.tags.join(SEPARATOR)]);
    row.extend([tolerance, unit, criterion]);
    row
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::LongText => "long text",
        Kind::ShortText => "short text",
        Kind::OneChoice => "one choice",
        Kind::SeveralChoices => "several choices",
        Kind::Number => "number",
    }
}

/// Which options are right: by their numbers, unless an option says the same as those, then by their letters or texts.
fn right(options: &[Choice]) -> String {
    let right = || (0u8..).zip(options).filter(|(_, option)| option.right);
    let join = |names: Vec<String>| names.join(SEPARATOR);
    let numbers = join(right().map(|(index, _)| (u32::from(index) + 1).to_string()).collect());
    let letters = join(right().map(|(index, _)| char::from(b'A'.saturating_add(index)).to_string()).collect());
    let is_text = |names: &String| options.iter().any(|option| option.text == *names);
    let texts = || join(right().map(|(_, option)| option.text.clone()).collect());
    [numbers, letters].into_iter().find(|names| !is_text(names)).unwrap_or_else(texts)
}

/// Whether an accepted text has the sign that separates them.
fn is_split(question: &Question) -> bool {
    matches!(&question.answer, Answer::ShortText { accepted } if accepted.iter().any(|text| text.contains(SEPARATOR)))
}

/// A text that no spreadsheet takes for a formula.
fn escaped(text: &str) -> String {
    if text.starts_with(FORMULAS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Round;
    use crate::import::read;

    fn draft() -> Draft {
        let options = vec![Choice::new("=1+1", true), Choice::new("b", false), Choice::new("c;d", true)];
        let mut first =
            Question::new("=HYPERLINK(\"http://evil\")\n\"quoted\", twice", Answer::SeveralChoices { options });
        (first.points, first.seconds, first.tags) = (25, 45, vec!["a".into(), "b".into()]);
        first.explanation = "-because".into();
        let questions = vec![
            first,
            Question::new("Capital?", Answer::ShortText { accepted: vec!["Lima".into(), "'Lima".into()] }),
            Question::new("Cold?", Answer::Number { value: Some(-2.5), tolerance: 0.5, unit: "°C".into() }),
            Question::new(
                "Which number?",
                Answer::OneChoice { options: ["2", "1", "b"].map(|text| Choice::new(text, text == "1")).to_vec() },
            ),
            Question::new(
                "What does <br> do? &amp; what does\t&lt;?",
                Answer::OneChoice { options: vec![Choice::new("'\tx", false), Choice::new("<b>", true)] },
            ),
            Question::new(
                "True?",
                Answer::OneChoice { options: vec![Choice::new("True", true), Choice::new("False", false)] },
            ),
        ];
        let last = vec![Question::new("Write!", Answer::LongText { criterion: "Is it funny?".into() })];
        let round = |title: &str, questions| Round { title: title.into(), questions, ..Round::default() };
        Draft { title: "a".into(), rounds: vec![round("One", questions), round("Two", last)], ..Draft::default() }
    }

    #[test]
    fn what_is_taken_out_comes_back() {
        let export = csv(&draft());
        assert_eq!(export.notes, []);
        let (format, import) = read("a.csv", &export.bytes).unwrap();
        assert_eq!((format, import.draft, import.notes), ("table", draft(), vec![]));
    }

    #[test]
    fn a_round_without_a_title_stays_one() {
        let question = |prompt: &str| Question::new(prompt, Answer::ShortText { accepted: vec!["x".into()] });
        let round =
            |title: &str, prompt| Round { title: title.into(), questions: vec![question(prompt)], ..Round::default() };
        let draft = Draft { rounds: vec![round("One", "a"), round("", "b")], ..Draft::default() };
        let (_, import) = read("a.csv", &csv(&draft).bytes).unwrap();
        let titles: Vec<_> = import.draft.rounds.iter().map(|round| &*round.title).collect();
        assert_eq!(titles, ["One", "Round 2"]);
    }

    #[test]
    fn no_text_begins_like_a_formula() {
        let export = csv(&draft());
        let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(&export.bytes[..]);
        let cells: Vec<String> =
            reader.records().flat_map(|record| record.unwrap().iter().map(String::from).collect::<Vec<_>>()).collect();
        assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])));
    }
}
