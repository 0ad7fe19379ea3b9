//! Stars in accepted answers: Moodle takes them for any letters, unless a backslash stands before.
//!
//! Source: Moodle's documentation, "Short-Answer question type".

/// A text without its wildcards, and whether there were any.
pub(super) fn without(text: &str) -> (String, bool) {
    let parts = text.split(r"\*").map(|part| part.replace('*', " "));
    let kept = parts.collect::<Vec<_>>().join("*");
    let has_any = text.replace(r"\*", "").contains('*');
    (kept.trim().to_owned(), has_any)
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn stars_that_are_meant_stay() {
        for (text, kept, has_any) in [
            ("*Grant*", "Grant", true),
            (r"2\*3", "2*3", false),
            (r"a\*b*c", "a*b c", true),
            ("*", "", true),
            ("a", "a", false),
        ] {
            assert_eq!(without(text), (kept.to_owned(), has_any));
        }
    }
}
