//! A row as a question.

use super::super::number::{Decimal, number};
use super::super::tidy::OPTIONS;
use super::super::{Reason, Repair};
use super::columns::{Column, Columns, SEPARATOR};
use crate::draft::{Answer, Choice, Question};
use crate::edit::Kind;
use crate::fault::FaultKind;
use game::folding::is_same;

/// A question, and the round that its row names.
pub(super) struct Row {
    /// The round; nothing for the one before.
    pub round: String,
    /// The question.
    pub question: Question,
    /// What had to be changed.
    pub repairs: Vec<Repair>,
}

/// Reads a row; nothing where there is nothing in it, and what stands there with the reason where it cannot be taken.
pub(super) fn read(columns: &Columns, cells: &[String]) -> Option<Result<Row, (String, Reason)>> {
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return None;
    }
    let mut repairs = Vec::new();
    let prompt = columns.plain(columns.cell(Column::Prompt, cells), &mut repairs);
    let answer = match answer(columns, cells, &mut repairs) {
        Ok(answer) => answer,
        Err(reason) => return Some(Err((prompt, reason))),
    };
    let mut question = Question::new(prompt, answer);
    let whole = |cell: &str| {
        columns.number(cell).filter(|number| (0.0..1e9).contains(number)).map(|number| number.round() as u32)
    };
    let (points, seconds) = (columns.cell(Column::Points, cells), columns.cell(Column::Seconds, cells));
    match whole(points) {
        Some(points) => question.points = points,
        None if points.is_empty() => {}
        None => repairs.push(Repair::Points(question.points)),
    }
    match whole(seconds.trim_end_matches(['s', ' '])) {
        Some(seconds) => question.seconds = seconds,
        None if seconds.is_empty() => {}
        None => repairs.push(Repair::Seconds(question.seconds)),
    }
    let mut text = |column| columns.plain(columns.cell(column, cells), &mut repairs);
    (question.explanation, question.host_note) = (text(Column::Explanation), text(Column::Note));
    let tags = columns.cells(Column::Tags, cells).flat_map(|cell| cell.split(columns.tag_separators()));
    question.tags = tags.map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
    let picture = columns.cell(Column::Picture, cells);
    if !picture.is_empty() {
        repairs.push(Repair::MediaDropped(picture.chars().take(120).collect()));
    }
    Some(Ok(Row { round: columns.cell(Column::Round, cells).to_owned(), question, repairs }))
}

fn answer(columns: &Columns, cells: &[String], repairs: &mut Vec<Repair>) -> Result<Answer, Reason> {
    let right: Vec<&str> = columns.cells(Column::Right, cells).filter(|cell| !cell.is_empty()).collect();
    let options = options(columns, cells, repairs);
    let kind = columns.cell(Column::Kind, cells);
    let named = kind_named(kind);
    if !kind.is_empty() && named.is_none() {
        return Err(Reason::Kind(kind.chars().take(60).collect()));
    }
    if named == Some(Kind::LongText) {
        return Ok(Answer::LongText { criterion: columns.plain(columns.cell(Column::Criterion, cells), repairs) });
    }
    let wrong: Vec<&str> = columns.cells(Column::Wrong, cells).filter(|cell| !cell.is_empty()).collect();
    if right.is_empty() {
        return Err(Reason::NoAnswer);
    }
    if !wrong.is_empty() && options.is_empty() {
        return Ok(with_wrong(columns, &right, &wrong, repairs));
    }
    if options.is_empty() {
        let is_choice =
            matches!(named, Some(Kind::OneChoice | Kind::SeveralChoices)) || named.is_none() && kind.is_empty();
        if let Some(answer) = true_false(right[0]).filter(|_| is_choice && right.len() == 1) {
            return Ok(answer);
        }
        return without_options(columns, cells, &right, named, repairs);
    }
    choose(options, &right, named, repairs)
}

/// The kind that a cell names, as people write it.
fn kind_named(kind: &str) -> Option<Kind> {
    let kind: String = kind.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
    Some(match &*kind {
        "onechoice" | "singlechoice" | "multiplechoice" | "choice" | "mc" | "multiple" | "quiz" | "truefalse"
        | "boolean" | "radio" | "auswahl" => Kind::OneChoice,
        "severalchoices" | "multipleanswers" | "multipleselect" | "multiselect" | "checkbox" | "checkboxes"
        | "multipleresponse" | "mehrfachauswahl" => Kind::SeveralChoices,
        "shorttext" | "text" | "short" | "shortanswer" | "open" | "fillintheblank" | "typeanswer" | "kurztext" => {
            Kind::ShortText
        }
        "number" | "numeric" | "numerical" | "estimate" | "zahl" => Kind::Number,
        "longtext" | "essay" | "long" | "rated" | "creative" | "openended" | "langtext" => Kind::LongText,
        _ => return None,
    })
}

fn options(columns: &Columns, cells: &[String], repairs: &mut Vec<Repair>) -> Vec<String> {
    // Empty cells keep their letters: "D" is the fourth column.
    let mut options: Vec<String> =
        columns.cells(Column::Option, cells).map(|cell| columns.plain(cell, repairs)).collect();
    if options.iter().all(String::is_empty) {
        let cell = columns.cell(Column::Options, cells);
        let separator = [SEPARATOR, '\n', ';'].into_iter().find(|separator| cell.contains(*separator)).unwrap_or(',');
        options = cell.split(separator).take(OPTIONS + 1).map(|option| columns.plain(option, repairs)).collect();
    }
    if options.iter().all(String::is_empty) { Vec::new() } else { options }
}

