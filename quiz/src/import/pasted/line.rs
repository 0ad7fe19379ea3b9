//! What a line is.

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Nothing.
    Empty,
    /// The title of a round.
    Heading(String),
    /// The beginning of a question, with its number.
    Question(Option<u32>, String),
    /// An option, or several one behind another.
    Options(Vec<Lettered>),
    /// What is right.
    Answer(String),
    /// Why it is right.
    Explanation(String),
    /// Anything else.
    Other,
}

/// An option as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lettered {
    /// Its letter, in small, if it has one.
    pub letter: Option<char>,
    /// What it says.
    pub text: String,
    /// Whether it is marked right.
    pub right: bool,
    /// Whether a star stands where its letter would: what marks it right, unless all of them have one.
    pub is_starred: bool,
}

/// What marks a right option, before it or behind it.
const MARKS: [&str; 9] = ["*", "✓", "✔", "✅", "☑", "[x]", "[X]", "(x)", "√"];
/// Words that say so behind it.
const WORDS: [&str; 6] = ["(correct)", "(right)", "(richtig)", "(answer)", "[correct]", "<-- correct"];
/// What stands before a right answer.
const ANSWERS: [&str; 11] = [
    "correct answer",
    "right answer",
    "answer",
    "answers",
    "ans",
    "solution",
    "correct",
    "antwort",
    "lösung",
    "richtige antwort",
    "a",
];
/// What a sentence begins with that says what is right.
const SENTENCES: [&str; 4] = ["answer is ", "the answer is ", "correct answer is ", "the correct answer is "];
/// Words for a question that may stand alone with its number.
const WORDED: [&str; 2] = ["question", "frage"];
/// What stands before a reason.
const REASONS: [&str; 5] = ["explanation", "why", "erklärung", "because", "note"];
/// What a line begins with that is the title of a round.
const ROUNDS: [&str; 6] = ["round", "runde", "section", "part", "category", "teil"];

/// What a line is.
pub(super) fn read(line: &str) -> Line {
    let (text, is_bold) = plain(line.trim());
    if text.is_empty() {
        return Line::Empty;
    }
    if let Some(title) = heading(line.trim(), &text) {
        return Line::Heading(title);
    }
    if let Some((name, rest)) = named(&text) {
        if ANSWERS.contains(&&*name) && !rest.is_empty() {
            return Line::Answer(rest.to_owned());
        }
        if REASONS.contains(&&*name) && !rest.is_empty() {
            return Line::Explanation(rest.to_owned());
        }
        if matches!(&*name, "q" | "question" | "frage") {
            return Line::Question(None, rest.to_owned());
        }
    }
    if let Some((number, prompt)) = numbered(&text) {
        return Line::Question(Some(number), prompt);
    }
    if let Some(answer) = sentence(&text) {
        return Line::Answer(answer);
    }
    let options: Vec<_> = apart(&text).into_iter().map_while(|text| option(text, is_bold)).collect();
    if options.is_empty() { Line::Other } else { Line::Options(options) }
}

/// The line without the signs of bold text around it, and whether all of it was bold.
fn plain(line: &str) -> (String, bool) {
    for sign in ["**", "__"] {
        if let Some(inner) = line.strip_prefix(sign).and_then(|line| line.strip_suffix(sign)) {
            return (inner.trim().to_owned(), true);
        }
    }
    let lower = line.to_ascii_lowercase();
    for (begin, end) in [("<b>", "</b>"), ("<strong>", "</strong>")] {
        if lower.starts_with(begin) && lower.ends_with(end) && line.len() >= begin.len() + end.len() {
            return (line[begin.len()..line.len() - end.len()].trim().to_owned(), true);
        }
    }
    (line.to_owned(), false)
}

fn heading(line: &str, text: &str) -> Option<String> {
    let marked = line.strip_prefix('#').map(|text| text.trim_matches('#')).or_else(|| {
        line.strip_prefix("==").and_then(|text| text.strip_suffix("==")).map(|text| text.trim_matches('='))
    });
    if let Some(title) = marked.map(str::trim).filter(|title| !title.is_empty() && numbered(title).is_none()) {
        return Some(title.to_owned());
    }
    let lower = text.to_lowercase();
    let word = ROUNDS.iter().find(|word| lower.starts_with(**word))?;
    let rest = text.get(word.len()..)?;
    let is_counted =
        rest.trim_start().starts_with(|next: char| next.is_ascii_digit()) || rest.trim_start().starts_with(':');
    let title = rest.split_once([':', '–', '—']).map_or(text, |(_, title)| title.trim());
    (is_counted && !text.contains('?')).then(|| if title.is_empty() { text.to_owned() } else { title.to_owned() })
}

/// A word before a colon, in small letters, and what follows.
fn named(text: &str) -> Option<(String, &str)> {
    let (name, rest) = text.split_once(':')?;
    let name = name.trim().trim_start_matches('*').to_lowercase();
    (name.chars().count() <= 20).then(|| (name, rest.trim().trim_start_matches("**").trim()))
}

