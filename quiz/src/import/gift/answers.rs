//! What stands in braces.

use super::super::{Reason, Repair, markup};
use super::{escapes, true_false};
use crate::draft::{Answer, Choice};

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

/// Reads what stands between braces.
pub(super) fn read(block: &str, repairs: &mut Vec<Repair>) -> Result<Answers, Reason> {
    let (block, feedback) = block.split_once("####").unwrap_or((block, ""));
    let feedback = text(feedback, repairs);
    let block = block.trim();
    let answer = match block.strip_prefix('#') {
        _ if block.is_empty() => Answer::LongText { criterion: String::new() },
        Some(numbers) => number(numbers.trim(), repairs)?,
        None => match truth(block) {
            Some((right, comment)) => {
                note(repairs, comment, Repair::Feedback);
                true_false(right)
            }
            None => choice(entries(block, repairs)?, repairs)?,
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

fn entries(block: &str, repairs: &mut Vec<Repair>) -> Result<Vec<Entry>, Reason> {
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
        entries.push(Entry { is_equal, weight, text: text(body, repairs), comment });
    }
    note(repairs, entries.iter().any(|entry| entry.comment), Repair::Feedback);
    Ok(entries)
}

/// A weight in per cent, and what follows it.
fn weight(text: &str) -> (Option<f64>, &str) {
    let weighted = text.strip_prefix('%').and_then(|text| text.split_once('%'));
    match weighted.and_then(|(weight, rest)| Some((weight.trim().replace(',', ".").parse().ok()?, rest))) {
        Some((weight, rest)) => (Some(weight), rest),
        None => (None, text),
    }
}

fn choice(entries: Vec<Entry>, repairs: &mut Vec<Repair>) -> Result<Answer, Reason> {
    if entries.iter().all(|entry| entry.is_equal) {
        if entries.iter().any(|entry| entry.text.contains("->")) {
            return Err(Reason::Kind("matching".into()));
        }
        return Ok(short(entries, repairs));
    }
    let is_right = |entry: &Entry| entry.is_equal && entry.weight.is_none_or(|weight| weight > 0.0);
    let equal = entries.iter().filter(|entry| is_right(entry)).count();
    let full = |entry: &Entry| is_right(entry) || entry.weight.is_some_and(|weight| weight >= 100.0);
    let options = |right: &dyn Fn(&Entry) -> bool| {
        entries.iter().map(|entry| Choice::new(entry.text.clone(), right(entry))).collect::<Vec<_>>()
    };
    let shares: Vec<f64> = entries.iter().filter_map(|entry| entry.weight).filter(|weight| *weight > 0.0).collect();
    if equal == 0 && entries.iter().filter(|entry| full(entry)).count() != 1 {
        // Several answers make up the whole; here each right one counts the same.
        let uneven = shares.iter().any(|share| shares.first().is_some_and(|first| (share - first).abs() > 0.1));
        note(repairs, uneven, Repair::PartialCredit);
        return Ok(Answer::SeveralChoices {
            options: options(&|entry| entry.weight.is_some_and(|weight| weight > 0.0)),
        });
    }
    let is_partial =
        |entry: &Entry| !full(entry) && entry.weight.is_some_and(|weight| weight != 0.0 && weight > -100.0);
    note(repairs, entries.iter().any(is_partial), Repair::PartialCredit);
    if entries.iter().filter(|entry| full(entry)).count() > 1 {
        note(repairs, true, Repair::Nearest("several choices"));
        return Ok(Answer::SeveralChoices { options: options(&full) });
    }
    Ok(Answer::OneChoice { options: options(&full) })
}

fn short(entries: Vec<Entry>, repairs: &mut Vec<Repair>) -> Answer {
    let is_full = |entry: &Entry| entry.weight.is_none_or(|weight| weight >= 100.0);
    let has_full = entries.iter().any(is_full);
    note(repairs, entries.iter().any(|entry| !is_full(entry)), Repair::PartialCredit);
    note(repairs, entries.iter().any(|entry| entry.text.contains('*')), Repair::Wildcard);
    let kept = entries.into_iter().filter(|entry| !has_full || is_full(entry));
    let accepted = kept.map(|entry| entry.text.replace('*', " ").trim().to_owned());
    Answer::ShortText { accepted: accepted.filter(|text| !text.is_empty()).collect() }
}

/// `3.14:0.01`, `1..5`, or several of these with weights and comments.
fn number(block: &str, repairs: &mut Vec<Repair>) -> Result<Answer, Reason> {
    let parts = if block.contains(['=', '~']) { block.split(['=', '~']).collect() } else { vec![block] };
    let mut best: Option<(f64, f64, f64)> = None;
    let mut count = 0;
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let (weight, rest) = weight(part);
        let (value, comment) = rest.split_once('#').unwrap_or((rest, ""));
        note(repairs, !comment.trim().is_empty(), Repair::Feedback);
        let Some((value, tolerance)) = value_of(value.trim()) else { continue };
        count += 1;
        let weight = weight.unwrap_or(100.0);
        if best.is_none_or(|(known, ..)| weight > known) {
            best = Some((weight, value, tolerance));
        }
    }
    note(repairs, count > 1, Repair::BestAnswer);
    let (_, value, tolerance) = best.ok_or(Reason::NotUnderstood)?;
    Ok(Answer::Number { value: Some(value), tolerance, unit: String::new() })
}

fn value_of(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let text = escapes::restore(text);
    if let Some((from, to)) = text.split_once("..") {
        let (from, to) = (number(from)?, number(to)?);
        return Some(((from + to) / 2.0, ((to - from) / 2.0).abs()));
    }
    let (value, tolerance) = text.split_once(':').unwrap_or((&text, "0"));
    Some((number(value)?, number(tolerance)?.abs()))
}

fn text(text: &str, repairs: &mut Vec<Repair>) -> String {
    markup::clean(&escapes::restore(super::format_taken(text.trim())), repairs)
}

fn note(repairs: &mut Vec<Repair>, is_so: bool, repair: Repair) {
    if is_so && !repairs.contains(&repair) {
        repairs.push(repair);
    }
}
