//! Formats of texts, whose names stand before them in brackets: `[html]`.

use super::super::{Repair, markup};
use super::escapes;

/// How a text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// As it stands.
    Plain,
    /// With tags, as all others are: Moodle's own and Markdown allow them too. Other signs of Markdown stay.
    Moodle,
}

impl Format {
    /// The format that a text names, or the usual one, and the text without the name.
    pub(super) fn of(text: &str, usual: Self) -> (Self, &str) {
        let formats = [
            ("[plain]", Self::Plain),
            ("[html]", Self::Moodle),
            ("[moodle]", Self::Moodle),
            ("[markdown]", Self::Moodle),
        ];
        let named = formats.iter().find_map(|(name, format)| Some((*format, text.strip_prefix(name)?)));
        named.map_or((usual, text), |(format, text)| (format, text.trim_start()))
    }

    /// A text as it is shown.
    pub(super) fn clean(self, text: &str, repairs: &mut Vec<Repair>) -> String {
        let text = escapes::restore(text.trim());
        match self {
            Self::Plain => text,
            Self::Moodle => markup::clean(&text, repairs),
        }
    }

    /// The same for a text that may name another format.
    pub(super) fn read(self, text: &str, repairs: &mut Vec<Repair>) -> String {
        let (format, text) = Self::of(text.trim(), self);
        format.clean(text, repairs)
    }
}
