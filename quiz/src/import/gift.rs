//! GIFT, Moodle's format for questions in plain text.
//!
//! Source: Moodle's documentation, "GIFT format".

mod answers;
mod escapes;
mod paragraphs;

use super::category::last;
use super::{Import, Importer, Reason, Repair, Source, Unreadable, markup};
use crate::draft::{Answer, Choice, Question};
use paragraphs::{Paragraph, Part, parts};

/// What stands where the answer of a sentence is to be filled in.
const GAP: &str = "_____";

/// Reads GIFT files.
pub(super) struct Gift;

impl Importer for Gift {
    fn name(&self) -> &'static str {
        "GIFT"
    }

    fn recognises(&self, source: &Source<'_>) -> bool {
        if source.is_zip() {
            return false;
        }
        let text = source.text();
        let begins = |sign: &'static str| source.lines().any(|(_, line)| line.trim_start().starts_with(sign));
        source.ends_with(".gift") || begins("::") && text.contains('{') || begins("$CATEGORY:") || has_answers(text)
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let mut import = Import::default();
        for part in parts(source) {
            match part {
                Part::Category(path) => import.begin_round(&last(&path)),
                Part::Question(paragraph) => take(&mut import, &paragraph),
                Part::Unclosed(paragraph) => import.leave_out(paragraph.line, &paragraph.shown(), Reason::Unclosed),
            }
        }
        Ok(import)
    }
}

/// Whether braces in a text hold what GIFT has in braces.
fn has_answers(text: &str) -> bool {
    text.match_indices('{').any(|(at, _)| {
        let inner = text[at + 1..].trim_start();
        let is_word = ["T}", "F}", "TRUE}", "FALSE}"].iter().any(|word| inner.starts_with(word));
        is_word || inner.starts_with(['=', '~', '#', '}']) && inner.contains('}')
    })
}

fn take(import: &mut Import, paragraph: &Paragraph) {
    let line = paragraph.line;
    let (title, text) = match paragraph.text.trim_start().strip_prefix("::").and_then(|text| text.split_once("::")) {
        Some((title, text)) => (title, text),
        None => ("", &*paragraph.text),
    };
    let text = format_taken(text.trim());
    let Some((before, block)) = text.split_once('{') else {
        return import.leave_out(line, &paragraph.shown(), Reason::NoAnswer);
    };
    let Some((block, behind)) = block.split_once('}') else {
        return import.leave_out(line, &paragraph.shown(), Reason::Unclosed);
    };
    let mut repairs = Vec::new();
    if paragraph.is_split {
        repairs.push(Repair::Other("the empty line that ends a question was missing"));
    }
    let answers = match answers::read(block, &mut repairs) {
        Ok(answers) => answers,
        Err(reason) => return import.leave_out(line, &paragraph.shown(), reason),
    };
    let mut clean = |text: &str| markup::clean(&escapes::restore(text.trim()), &mut repairs);
    let (before, behind) = (clean(before), clean(behind));
    let prompt = match (before.is_empty(), behind.is_empty()) {
        // A name is for whoever writes, but better than nothing.
        (true, true) => clean(title),
        (_, true) => before,
        (_, false) => format!("{before} {GAP} {behind}").trim().to_owned(),
    };
    let mut question = Question::new(prompt, answers.answer);
    question.explanation = answers.feedback;
    question.tags.clone_from(&paragraph.tags);
    import.take(line, question, repairs);
}

/// A text without the name of its format: all are cleaned alike.
fn format_taken(text: &str) -> &str {
    let formats = ["[html]", "[markdown]", "[plain]", "[moodle]"];
    formats.iter().find_map(|format| text.strip_prefix(format)).unwrap_or(text).trim_start()
}

/// `True` and `False`.
fn true_false(right: bool) -> Answer {
    Answer::OneChoice { options: vec![Choice::new("True", right), Choice::new("False", !right)] }
}

#[cfg(test)]
mod tests;
