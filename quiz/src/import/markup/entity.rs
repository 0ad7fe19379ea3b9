//! Entities: names and numbers for letters.
//!
//! Source: the HTML standard, "Named character references" and "Numeric character reference end state".

use encoding_rs::WINDOWS_1252;
use html_escape::decode_html_entities;
use std::borrow::Cow;

/// Longest name of an entity that is looked up.
const ENTITY_BYTES: usize = 32;

/// A text with its entities decoded, once.
pub(in super::super) fn entities(text: &str) -> Cow<'_, str> {
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

/// What an entity stands for, by what is between `&` and `;`.
pub(in super::super) fn entity(name: &str) -> Option<Cow<'static, str>> {
    let number = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => {
            let written = format!("&{name};");
            let letter = decode_html_entities(&written).into_owned();
            return (letter != written).then_some(Cow::Owned(letter));
        }
    };
    // Numbers of no letter mean, as in browsers, what they mean on Windows.
    if let (0x80..=0x9f, Ok(byte)) = (number, u8::try_from(number)) {
        return Some(WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned().into());
    }
    char::from_u32(number).filter(|letter| *letter != '\0').map(|letter| Cow::Owned(letter.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_become_what_they_stand_for() {
        for (entity, letter) in [
            ("&amp;&lt;&gt;&quot;&apos;&nbsp;", "&<>\"'\u{a0}"),
            ("&eacute;&Ouml;&szlig;&ntilde;&iquest;", "éÖßñ¿"),
            ("&ndash;&mdash;&lsquo;&rsquo;&ldquo;&bdquo;&hellip;&laquo;", "–—‘’“„…«"),
            ("&alpha;&Omega;&pi;&sum;&radic;&infin;&le;&ne;&times;&divide;&deg;", "αΩπ∑√∞≤≠×÷°"),
            ("&euro;&pound;&yen;&cent;&copy;&trade;&frac12;&sup2;&rarr;", "€£¥¢©™½²→"),
            ("&#233;&#xE9;&#x1F989;&#146;", "éé🦉’"),
            ("&amp;amp;", "&amp;"),
        ] {
            assert_eq!(entities(entity), letter);
        }
    }

    #[test]
    fn what_is_no_entity_stays() {
        for text in ["AT&T", "a & b;", "&nosuch;", "&#0;", "&#xD800;", "&#99999999;", "&#-1;", "&", "&;", "&ö;"] {
            assert_eq!(entities(text), text);
        }
    }
}
