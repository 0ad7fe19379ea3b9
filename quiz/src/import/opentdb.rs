//! Open Trivia DB: what its API answers with, as JSON; texts are encoded as HTML (usual), as in addresses (in one of two
//! ways), or as Base64.
//!
//! Source: the API's documentation, "Helper tools" and "Encoding types".

use super::number::{Decimal, number};
use super::{Import, Importer, Reason, Repair, Source, Unreadable, markup};
use crate::draft::{Answer, Choice, Question};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Reads answers of the API.
pub(super) struct OpenTdb;

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    difficulty: String,
    #[serde(default)]
    category: String,
    question: String,
    correct_answer: String,
    #[serde(default)]
    incorrect_answers: Vec<String>,
}

/// How the texts of a file are encoded.
#[derive(Clone, Copy, PartialEq)]
enum Encoding {
    Html,
    Address,
    /// With a plus for a space.
    Form,
    Base64,
}

impl Importer for OpenTdb {
    fn name(&self) -> &'static str {
        "OpenTDB"
    }

    fn recognises(&self, source: &Source<'_>) -> bool {
        !source.is_zip() && {
            let text = source.text().trim_start();
            (text.starts_with('{') || text.starts_with('[')) && text.contains("\"correct_answer\"")
        }
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let text = source.text();
        let mut import = Import::default();
        let (mut entries, mut at) = (Vec::new(), text.find('[').map_or(text.len(), |start| start + 1));
        // One after another, so that a file that was cut short still gives those before the cut.
        while let Some(start) = text[at..].find('{').map(|start| at + start) {
            let mut stream = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Entry>();
            match stream.next() {
                Some(Ok(entry)) => {
                    at = start + stream.byte_offset();
                    entries.push((source.line_at(start), entry));
                }
                Some(Err(error)) if error.is_eof() => {
                    import.leave_out(source.line_at(start), &text[start..], Reason::Unclosed);
                    break;
                }
                _ => {
                    import.leave_out(source.line_at(start), &text[start..], Reason::NotUnderstood);
                    at = text[start..].find('}').map_or(text.len(), |end| start + end + 1);
                }
            }
        }
        let encoding = encoding(&entries);
        match encoding {
            Encoding::Html => {}
            Encoding::Base64 => import.repaired(Repair::Other("the texts were encoded as Base64; they were decoded")),
            Encoding::Address | Encoding::Form => {
                import.repaired(Repair::Other("the texts were encoded as in addresses; they were decoded"));
            }
        }
        let mut rounds = BTreeMap::<String, Vec<_>>::new();
        let mut order = Vec::new();
        for (line, entry) in entries {
            let category = decode(&entry.category, encoding, &mut Vec::new()).unwrap_or_default();
            if !rounds.contains_key(&category) {
                order.push(category.clone());
            }
            rounds.entry(category).or_default().push((line, entry));
        }
        for category in order {
            import.begin_round(&category);
            rounds
                .remove(&category)
                .into_iter()
                .flatten()
                .for_each(|(line, entry)| take(&mut import, line, &entry, encoding));
        }
        Ok(import)
    }
}

fn take(import: &mut Import, line: u32, entry: &Entry, encoding: Encoding) {
    let mut repairs = Vec::new();
    let Some(mut question) = question(entry, encoding, &mut repairs) else {
        return import.leave_out(line, &entry.question, Reason::NotUnderstood);
    };
    let Answer::OneChoice { options } = &mut question.answer else { return };
    if options.iter().all(|option| option.text == "True" || option.text == "False") {
        options.sort_by(|one, other| other.text.cmp(&one.text));
    } else {
        // The file names the right one first, which must not give it away.
        options.sort_by(|one, other| by_value(&one.text, &other.text));
    }
    import.take(line, question, repairs);
}

/// The question with its options in the file's order; nothing if a text is not what the others are.
fn question(entry: &Entry, encoding: Encoding, repairs: &mut Vec<Repair>) -> Option<Question> {
    let mut text = |text: &str| decode(text, encoding, repairs);
    let mut options = vec![Choice::new(text(&entry.correct_answer)?, true)];
    for wrong in &entry.incorrect_answers {
        options.push(Choice::new(text(wrong)?, false));
    }
    let tags = vec![text(&entry.difficulty)?];
    Some(Question { tags, ..Question::new(text(&entry.question)?, Answer::OneChoice { options }) })
}

/// Numbers by their size, then anything else by its letters.
fn by_value(one: &str, other: &str) -> Ordering {
    match (number(one, Decimal::Point), number(other, Decimal::Point)) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => one.to_lowercase().cmp(&other.to_lowercase()),
    }
}

/// How a file is encoded, which holds for all of it.
fn encoding(entries: &[(u32, Entry)]) -> Encoding {
    // The kind of a question has one of two values.
    let is_base64 = |entry: &Entry| ["bXVsdGlwbGU=", "Ym9vbGVhbg=="].contains(&&*entry.kind);
    if entries.is_empty() {
        return Encoding::Html;
    }
    if entries.iter().all(|(_, entry)| is_base64(entry)) {
        return Encoding::Base64;
    }
    let texts = || {
        entries.iter().flat_map(|(_, entry)| {
            let named = [&entry.category, &entry.question, &entry.correct_answer];
            named.into_iter().chain(&entry.incorrect_answers)
        })
    };
    // As an HTML text some question has a space.
    if !texts().all(|text| is_address(text)) || !texts().any(|text| text.contains('%')) {
        Encoding::Html
    } else if texts().any(|text| text.contains('+')) {
        Encoding::Form
    } else {
        Encoding::Address
    }
}

/// Whether a text could be part of an address.
fn is_address(text: &str) -> bool {
    let is_hex = |text: Option<&str>| text.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~!*'()+%".contains(&byte))
        && text.match_indices('%').all(|(at, _)| is_hex(text.get(at + 1..at + 3)))
}

fn decode(text: &str, encoding: Encoding, repairs: &mut Vec<Repair>) -> Option<String> {
    let raw = match encoding {
        Encoding::Html => return Some(markup::clean(text, repairs)),
        Encoding::Address => percent_decode_str(text).decode_utf8().ok()?.into_owned(),
        Encoding::Form => percent_decode_str(&text.replace('+', " ")).decode_utf8().ok()?.into_owned(),
        Encoding::Base64 => String::from_utf8(STANDARD.decode(text).ok()?).ok()?,
    };
    // These are plain: "<br>" is asked about. But entities were stored with some.
    let decoded = markup::entities(&raw).into_owned();
    if decoded != raw && !repairs.contains(&Repair::Entities) {
        repairs.push(Repair::Entities);
    }
    Some(decoded)
}

#[cfg(test)]
mod tests;