fn with_wrong(columns: &Columns, right: &[&str], wrong: &[&str], repairs: &mut Vec<Repair>) -> Answer {
    let mut options: Vec<Choice> = Vec::new();
    for (cells, is_right) in [(right, true), (wrong, false)] {
        for text in cells.iter().flat_map(|cell| cell.split(SEPARATOR)).take(OPTIONS + 1) {
            options.push(Choice::new(columns.plain(text, repairs), is_right));
        }
    }
    // The table names the right ones apart, which must not give them away.
    options.sort_by_key(|option| option.text.to_lowercase());
    if options.iter().filter(|option| option.right).count() == 1 {
        Answer::OneChoice { options }
    } else {
        Answer::SeveralChoices { options }
    }
}

fn true_false(right: &str) -> Option<Answer> {
    let right = match &*right.to_lowercase() {
        "true" | "wahr" => true,
        "false" | "falsch" => false,
        _ => return None,
    };
    Some(Answer::OneChoice { options: vec![Choice::new("True", right), Choice::new("False", !right)] })
}

fn without_options(
    columns: &Columns,
    cells: &[String],
    right: &[&str],
    named: Option<Kind>,
    repairs: &mut Vec<Repair>,
) -> Result<Answer, Reason> {
    if matches!(named, Some(Kind::OneChoice | Kind::SeveralChoices)) {
        return Err(Reason::Fault(FaultKind::TooFewOptions));
    }
    let (value, about) = right[0].split_once('±').unwrap_or((right[0], ""));
    if let (1, Some(value)) = (right.len(), columns.number(value).filter(|_| named != Some(Kind::ShortText))) {
        let tolerance = columns.number(about).or_else(|| columns.number(columns.cell(Column::Tolerance, cells)));
        let unit = columns.cell(Column::Unit, cells).to_owned();
        return Ok(Answer::Number { value: Some(value), tolerance: tolerance.unwrap_or_default().abs(), unit });
    }
    if named == Some(Kind::Number) {
        return Err(Reason::NotUnderstood);
    }
    let texts = right.iter().flat_map(|cell| cell.split([SEPARATOR, '\n']));
    Ok(Answer::ShortText { accepted: texts.map(|text| columns.plain(text, repairs)).collect() })
}

fn choose(
    options: Vec<String>,
    right: &[&str],
    named: Option<Kind>,
    repairs: &mut Vec<Repair>,
) -> Result<Answer, Reason> {
    if options.len() > OPTIONS {
        return Err(Reason::Fault(FaultKind::TooManyOptions));
    }
    let mut chosen = Vec::new();
    for cell in right {
        chosen.extend(indices(cell, &options, repairs).ok_or(Reason::RightNotAmongOptions)?);
    }
    // Columns that a question does not need are empty.
    let filled = options.into_iter().enumerate().filter(|(_, text)| !text.is_empty());
    let options: Vec<_> = filled.map(|(index, text)| Choice::new(text, chosen.contains(&index))).collect();
    let count = options.iter().filter(|option| option.right).count();
    Ok(match named {
        Some(Kind::SeveralChoices) => Answer::SeveralChoices { options },
        _ if count > 1 => Answer::SeveralChoices { options },
        _ => Answer::OneChoice { options },
    })
}

/// Which options a cell names: by their texts, letters or numbers.
fn indices(cell: &str, options: &[String], repairs: &mut Vec<Repair>) -> Option<Vec<usize>> {
    let is_there = |index: &usize| options.get(*index).is_some_and(|option| !option.is_empty());
    let by_text = |text: &str| options.iter().position(|option| option == text);
    if let Some(index) = by_text(cell) {
        return Some(vec![index]);
    }
    let by_sign = |part: &str| {
        let part = part.trim().trim_end_matches(['.', ')']);
        let index = match part.as_bytes() {
            [letter] if letter.is_ascii_alphabetic() => usize::from(letter.to_ascii_lowercase() - b'a'),
            _ => (number(part, Decimal::Point).filter(|number| number.fract() == 0.0 && *number >= 1.0)? as usize)
                .checked_sub(1)?,
        };
        Some(index).filter(is_there)
    };
    let parts = |separators: &'static [char]| cell.split(separators).map(str::trim).filter(|part| !part.is_empty());
    let all = |parts: Option<Vec<usize>>| parts.filter(|parts| !parts.is_empty());
    if let Some(found) = all(parts(&[SEPARATOR, ',', ';', '/', '&', ' ']).map(by_sign).collect()) {
        return Some(found);
    }
    for separators in [&[SEPARATOR][..], &[SEPARATOR, ';'], &[SEPARATOR, ';', ',']] {
        let found = parts(separators).map(|part| by_text(part).or_else(|| by_sign(part)));
        if let Some(found) = all(found.collect()) {
            return Some(found);
        }
    }
    let loose = options.iter().position(|option| !option.is_empty() && is_same(option, cell))?;
    repairs.push(Repair::LooseMatch);
    Some(vec![loose])
}
