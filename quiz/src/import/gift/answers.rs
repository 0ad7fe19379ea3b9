//! What stands in braces.

use super::super::{Reason, Repair, wildcard};
use super::format::Format;
use super::{escapes, true_false};
use crate::draft::{Answer, Choice};

/// Shares that differ by more than this are not meant to be the same; thirds are rounded.
const SHARES_APART: f64 = 0.1;

/// An answer with what is said about it afterwards.
pub(super) struct Answers {
    /// How it is answered and what is right.
    pub answer: Answer,
    /// What is said whatever was answered.
    pub feedback: String,
}

/// One of the answers: `=text`, `~text`, with a weight and a comment.
struct Entry {
    is_equal: bool,
    weight: Option<f64>,
    text: String,
    comment: bool,
}

/// Reads what stands between braces; texts without a format of their own have that of the question.
pub(super) fn read(block: &str, format: Format, repairs: &mut Vec<Repair>) -> Result<Answers, Reason> {
    let (block, feedback) = block.rsplit_once("####").unwrap_or((block, ""));
    let feedback = format.read(feedback, repairs);
    let block = block.trim();
    let answer = match block.strip_prefix('#') {
        _ if block.is_empty() => Answer::LongText { criterion: String::new() },
        Some(numbers) => number(numbers.trim(), repairs)?,
        None => match truth(block) {
            Some((right, comment)) => {
                note(repairs, comment, Repair::Feedback);
                true_false(right)
            }
            None => choice(entries(block, format, repairs)?, repairs)?,
        },
    };
    Ok(Answers { answer, feedback })
}

/// Whether a true-or-false question is true, and whether there are comments.
fn truth(block: &str) -> Option<(bool, bool)> {
    let (word, comment) = block.split_once('#').unwrap_or((block, ""));
    match word.trim().to_ascii_uppercase().as_str() {
        "T" | "TRUE" => Some((true, !comment.trim().is_empty())),
        "F" | "FALSE" => Some((false, !comment.trim().is_empty())),
        _ => None,
    }
}

fn entries(block: &str, format: Format, repairs: &mut Vec<Repair>) -> Result<Vec<Entry>, Reason> {
    if !block.starts_with(['=', '~']) {
        return Err(Reason::NotUnderstood);
    }
    let starts: Vec<usize> = block.match_indices(['=', '~']).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([block.len()]);
    let mut entries = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let is_equal = block[start..].starts_with('=');
        let (weight, rest) = weight(block[start + 1..end].trim());
        let (body, comment) = rest.split_once('#').unwrap_or((rest, ""));
        let comment = !comment.trim().is_empty();
        entries.push(Entry { is_equal, weight, text: format.read(body, repairs), comment });
    }
    note(repairs, entries.iter().any(|entry| entry.comment), Repair::Feedback);
    Ok(entries)
}

/// A weight in per cent, and what follows it.
fn weight(text: &str) -> (Option<f64>, &str) {
    let weighted = text.strip_prefix('%').and_then(|text| text.split_once('%'));
    match weighted.and_then(|(weight, rest)| Some((decimal(weight)?, rest))) {
        Some((weight, rest)) => (Some(weight), rest.trim_start()),
        None => (None, text),
    }
}

impl Entry {
    /// Its weight; a right answer is worth everything unless it says something else.
    fn worth(&self) -> f64 {
        self.weight.unwrap_or(if self.is_equal { 100.0 } else { 0.0 })
    }
}