/// What a sentence says is right: `The answer is B`.
fn sentence(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let start = SENTENCES.iter().find(|start| lower.starts_with(**start))?;
    let answer = text.get(start.len()..)?.trim().trim_end_matches('.');
    (!answer.is_empty()).then(|| answer.to_owned())
}

/// The options that stand one behind another on a line: `A) Mars B) Jupiter`.
fn apart(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    let unmarked = text.trim_start_matches(['*', '(']);
    let mut letter = unmarked.bytes().next().filter(|letter| matches!(letter, b'a' | b'A'));
    let sign = unmarked.as_bytes().get(1).copied().filter(|sign| b").".contains(sign));
    while let (Some(last), Some(sign)) = (letter, sign) {
        let next = last.saturating_add(1);
        // The next letter after white space, with the same sign behind it.
        let is_next = |at: &usize| {
            let bytes = rest.as_bytes();
            let from = bytes.get(at + 1..).unwrap_or_default();
            let from = from.strip_prefix(b"*").unwrap_or(from);
            let from = from.strip_prefix(b"(").unwrap_or(from);
            bytes[*at].is_ascii_whitespace()
                && matches!(from, [first, second, third, ..] if *first == next && *second == sign && third.is_ascii_whitespace())
        };
        let Some(at) = (0..rest.len()).find(is_next) else { break };
        let (part, behind) = rest.split_at(at);
        parts.push(part.trim());
        (rest, letter) = (behind.trim_start(), Some(next).filter(|next| next.to_ascii_lowercase() < b'l'));
    }
    parts.push(rest);
    parts
}

/// A number and a question: `1. …`, `1) …`, `Q1: …`, `Question 1: …`, `(1) …`.
fn numbered(text: &str) -> Option<(u32, String)> {
    let lower = text.to_lowercase();
    let word = ["question", "frage", "q", "no.", "#", "("].iter().find(|word| lower.starts_with(**word));
    let rest = text.get(word.map_or(0, |word| word.len())..)?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 5 {
        return None;
    }
    let number = rest[..digits].parse().ok()?;
    let rest = rest[digits..].trim_start();
    if rest.is_empty() && word.is_some_and(|word| WORDED.contains(word)) {
        return Some((number, String::new()));
    }
    let prompt = rest.strip_prefix(['.', ')', ':', '-', '–'])?;
    // "3.14" is no question, nor is "1-b" in a key.
    let is_apart = prompt.is_empty() || prompt.starts_with(char::is_whitespace) || word.is_some();
    is_apart.then(|| (number, prompt.trim().to_owned()))
}

fn option(text: &str, is_bold: bool) -> Option<Lettered> {
    let (unstarred, marked_before) = unmarked(text, true);
    let (letter, rest) = match lettered(unstarred) {
        Some((letter, rest)) => (Some(letter), rest),
        None => {
            let bulleted =
                unstarred.strip_prefix(['-', '•', '–', '○', '◦', '·']).or_else(|| unstarred.strip_prefix("[ ]"));
            (None, bulleted.or_else(|| marked_before.then_some(unstarred))?)
        }
    };
    let is_starred = marked_before && letter.is_none() && text.trim_start().starts_with("* ");
    let (rest, marked_inside) = unmarked(rest.trim(), true);
    let (inner, is_inner_bold) = plain(rest.trim());
    let (rest, marked_behind) = unmarked(&inner, false);
    let right = is_bold || is_inner_bold || marked_before && !is_starred || marked_inside || marked_behind;
    Some(Lettered { letter, text: rest.trim().to_owned(), right, is_starred })
}

/// A letter with a bracket or a full stop, and what follows.
fn lettered(text: &str) -> Option<(char, &str)> {
    let text = text.strip_prefix('(').unwrap_or(text);
    let letter = text.chars().next().filter(char::is_ascii_alphabetic)?.to_ascii_lowercase();
    let rest = text[1..].strip_prefix([')', '.', ':'])?;
    (letter <= 'l' && rest.starts_with(char::is_whitespace)).then(|| (letter, rest.trim_start()))
}

/// The text without what marks it as right, at its beginning or its end, and whether it was marked.
fn unmarked(text: &str, is_before: bool) -> (&str, bool) {
    let text = text.trim();
    if is_before {
        // Two stars are bold text.
        let mark = MARKS.iter().find(|mark| text.starts_with(**mark) && !text.starts_with("**"));
        return mark.map_or((text, false), |mark| (text[mark.len()..].trim_start(), true));
    }
    let lower = text.to_ascii_lowercase();
    let end = WORDS.iter().find(|word| lower.ends_with(**word)).map(|word| word.len());
    let end = end
        .or_else(|| MARKS.iter().find(|mark| text.ends_with(**mark) && !text.ends_with("**")).map(|mark| mark.len()));
    end.map_or((text, false), |end| (text[..text.len() - end].trim_end(), true))
}
