//! The parts of a file: questions are separated by empty lines, comments and categories have lines of their own.

use super::super::Source;
use super::escapes;

/// A part of a file.
#[derive(Debug, PartialEq)]
pub(super) enum Part {
    /// From here on questions belong to this category.
    Category(String),
    /// A question.
    Question(Paragraph),
    /// The beginning of a question whose braces are never closed.
    Unclosed(Paragraph),
}

/// Lines that belong together, with their escaped signs hidden.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Paragraph {
    /// Where it begins.
    pub line: u32,
    /// What stands there, without comments.
    pub text: String,
    /// Tags that comments name.
    pub tags: Vec<String>,
    /// Whether it was not separated from the one before.
    pub is_split: bool,
    /// Whether a brace is open.
    is_open: bool,
    /// Where tags begin that stand behind its answer.
    tags_behind: usize,
}

/// A line, by what it is for.
enum Line<'a> {
    Empty,
    Comment(&'a str),
    Category(&'a str),
    /// Its text, with escaped signs hidden.
    Text(String),
}

impl Paragraph {
    /// The text as it is read.
    pub(super) fn shown(&self) -> String {
        escapes::restore(&self.text)
    }

    /// Whether a question has its answer, and nothing behind it on the same line.
    fn is_whole(&self) -> bool {
        self.text.trim_end().ends_with('}')
    }

    fn push(&mut self, number: u32, text: &str) {
        if self.text.is_empty() {
            self.line = number;
        }
        if let Some(brace) = text.rfind(BRACES) {
            self.is_open = text[brace..].starts_with('{');
        }
        self.text.push_str(text);
        self.text.push('\n');
        self.tags_behind = self.tags.len();
    }
}

/// What answers stand between.
const BRACES: [char; 2] = ['{', '}'];

/// All parts of a file.
pub(super) fn parts(source: &Source<'_>) -> Vec<Part> {
    let lines: Vec<(u32, Line<'_>)> = source.lines().map(|(number, text)| (number, line(text))).collect();
    let is_closed = closed(&lines);
    let (mut parts, mut open) = (Vec::new(), Paragraph::default());
    for ((number, line), is_closed) in lines.iter().zip(is_closed) {
        match line {
            // An answer may have empty lines in it, if it ends before anything else begins.
            Line::Empty if open.is_open && is_closed => open.text.push('\n'),
            Line::Empty => end(&mut open, &mut parts),
            Line::Comment(comment) => open.tags.extend(tags(comment)),
            Line::Category(path) => {
                end(&mut open, &mut parts);
                parts.push(Part::Category((*path).to_owned()));
            }
            Line::Text(text) => {
                if open.is_whole() && begins(text) {
                    let tags = open.tags.split_off(open.tags_behind);
                    end(&mut open, &mut parts);
                    open = Paragraph { tags, is_split: true, ..Paragraph::default() };
                }
                open.push(*number, text);
            }
        }
    }
    end(&mut open, &mut parts);
    parts
}

fn line(text: &str) -> Line<'_> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        Line::Empty
    } else if let Some(comment) = trimmed.strip_prefix("//") {
        Line::Comment(comment)
    } else if let Some(path) = trimmed.strip_prefix("$CATEGORY:") {
        Line::Category(path)
    } else {
        Line::Text(escapes::hide(text))
    }
}

/// For each line whether, from there on, a brace is closed before anything begins.
fn closed(lines: &[(u32, Line<'_>)]) -> Vec<bool> {
    let mut is_closed = false;
    let backwards = lines.iter().rev().map(|(_, line)| {
        match line {
            Line::Category(_) => is_closed = false,
            Line::Text(text) if text.trim_start().starts_with("::") => is_closed = false,
            Line::Text(text) => {
                if let Some(brace) = text.find(BRACES) {
                    is_closed = text[brace..].starts_with('}');
                }
            }
            Line::Empty | Line::Comment(_) => {}
        }
        is_closed
    });
    let mut closed: Vec<bool> = backwards.collect();
    closed.reverse();
    closed
}

/// Whether a line looks like the beginning of a question rather than the end of a sentence.
fn begins(line: &str) -> bool {
    line.starts_with("::") || line.contains('{')
}

fn end(open: &mut Paragraph, parts: &mut Vec<Part>) {
    let ended = std::mem::take(open);
    if ended.is_open {
        parts.push(Part::Unclosed(ended));
    } else if !ended.text.is_empty() {
        parts.push(Part::Question(ended));
    }
}

/// The tags that a comment names: `[tag:easy] [tag:two words]`, with `\]` for a bracket within.
fn tags(comment: &str) -> impl Iterator<Item = String> {
    comment.split("[tag:").skip(1).filter_map(|tag| {
        let tag = tag.replace(r"\]", "\0");
        Some(tag.split_once(']')?.0.trim().replace('\0', "]"))
    })
}
