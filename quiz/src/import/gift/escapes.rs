//! Signs that are meant as they are: a backslash before them.

/// Each sign that can be meant as it is, and what stands for it meanwhile: letters that no text has.
const ESCAPES: [(char, char, char); 8] = [
    ('~', '\u{fdd0}', '~'),
    ('=', '\u{fdd1}', '='),
    ('#', '\u{fdd2}', '#'),
    ('{', '\u{fdd3}', '{'),
    ('}', '\u{fdd4}', '}'),
    (':', '\u{fdd5}', ':'),
    ('\\', '\u{fdd6}', '\\'),
    ('n', '\u{fdd7}', '\n'),
];

/// A text in which every sign left does what it says.
pub(super) fn hide(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut letters = text.chars().filter(|letter| !('\u{fdd0}'..='\u{fdef}').contains(letter)).peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().filter(|_| letter == '\\');
        match next.and_then(|next| ESCAPES.iter().find(|(sign, ..)| sign == next)) {
            Some((_, stand_in, _)) => {
                hidden.push(*stand_in);
                letters.next();
            }
            None => hidden.push(letter),
        }
    }
    hidden
}

/// The text as it is read.
pub(super) fn restore(text: &str) -> String {
    let meant = |letter: char| ESCAPES.iter().find(|(_, stand_in, _)| *stand_in == letter);
    text.chars().map(|letter| meant(letter).map_or(letter, |(.., meant)| *meant)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_hidden_and_come_back() {
        let hidden = hide(r"a\=b \~ \{ \} \# \: \n c\\n \x \");
        assert!(!hidden.contains(['=', '~', '{', '}', '#', ':']));
        assert_eq!(restore(&hidden), "a=b ~ { } # : \n c\\n \\x \\");
        assert_eq!(hide("\u{fdd0}x"), "x");
    }
}
