//! GIFT, Moodle's format for questions in plain text.
//!
//! Source: Moodle's documentation, "GIFT format".

mod answers;
mod escapes;
mod format;
mod paragraphs;

use super::category::last;
use super::{Import, Importer, Reason, Repair, Source, Unreadable};
use crate::draft::{Answer, Choice, Question};
use format::Format;
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

/// Whether braces in a text hold what GIFT has in braces. Nothing in them is no sign: other texts have that as well.
fn has_answers(text: &str) -> bool {
    let last = text.rfind('}').unwrap_or_default();
    text[..last].match_indices('{').any(|(at, _)| is_answer(text[at + 1..].trim_start()))
}

fn is_answer(inner: &str) -> bool {
    if let Some(numbers) = inner.strip_prefix('#') {
        return numbers.trim_start().starts_with(|sign: char| sign.is_ascii_digit() || "-+.=".contains(sign));
    }
    let end = inner.find(|letter: char| !letter.is_ascii_uppercase()).unwrap_or(inner.len());
    let (word, behind) = inner.split_at(end);
    let is_truth = matches!(word, "T" | "F" | "TRUE" | "FALSE") && behind.trim_start().starts_with(['}', '#']);
    is_truth || inner.starts_with(['=', '~'])
}

fn take(import: &mut Import, paragraph: &Paragraph) {
    let line = paragraph.line;
    let (title, text) = match paragraph.text.trim_start().strip_prefix("::").and_then(|text| text.split_once("::")) {
        Some((title, text)) => (title, text),
        None => ("", &*paragraph.text),
    };
    let (format, text) = Format::of(text.trim(), Format::Moodle);
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
    let answers = match answers::read(block, format, &mut repairs) {
        Ok(answers) => answers,
        Err(reason) => return import.leave_out(line, &paragraph.shown(), reason),
    };
    let gap = if behind.is_empty() { "" } else { GAP };
    let prompt = format.clean(&format!("{before}{gap}{behind}"), &mut repairs);
    // A name is for whoever writes, but better than nothing.
    let prompt = if prompt.trim().is_empty() { format.clean(title, &mut repairs) } else { prompt };
    let mut question = Question::new(prompt, answers.answer);
    question.explanation = answers.feedback;
    question.tags.clone_from(&paragraph.tags);
    import.take(line, question, repairs);
}

/// `True` and `False`.
fn true_false(right: bool) -> Answer {
    Answer::OneChoice { options: vec![Choice::new("True", right), Choice::new("False", !right)] }
}

#[cfg(test)]
mod tests;
