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
}

impl Paragraph {
    /// The text as it is read.
    pub(super) fn shown(&self) -> String {
        escapes::restore(&self.text)
    }

    fn is_open(&self) -> bool {
        self.text.rfind('{').is_some_and(|open| !self.text[open..].contains('}'))
    }
}

/// All parts of a file.
pub(super) fn parts(source: &Source<'_>) -> Vec<Part> {
    let (mut parts, mut open) = (Vec::new(), Paragraph::default());
    for (line, text) in source.lines() {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            if open.is_open() {
                // The braces may still be closed, unless another question begins first.
                open.text.push_str("\n\n");
            } else {
                end(&mut open, &mut parts);
            }
        } else if let Some(comment) = trimmed.strip_prefix("//") {
            open.tags.extend(tags(comment));
        } else if let Some(path) = trimmed.strip_prefix("$CATEGORY:") {
            end(&mut open, &mut parts);
            parts.push(Part::Category(path.to_owned()));
        } else {
            let hidden = escapes::hide(text);
            if open.text.ends_with("\n\n") && open.is_open() && hidden.contains('{') {
                end(&mut open, &mut parts);
            } else if is_whole(&open) && begins(&hidden) {
                end(&mut open, &mut parts);
                open.is_split = true;
            }
            if open.text.trim().is_empty() {
                open.line = line;
            }
            open.text.push_str(&hidden);
            open.text.push('\n');
        }
    }
    end(&mut open, &mut parts);
    parts
}

/// Whether a question has its answer, and nothing behind it on the same line.
fn is_whole(open: &Paragraph) -> bool {
    open.text.trim_end().ends_with('}')
}

/// Whether a line looks like the beginning of a question rather than the end of a sentence.
fn begins(line: &str) -> bool {
    line.starts_with("::") || line.contains('{')
}

fn end(open: &mut Paragraph, parts: &mut Vec<Part>) {
    let ended = std::mem::take(open);
    if ended.text.trim().is_empty() {
        // Comments before the first line of a question belong to it.
        open.tags = ended.tags;
    } else if ended.is_open() {
        parts.push(Part::Unclosed(ended));
    } else {
        parts.push(Part::Question(ended));
    }
}

/// The tags that a comment names: `[tag:easy] [tag:two words]`.
fn tags(comment: &str) -> impl Iterator<Item = String> {
    comment.split("[tag:").skip(1).filter_map(|tag| Some(tag.split_once(']')?.0.trim().to_owned()))
}
