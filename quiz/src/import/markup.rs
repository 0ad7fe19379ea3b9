//! HTML in texts: other programs keep their questions as HTML, here they are plain text.

mod entity;
mod tag;

pub(super) use entity::{entities, entity};

use super::Repair;
use tag::{Role, Tag};

/// What begins a line of a list.
const BULLET: &str = "• ";

/// A text without tags and entities.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cleaned {
    /// The text.
    pub text: String,
    /// Its pictures.
    pub pictures: Vec<Image>,
}

/// A picture that a text shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Image {
    /// Where it is, as the tag says.
    pub source: String,
    /// What it shows, as the tag says.
    pub description: String,
}

/// A text without its tags and with its entities decoded, and what had to be repaired for that.
pub(super) fn clean(text: &str, repairs: &mut Vec<Repair>) -> String {
    cleaned(text, repairs).text
}

/// The same, with the pictures that it shows.
pub(super) fn cleaned(text: &str, repairs: &mut Vec<Repair>) -> Cleaned {
    let mut page = Page { is_flowing: has_lines(text), ..Page::default() };
    let (mut rest, mut has_tags) = (text, false);
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        page.push(before);
        match Tag::of(from) {
            Some(tag) => {
                has_tags = true;
                rest = page.tag(&tag, &from[tag.bytes..]);
            }
            None => {
                page.push("<");
                rest = &from[1..];
            }
        }
    }
    page.push(rest);
    if has_tags {
        add(repairs, Repair::Markup);
    }
    if page.has_entities {
        add(repairs, Repair::Entities);
    }
    let text = if page.is_flowing { lines(&page.text) } else { page.text };
    Cleaned { text, pictures: page.pictures }
}

/// Whether tags say where lines end; then line ends in the file do not.
fn has_lines(mut text: &str) -> bool {
    while let Some(start) = text.find('<') {
        let from = &text[start..];
        let tag = Tag::of(from);
        if tag.as_ref().is_some_and(|tag| tag.role.makes_lines()) {
            return true;
        }
        text = &from[tag.map_or(1, |tag| tag.bytes)..];
    }
    false
}

/// A text as far as it is cleaned.
#[derive(Default)]
struct Page {
    text: String,
    pictures: Vec<Image>,
    has_entities: bool,
    is_flowing: bool,
    is_preformatted: bool,
    /// Hidden elements of which no end follows any more.
    unclosed: Vec<String>,
}

impl Page {
    fn push(&mut self, text: &str) {
        let decoded = entities(text);
        self.has_entities |= decoded != text;
        for letter in decoded.chars() {
            // Spaces that hold words together look like others.
            let is_space = letter == '\u{a0}' || self.is_flowing && !self.is_preformatted && letter.is_whitespace();
            if !is_space {
                self.text.push(letter);
            } else if !self.is_flowing || !(self.text.is_empty() || self.text.ends_with([' ', '\n'])) {
                self.text.push(' ');
            }
        }
    }

    /// Does what a tag says, and gives what follows that is text.
    fn tag<'a>(&mut self, tag: &Tag<'_>, rest: &'a str) -> &'a str {
        match tag.role {
            Role::Block => self.line(),
            Role::Break => self.text.push('\n'),
            Role::Cell => self.push(" "),
            Role::Item => {
                self.line();
                self.text.push_str(if tag.is_end { "" } else { BULLET });
            }
            Role::Preformatted => {
                self.line();
                self.is_preformatted = !tag.is_end;
            }
            Role::Image => self.pictures.extend(tag.attribute("src").map(|source| {
                let description = tag.attribute("alt").unwrap_or_default();
                Image { source, description }
            })),
            Role::Hidden if !tag.is_end && !self.unclosed.contains(&tag.name) => match after(rest, &tag.name) {
                Some(rest) => return rest,
                None => self.unclosed.push(tag.name.clone()),
            },
            Role::Hidden | Role::Inline => {}
        }
        rest
    }

    /// Begins a line, unless nothing stands on this one.
    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') && !self.text.ends_with(BULLET) {
            self.text.push('\n');
        }
    }
}

/// Lines without white space behind them, and one empty line at most between two.
fn lines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    for line in text.trim_end().trim_start_matches('\n').lines().map(str::trim_end) {
        if !(line.is_empty() && lines.ends_with("\n\n")) {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    lines.truncate(lines.trim_end().len());
    lines
}

/// What follows the end of an element, if it ends.
fn after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let end = format!("</{name}");
    let at = text.as_bytes().windows(end.len()).position(|part| part.eq_ignore_ascii_case(end.as_bytes()))?;
    let behind = &text[at..];
    Some(behind.find('>').map_or("", |close| &behind[close + 1..]))
}

fn add(repairs: &mut Vec<Repair>, repair: Repair) {
    if !repairs.contains(&repair) {
        repairs.push(repair);
    }
}

#[cfg(test)]
mod tests;