fn choice(entries: Vec<Entry>, repairs: &mut Vec<Repair>) -> Result<Answer, Reason> {
    if entries.iter().all(|entry| entry.is_equal) {
        if entries.iter().any(|entry| entry.text.contains("->")) {
            return Err(Reason::Kind("matching".into()));
        }
        return Ok(short(entries, repairs));
    }
    // Where no answer is right by itself, several of them together are.
    let is_single = entries.iter().any(|entry| entry.is_equal);
    let best = entries.iter().map(Entry::worth).fold(0.0, f64::max);
    let is_right = |entry: &Entry| entry.worth() > 0.0 && (!is_single || entry.worth() >= best);
    let is_partial = |entry: &Entry| {
        let worth = entry.worth();
        worth > 0.0 && (worth - best).abs() > SHARES_APART
    };
    note(repairs, entries.iter().any(is_partial), Repair::PartialCredit);
    let options: Vec<Choice> = entries.iter().map(|entry| Choice::new(entry.text.clone(), is_right(entry))).collect();
    if is_single && options.iter().filter(|option| option.right).count() <= 1 {
        return Ok(Answer::OneChoice { options });
    }
    note(repairs, is_single, Repair::Nearest("several choices"));
    Ok(Answer::SeveralChoices { options })
}

fn short(entries: Vec<Entry>, repairs: &mut Vec<Repair>) -> Answer {
    let best = entries.iter().map(Entry::worth).fold(0.0, f64::max);
    let is_partial = |entry: &Entry| entry.worth() > 0.0 && entry.worth() < best;
    note(repairs, entries.iter().any(is_partial), Repair::PartialCredit);
    let right = entries.iter().filter(|entry| entry.worth() > 0.0 && entry.worth() >= best);
    let kept: Vec<(String, bool)> = right.map(|entry| wildcard::without(&entry.text)).collect();
    note(repairs, kept.iter().any(|(_, has_wildcards)| *has_wildcards), Repair::Wildcard);
    Answer::ShortText { accepted: kept.into_iter().map(|(text, _)| text).filter(|text| !text.is_empty()).collect() }
}

/// `3.14:0.01`, `1..5`, or several of these with weights and comments.
fn number(block: &str, repairs: &mut Vec<Repair>) -> Result<Answer, Reason> {
    let mut best: Option<(f64, f64, f64)> = None;
    let mut count = 0;
    for part in block.split(['=', '~']).map(str::trim).filter(|part| !part.is_empty()) {
        let (weight, rest) = weight(part);
        let (value, comment) = rest.split_once('#').unwrap_or((rest, ""));
        note(repairs, !comment.trim().is_empty(), Repair::Feedback);
        let Some((value, tolerance)) = value_of(value.trim()) else { continue };
        let weight = weight.unwrap_or(100.0);
        count += usize::from(weight > 0.0);
        if weight > 0.0 && best.is_none_or(|(known, ..)| weight > known) {
            best = Some((weight, value, tolerance));
        }
    }
    note(repairs, count > 1, Repair::BestAnswer);
    let (_, value, tolerance) = best.ok_or(Reason::NotUnderstood)?;
    Ok(Answer::Number { value: Some(value), tolerance, unit: String::new() })
}

/// A number and how far off still counts.
fn value_of(text: &str) -> Option<(f64, f64)> {
    let text = escapes::restore(text);
    if let Some((from, to)) = text.split_once("..") {
        let (from, to) = (decimal(from)?, decimal(to)?);
        let largest = from.abs().max(to.abs());
        return Some((rounded(from / 2.0 + to / 2.0, largest), rounded((to / 2.0 - from / 2.0).abs(), largest)));
    }
    let (value, tolerance) = text.split_once(':').unwrap_or((&text, "0"));
    Some((decimal(value)?, decimal(tolerance)?.abs()))
}

fn decimal(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}

/// Without the traces of calculating with numbers of this size: 3.1415, not 3.1414999999999997.
fn rounded(number: f64, largest: f64) -> f64 {
    let places = (12.0 - largest.log10().floor()).clamp(0.0, 300.0) as usize;
    format!("{number:.places$}").parse().unwrap_or(number)
}

fn note(repairs: &mut Vec<Repair>, is_so: bool, repair: Repair) {
    if is_so && !repairs.contains(&repair) {
        repairs.push(repair);
    }
}
