//! What a text says beside how it is written: whether it says anything, and whether it says the same as another.

use protocol::answer::Content;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Articles that a text may begin with or not.
const ARTICLES: [&str; 11] = ["the", "a", "an", "der", "die", "das", "le", "la", "les", "el", "il"];

/// Whether nothing but white space and punctuation is there; emoji, symbols and letters of any script say something.
pub fn is_blank(content: &Content) -> bool {
    content.choices.0 == 0 && is_blank_text(&content.text)
}

/// The same of a text alone.
pub fn is_blank_text(text: &str) -> bool {
    !text.chars().any(says_something)
}

fn says_something(letter: char) -> bool {
    use GeneralCategory::{Control, Format, NonspacingMark};
    // Nobody sees a joiner or a mark that stands on nothing.
    let is_invisible = || matches!(letter.general_category(), Control | Format | NonspacingMark);
    letter.is_alphanumeric()
        || !letter.is_whitespace()
            && letter.general_category_group() != GeneralCategoryGroup::Punctuation
            && !is_invisible()
}

/// Whether two texts say the same: after folding, or, where that leaves nothing of either, as they are.
pub fn is_same(one: &str, other: &str) -> bool {
    let (folded, to) = (fold(one), fold(other));
    if folded.is_empty() && to.is_empty() { one.trim().nfc().eq(other.trim().nfc()) } else { folded == to }
}

/// A text without what does not matter: case, accents, punctuation, white space, a leading article, and symbols other
/// than those that names are told apart by (C, C++, C#).
pub fn fold(text: &str) -> String {
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    let is_part = |letter: char| {
        letter.is_alphanumeric() || letter == '#' || letter.general_category() == GeneralCategory::MathSymbol
    };
    let kept: String = letters.map(|letter| if is_part(letter) { letter } else { ' ' }).collect();
    let words: Vec<_> = kept.split_whitespace().collect();
    match words.as_slice() {
        [article, rest @ ..] if ARTICLES.contains(article) && !rest.is_empty() => rest.concat(),
        words => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_symbols_and_any_script_are_an_answer_and_punctuation_is_none() {
        for answer in ["🚢🧊💔", "+", "€", "→", "ﷺ", "あ", "½", "👩🏽‍🚀", "५"] {
            assert!(!is_blank_text(answer), "{answer}");
        }
        for blank in ["", " \t\n", "…?!", "—", "„“", "\u{200b}\u{200d}", "\u{301}", "\u{fe0f}", "\u{a0}."] {
            assert!(is_blank_text(blank), "{blank:?}");
        }
    }

    #[test]
    fn symbols_match_themselves_only() {
        for (one, other) in
            [("+", "-"), ("C#", "C++"), ("C", "C++"), ("🚢", "🧊"), ("!", "?"), ("", "…"), ("🚢", "ship")]
        {
            assert!(!is_same(one, other), "{one} {other}");
        }
        for (one, other) in [("c#", " C# "), ("🚢", "🚢 "), ("é!", "E\u{301}"), ("the Ship 🚢", "ship"), ("？", "？")]
        {
            assert!(is_same(one, other), "{one} {other}");
        }
    }
}
