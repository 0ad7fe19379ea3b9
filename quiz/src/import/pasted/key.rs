//! A list of answers behind all questions: `Answers: 1. B 2. C`, on one line or many.

use super::super::Source;
use std::collections::{BTreeMap, BTreeSet};

/// What such a list begins with.
const TITLES: [&str; 8] =
    ["answers", "answer key", "key", "solutions", "antworten", "lösungen", "correct answers", "answer sheet"];

/// The list.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Key {
    /// Answers by the numbers of their questions.
    pub answers: BTreeMap<u32, String>,
    /// The lines that the list takes.
    pub lines: BTreeSet<u32>,
}

/// Finds the list, if there is one.
pub(super) fn find(source: &Source<'_>) -> Key {
    let lines: Vec<_> = source.lines().collect();
    let is_title = |line: &str| {
        let title = line.trim().trim_matches(['#', '*', '=', ' ']).to_lowercase();
        let (title, _) = title.split_once(':').unwrap_or((&title, ""));
        TITLES.contains(&title.trim())
    };
    let Some(start) = lines.iter().rposition(|(_, line)| is_title(line)) else { return Key::default() };
    let mut key = Key::default();
    for (index, (number, line)) in lines.iter().enumerate().skip(start) {
        let text = if index == start { line.split_once(':').map_or("", |(_, rest)| rest) } else { *line };
        let entries = entries(text);
        if entries.is_empty() && !text.trim().is_empty() {
            break;
        }
        key.answers.extend(entries);
        key.lines.insert(*number);
    }
    // One answer alone is the answer of one question.
    if key.answers.is_empty() { Key::default() } else { key }
}

/// `1. B 2. C`, `1-b, 2-c`, `3) Paris`.
fn entries(text: &str) -> Vec<(u32, String)> {
    let mut entries: Vec<(u32, String)> = Vec::new();
    for word in text.split([',', ';', ' ', '\t']).filter(|word| !word.is_empty()) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let number = word[..digits].parse::<u32>().ok();
        let rest = word[digits..].strip_prefix(['.', ')', ':', '-', '=']);
        match (number, rest) {
            (Some(number), Some(rest)) => entries.push((number, rest.to_owned())),
            _ => {
                let Some((_, answer)) = entries.last_mut() else { return Vec::new() };
                if !answer.is_empty() {
                    answer.push(' ');
                }
                answer.push_str(word);
            }
        }
    }
    entries.retain(|(_, answer)| !answer.is_empty());
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_found_by_number() {
        let pairs = |text: &str| entries(text).into_iter().map(|(of, it)| format!("{of}{it}")).collect::<Vec<_>>();
        assert_eq!(pairs("1. B 2. C"), ["1B", "2C"]);
        assert_eq!(pairs("1-b, 2-c;3=D"), ["1b", "2c", "3D"]);
        assert_eq!(pairs("12) New York"), ["12New York"]);
        assert_eq!(pairs("no list"), Vec::<String>::new());
    }
}
