//! Tags as they stand in a text.

use super::entities;

/// What a tag does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Lines begin before and after it.
    Block,
    /// A line ends.
    Break,
    /// A line of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// Line ends in it mean what they are.
    Preformatted,
    /// What is in it is no text.
    Hidden,
    /// A picture.
    Image,
    /// It only says how something looks.
    Inline,
}

impl Role {
    /// Whether it says where lines begin or end.
    pub(super) fn makes_lines(self) -> bool {
        matches!(self, Self::Block | Self::Break | Self::Item | Self::Preformatted)
    }
}

/// Those whose attributes may be words without a value.
const BARE: [&str; 10] = ["audio", "video", "hr", "iframe", "script", "input", "ol", "table", "td", "doctype"];

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its name in small letters.
    pub name: String,
    /// What it does.
    pub role: Role,
    /// Whether it ends something.
    pub is_end: bool,
    /// How long it is.
    pub bytes: usize,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag that a text begins with.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        if text.starts_with("<!--") {
            let bytes = text.find("-->").map_or(text.len(), |end| end + 3);
            return Some(Self { name: String::new(), role: Role::Inline, is_end: false, bytes, attributes: "" });
        }
        // No tag has another one within, so that a text of nothing but beginnings is gone through once.
        let inner = text.strip_prefix('<')?;
        let end = inner.find(['<', '>']).filter(|end| inner[*end..].starts_with('>'))?;
        let inner = &inner[..end];
        let is_end = inner.starts_with('/');
        let inner = inner.trim_start_matches(['/', '!', '?']);
        let (name, behind) =
            inner.split_at(inner.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(inner.len()));
        let name = name.to_ascii_lowercase();
        let role = role(&name)?;
        // "a <b and c> d" compares; attributes have values.
        let attributes = behind.trim_end_matches('/').trim();
        let is_apart = behind.is_empty() || behind.starts_with(|letter: char| letter.is_whitespace() || letter == '/');
        let is_tag = attributes.is_empty() || attributes.contains('=') || BARE.contains(&&*name);
        (is_apart && is_tag).then_some(Self { name, role, is_end, bytes: end + 2, attributes })
    }

    /// What an attribute says.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|letter: char| letter.is_whitespace() || letter == '=').unwrap_or(rest.len());
            let (key, behind) = rest.split_at(end);
            let (value, behind) = match behind.trim_start().strip_prefix('=') {
                Some(value) => self::value(value.trim_start()),
                None => ("", behind),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(entities(value).into_owned());
            }
            rest = behind;
        }
    }
}

/// What a tag of this name does. What is no known tag is text: `List<String>`.
fn role(name: &str) -> Option<Role> {
    Some(match name {
        "p" | "div" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "dt" | "dd" | "table"
        | "blockquote" | "section" | "article" | "header" | "footer" | "center" | "figure" | "figcaption" | "hr"
        | "form" => Role::Block,
        "br" => Role::Break,
        "li" => Role::Item,
        "td" | "th" => Role::Cell,
        "pre" => Role::Preformatted,
        "script" | "style" | "template" => Role::Hidden,
        "img" => Role::Image,
        "a" | "abbr" | "b" | "big" | "cite" | "code" | "del" | "dfn" | "em" | "font" | "i" | "ins" | "kbd"
        | "label" | "mark" | "q" | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "tt"
        | "u" | "var" | "tbody" | "thead" | "tfoot" | "caption" | "html" | "head" | "title" | "body" | "meta"
        | "link" | "audio" | "video" | "source" | "iframe" | "object" | "embed" | "param" | "input" | "doctype"
        | "xml" => Role::Inline,
        _ => return None,
    })
}

/// The value of an attribute, with or without quotes, and what follows.
fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_no_tags() {
        for text in ["< b>", "<3", "<y>", "<String>", "<", "<b and c>", "<p-value=1>", "<i,j>", "<b", "<b <i>", "<>"] {
            assert_eq!(Tag::of(text), None, "{text}");
        }
        for text in ["<b>", "</p >", "<BR/>", "<hr noshade>", "<a href=x>", "<!DOCTYPE html>", "<?xml version='1'?>"] {
            assert_eq!(Tag::of(text).map(|tag| tag.bytes), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn attributes_are_found_by_their_names() {
        let tag = Tag::of("<img data-src='no' hidden = alt=\"a &quot;b&quot; c\" SRC = x/y.png />x").unwrap();
        let found = ["src", "alt", "title"].map(|name| tag.attribute(name));
        assert_eq!(found, [Some("x/y.png".into()), None, None]);
        let tag = Tag::of("<img alt=\"a &quot;b&quot; c\" src='x y' hidden>").unwrap();
        let found = ["src", "alt", "hidden"].map(|name| tag.attribute(name));
        assert_eq!(found, [Some("x y".into()), Some("a \"b\" c".into()), Some(String::new())]);
        assert_eq!(Tag::of("<img src='open>").unwrap().attribute("src"), Some("open".into()));
    }
}
