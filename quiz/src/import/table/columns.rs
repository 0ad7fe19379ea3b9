//! What the columns of a table are, by their names.

use super::super::number::{Decimal, number};
use super::super::{Repair, markup};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The round.
    Round,
    /// What is asked.
    Prompt,
    /// The kind of the question.
    Kind,
    /// What is right.
    Right,
    /// An option.
    Option,
    /// An option that is wrong.
    Wrong,
    /// All options.
    Options,
    /// What it is worth.
    Points,
    /// Time to answer.
    Seconds,
    /// Why it is right.
    Explanation,
    /// A word to the quizmaster.
    Note,
    /// Words to find it by.
    Tags,
    /// How far off a number may be.
    Tolerance,
    /// What a number counts.
    Unit,
    /// What raters judge.
    Criterion,
    /// The name of a picture.
    Picture,
}

/// The names of columns, as people write them.
const NAMES: [(Column, &[&str]); 15] = [
    (Column::Round, &["round", "runde", "section"]),
    (Column::Prompt, &["question", "prompt", "frage", "question text", "fragetext", "text"]),
    (Column::Kind, &["kind", "type", "question type", "art", "typ", "fragetyp"]),
    (
        Column::Right,
        &[
            "answer",
            "answers",
            "correct",
            "correct answer",
            "correct answers",
            "right",
            "right answer",
            "right answers",
            "solution",
            "accepted",
            "key",
            "antwort",
            "antworten",
            "richtig",
            "richtige antwort",
            "lösung",
            "correct answer(s)",
            "correct option",
        ],
    ),
    (Column::Options, &["options", "choices", "optionen", "answer options"]),
    (Column::Points, &["points", "score", "punkte", "marks"]),
    (
        Column::Seconds,
        &["seconds", "time", "time limit", "duration", "zeit", "sekunden", "time in seconds", "time (s)"],
    ),
    (Column::Explanation, &["explanation", "why", "erklärung", "feedback", "answer explanation"]),
    (Column::Note, &["note", "host note", "notes", "hinweis", "notiz", "comment"]),
    (Column::Tags, &["tags", "tag", "category", "topic", "kategorie", "thema", "difficulty"]),
    (Column::Tolerance, &["tolerance", "toleranz", "±", "+-", "margin"]),
    (Column::Unit, &["unit", "einheit", "units"]),
    (Column::Criterion, &["criterion", "criteria", "kriterium"]),
    (Column::Picture, &["picture", "image", "image link", "bild", "media", "photo"]),
    (Column::Wrong, &["incorrect answers", "wrong answers", "falsch", "falsche antworten", "distractors"]),
];
/// What names of numbered options begin with.
const OPTION: [&str; 7] = ["option", "choice", "answer", "antwort", "option ", "choice ", "answer option"];
/// What names of numbered wrong options begin with.
const WRONG: [&str; 4] = ["incorrect answer", "wrong answer", "falsche antwort", "wrong"];

/// What the first columns of our own tables are called. Their texts are plain: nobody has to look for tags in them.
const OURS: [&str; 3] = ["round", "kind", "question"];
/// What separates several texts in one cell.
pub(super) const SEPARATOR: char = '|';

/// The columns of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    columns: Vec<Option<Column>>,
    is_ours: bool,
    decimal: Decimal,
}

impl Columns {
    /// Those that a row of headings names; nothing if it names no question with anything beside it.
    pub(super) fn named(row: &[String], decimal: Decimal) -> Option<Self> {
        let columns: Vec<_> = row.iter().map(|name| named(name)).collect();
        let has = |column| columns.contains(&Some(column));
        let is_answered = [Column::Right, Column::Option, Column::Options, Column::Kind].into_iter().any(has);
        let is_ours = row.len() > OURS.len() && row.iter().zip(OURS).all(|(name, ours)| name == ours);
        (has(Column::Prompt) && is_answered).then_some(Self { columns, is_ours, decimal })
    }

    /// What stands in the first column of a kind that has something in this row.
    pub(super) fn cell<'a>(&self, column: Column, row: &'a [String]) -> &'a str {
        self.cells(column, row).find(|cell| !cell.is_empty()).unwrap_or_default()
    }

    /// What stands in all columns of a kind.
    pub(super) fn cells<'a>(&self, column: Column, row: &'a [String]) -> impl Iterator<Item = &'a str> {
        self.columns
            .iter()
            .zip(row)
            .filter(move |(known, _)| **known == Some(column))
            .map(|(_, cell)| unescaped(cell.trim()))
    }

    /// What a cell says.
    pub(super) fn plain(&self, cell: &str, repairs: &mut Vec<Repair>) -> String {
        let cell = cell.trim();
        if self.is_ours { cell.to_owned() } else { markup::clean(cell, repairs) }
    }

    /// The number that a cell is.
    pub(super) fn number(&self, cell: &str) -> Option<f64> {
        number(cell, self.decimal)
    }

    /// What stands between tags.
    pub(super) fn tag_separators(&self) -> &'static [char] {
        if self.is_ours { &[SEPARATOR] } else { &[SEPARATOR, ',', ';'] }
    }
}

/// A text without the apostrophe that keeps spreadsheets from taking it for a formula.
fn unescaped(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(['=', '+', '-', '@', '\t', '\r', '\''])).unwrap_or(cell)
}

fn named(name: &str) -> Option<Column> {
    let name = name.trim().trim_start_matches('\u{feff}').to_lowercase().replace(['_', '-'], " ");
    let name = name.trim().trim_end_matches(['*', ':']).trim();
    if let Some((column, _)) = NAMES.iter().find(|(_, names)| names.contains(&name)) {
        return Some(*column);
    }
    let is_number = |rest: &str| {
        let rest = rest.trim();
        matches!(rest.as_bytes(), [b'a'..=b'l'] | [b'1'..=b'9'] | [b'1', b'0'..=b'2'])
    };
    let begins = |starts: &[&str]| starts.iter().any(|start| name.strip_prefix(start).is_some_and(is_number));
    if begins(&WRONG) {
        Some(Column::Wrong)
    } else if begins(&OPTION) || matches!(name.as_bytes(), [b'a'..=b'l']) {
        Some(Column::Option)
    } else {
        None
    }
}
