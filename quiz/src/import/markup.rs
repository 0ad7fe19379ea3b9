//! HTML in texts: other programs keep their questions as HTML, here they are plain text.

use super::Repair;
use quick_xml::escape::resolve_html5_entity;
use std::borrow::Cow;

/// Longest name of an entity that is looked up.
const ENTITY_BYTES: usize = 32;

/// Tags after which a new line begins.
const BLOCKS: [&str; 17] = [
    "p",
    "div",
    "br",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "table",
    "pre",
    "blockquote",
    "hr",
    "section",
];
/// Tags that only say how something looks. What is no known tag is text: "a <b or c> d" is a comparison.
const INLINE: [&str; 38] = [
    "a", "abbr", "b", "big", "center", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "label", "mark",
    "q", "s", "small", "span", "strike", "strong", "sub", "sup", "td", "th", "tt", "u", "tbody", "thead", "html",
    "body", "head", "audio", "video", "source", "iframe", "object",
];
/// Tags whose content is no text.
const HIDDEN: [&str; 4] = ["script", "style", "title", "template"];

/// A text without tags and entities.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cleaned {
    /// The text.
    pub text: String,
    /// Where its pictures are, as the tags say.
    pub pictures: Vec<String>,
}

/// A text without its tags and with its entities decoded, and what had to be repaired for that.
pub(super) fn clean(text: &str, repairs: &mut Vec<Repair>) -> String {
    cleaned(text, repairs).text
}

/// The same, with the pictures that it shows.
pub(super) fn cleaned(text: &str, repairs: &mut Vec<Repair>) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let (mut rest, mut has_tags) = (text, false);
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        push(&mut cleaned.text, before, repairs);
        let Some((name, is_end, tag)) = tag(from) else {
            cleaned.text.push('<');
            rest = &from[1..];
            continue;
        };
        has_tags = true;
        rest = &from[tag.len()..];
        if HIDDEN.contains(&&*name) && !is_end {
            rest = after(rest, &name);
        } else if name == "li" && !is_end {
            cleaned.text.push_str("\n• ");
        } else if BLOCKS.contains(&&*name) {
            cleaned.text.push('\n');
        } else if name == "td" || name == "th" {
            cleaned.text.push(' ');
        } else if name == "img" {
            cleaned.pictures.extend(attribute(tag, "src"));
        }
    }
    push(&mut cleaned.text, rest, repairs);
    if has_tags {
        add(repairs, Repair::Markup);
        // Where tags make lines, empty ones and white space at their ends mean nothing.
        let lines = cleaned.text.lines().map(str::trim).filter(|line| !line.is_empty());
        cleaned.text = lines.collect::<Vec<_>>().join("\n");
    }
    cleaned
}

/// A text with its entities decoded.
pub(super) fn entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let (mut decoded, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        decoded.push_str(before);
        let end = from.bytes().take(ENTITY_BYTES).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, entity(from.get(1..end)?)?))) {
            Some((end, letter)) => {
                decoded.push_str(&letter);
                rest = &from[end + 1..];
            }
            None => {
                decoded.push('&');
                rest = &from[1..];
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

fn entity(name: &str) -> Option<Cow<'static, str>> {
    let number = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => return resolve_html5_entity(name).map(Cow::Borrowed),
    };
    char::from_u32(number).filter(|letter| *letter != '\0').map(|letter| Cow::Owned(letter.to_string()))
}

fn push(to: &mut String, text: &str, repairs: &mut Vec<Repair>) {
    let decoded = entities(text);
    if decoded != text {
        add(repairs, Repair::Entities);
    }
    // Spaces that hold words together look like others.
    to.extend(decoded.chars().map(|letter| if letter == '\u{a0}' { ' ' } else { letter }));
}

/// The tag that a text begins with: its name in small letters, whether it ends something, and all of it.
fn tag(text: &str) -> Option<(String, bool, &str)> {
    if text.starts_with("<!--") {
        let end = text.find("-->").map_or(text.len(), |end| end + 3);
        return Some(("comment".into(), false, &text[..end]));
    }
    // No tag has another one within, so that a text of nothing but beginnings is gone through once.
    let end = text[1..].find(['<', '>']).map(|end| end + 1).filter(|end| text[*end..].starts_with('>'))?;
    let inner = &text[1..end];
    let is_end = inner.starts_with('/');
    let name = inner.trim_start_matches('/');
    let name = &name[..name.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let name = name.to_ascii_lowercase();
    let is_known = [&BLOCKS[..], &INLINE, &HIDDEN, &["li", "doctype"]].iter().any(|names| names.contains(&&*name));
    let is_declaration = inner.starts_with("!DOCTYPE") || inner.starts_with("?xml");
    (is_known || is_declaration).then(|| (name, is_end, &text[..=end]))
}

/// What follows the end of an element.
fn after<'a>(text: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    let found = text.as_bytes().windows(end.len()).position(|part| part.eq_ignore_ascii_case(end.as_bytes()));
    found.and_then(|at| text[at..].find('>').map(|close| &text[at + close + 1..])).unwrap_or_default()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!("{name}="))?;
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, _) = value[1..].split_once(quote)?;
    Some(entities(value).into_owned())
}

fn add(repairs: &mut Vec<Repair>, repair: Repair) {
    if !repairs.contains(&repair) {
        repairs.push(repair);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean_of(text: &str) -> (String, Vec<Repair>) {
        let mut repairs = Vec::new();
        (clean(text, &mut repairs), repairs)
    }

    #[test]
    fn tags_go_and_their_lines_stay() {
        for (html, text) in [
            ("<p>What is <b>H<sub>2</sub>O</b>?</p>\n<p>Think.</p>", "What is H2O?\nThink."),
            ("One<br/>two<BR>three", "One\ntwo\nthree"),
            ("<ul><li>a</li><li>b</li></ul>", "• a\n• b"),
            ("<script>alert('<b>')</script>Hi<style>p{}</style>", "Hi"),
            ("<!-- no -->Hi<!-- never ends", "Hi"),
            ("<a href='x>y'>link</a>", "y'>link"),
        ] {
            assert_eq!(clean_of(html), (text.into(), vec![Repair::Markup]), "{html}");
        }
    }

    #[test]
    fn comparisons_are_no_tags() {
        for text in ["a < b and b > c", "5 <3", "x<y>z", "1 << 2", "<", "a <", "List<String>"] {
            assert_eq!(clean_of(text), (text.into(), vec![]));
        }
    }

    #[test]
    fn entities_become_what_they_stand_for() {
        assert_eq!(clean_of("Tom &amp; Jerry &eacute;&#233;&#xE9; &quot;&nbsp;x").0, "Tom & Jerry ééé \" x");
        for text in ["AT&T", "a & b;", "&nosuch;", "&#0;", "&#xD800;", "&#99999999;", "&"] {
            assert_eq!(clean_of(text), (text.into(), vec![]));
        }
        assert_eq!(entities("&amp;amp;"), "&amp;", "once");
    }

    #[test]
    fn pictures_are_named() {
        let cleaned = cleaned("Who? <img alt=\"x\" src=\"@@PLUGINFILE@@/a%20b.png\" />", &mut Vec::new());
        assert_eq!((&*cleaned.text, &cleaned.pictures[..]), ("Who?", &["@@PLUGINFILE@@/a%20b.png".to_owned()][..]));
    }

    #[test]
    fn a_text_that_was_made_to_take_long_does_not() {
        for text in ["<".repeat(300_000), "<b".repeat(100_000), "&".repeat(300_000), "<script>".repeat(50_000)] {
            clean_of(&text);
        }
    }
}
