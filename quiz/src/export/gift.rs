//! GIFT, Moodle's format for questions in plain text.
//!
//! Source: Moodle's documentation, "GIFT format".

use super::{Export, Note, Part, Remark, accepted, category, is_unusual, share, truth};
use crate::draft::{Answer, Draft, Place, Question};
use protocol::limits;

/// What the format has a meaning for, and what to write instead.
const ESCAPES: [(char, &str); 11] = [
    ('\\', r"\\"),
    ('~', r"\~"),
    ('=', r"\="),
    ('#', r"\#"),
    ('{', r"\{"),
    ('}', r"\}"),
    (':', r"\:"),
    ('\n', r"\n"),
    ('\r', r"\n"),
    ('\u{85}', r"\n"),
    ('\u{2028}', r"\n"),
];

/// The quiz in GIFT: rounds are categories, explanations general feedback. There are no pictures, points and times.
pub fn gift(draft: &Draft) -> Export {
    let mut export = Export::default();
    export.drop_parts(None, [(!draft.tags.is_empty(), Part::Tags)]);
    let mut text = String::new();
    for (of, round) in draft.rounds.iter().enumerate() {
        export.drop_parts(None, [(!round.intro.trim().is_empty(), Part::Intro)]);
        text.push_str(&format!("$CATEGORY: {}\n\n", category(draft, of)));
        for (number, question) in round.questions.iter().enumerate() {
            let place = Place { round: of as u16, question: number as u16 };
            if !export.leaves_out(place, question) {
                write(&mut text, &mut export, place, question);
            }
        }
    }
    export.bytes = text.into_bytes();
    export
}

fn write(text: &mut String, export: &mut Export, place: Place, question: &Question) {
    let Some(block) = block(&question.answer) else {
        return export.notes.push(Note { place: Some(place), remark: Remark::NoAnswer });
    };
    let parts = match &question.answer {
        Answer::LongText { criterion } => (!criterion.trim().is_empty(), Part::Criterion),
        Answer::Number { unit, .. } => (!unit.trim().is_empty(), Part::Unit),
        Answer::ShortText { accepted } => (accepted.iter().any(|text| is_pair(text)), Part::Accepted),
        Answer::OneChoice { .. } | Answer::SeveralChoices { .. } => (false, Part::Accepted),
    };
    export.drop_parts(
        Some(place),
        [
            (question.points != limits::QUESTION_POINTS_USUAL, Part::Points),
            (is_unusual(question.seconds), Part::Seconds),
            (question.picture.is_some(), Part::Picture),
            (!question.host_note.trim().is_empty(), Part::HostNote),
            parts,
        ],
    );
    let tags: Vec<String> = question.tags.iter().filter_map(|tag| self::tag(tag)).collect();
    if !tags.is_empty() {
        text.push_str(&format!("// {}\n", tags.join(" ")));
    }
    let explanation = question.explanation.trim();
    let feedback = if explanation.is_empty() { String::new() } else { format!("####{}", escaped(explanation)) };
    // Plain: a text means what it says, also one that looks like HTML.
    text.push_str(&format!("[plain]{}{{{block}{feedback}}}\n\n", escaped(&question.prompt)));
}

/// What stands in the braces, without feedback; nothing if it cannot be said.
fn block(answer: &Answer) -> Option<String> {
    if let Some(truth) = truth(answer) {
        return Some(if truth { "TRUE" } else { "FALSE" }.to_owned());
    }
    let lines: Vec<String> = match answer {
        Answer::LongText { .. } => return Some(String::new()),
        Answer::Number { value, tolerance, .. } => return value.map(|value| format!("#{value}:{tolerance}")),
        Answer::ShortText { accepted } => accepted
            .iter()
            .filter(|text| !is_pair(text))
            .map(|text| format!("={}", option(&self::accepted(text))))
            .collect(),
        Answer::OneChoice { options } => {
            options.iter().map(|it| format!("{}{}", if it.right { '=' } else { '~' }, option(&it.text))).collect()
        }
        Answer::SeveralChoices { options } => {
            let share = share(answer);
            let sign = |right| if right { "" } else { "-" };
            options.iter().map(|it| format!("~%{}{share}%{}", sign(it.right), option(&it.text))).collect()
        }
    };
    (!lines.is_empty()).then(|| format!("\n\t{}\n", lines.join("\n\t")))
}

/// Whether Moodle takes an answer for a pair to match, which no escape prevents.
fn is_pair(text: &str) -> bool {
    text.contains("->")
}

/// An option that is not taken for a weight or the name of a format.
fn option(text: &str) -> String {
    let mark = if text.trim_start().starts_with(['%', '[']) { "[plain]" } else { "" };
    format!("{mark}{}", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.trim().replace("\r\n", "\n").chars() {
        match ESCAPES.iter().find(|(sign, _)| *sign == letter) {
            Some((_, instead)) => escaped.push_str(instead),
            None => escaped.push(letter),
        }
    }
    escaped
}

/// A tag, which stands in a comment.
fn tag(tag: &str) -> Option<String> {
    let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    // A backslash at the end would mark the bracket behind it.
    let space = if tag.ends_with('\\') { " " } else { "" };
    (!tag.is_empty()).then(|| format!("[tag:{}{space}]", tag.replace(']', r"\]")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Choice, Picture, Round};
    use crate::fault::FaultKind;

    fn written(question: Question) -> (String, Vec<Remark>) {
        let rounds = vec![Round { title: "R".into(), questions: vec![question], ..Round::default() }];
        let Export { bytes, notes } = gift(&Draft { rounds, ..Draft::default() });
        let text = String::from_utf8(bytes).unwrap();
        let text = text.strip_prefix("$CATEGORY: $course$/top/R\n\n").unwrap().to_owned();
        (text, notes.into_iter().map(|note| note.remark).collect())
    }

    fn options(right: &[(&str, bool)]) -> Vec<Choice> {
        right.iter().map(|(text, right)| Choice::new(*text, *right)).collect()
    }

    #[test]
    fn every_kind_of_answer_is_written() {
        let short = |texts: &[&str]| Answer::ShortText { accepted: texts.iter().map(|text| (*text).into()).collect() };
        for (answer, block) in [
            (Answer::OneChoice { options: options(&[("a", true), ("b", false)]) }, "{\n\t=a\n\t~b\n}"),
            (
                Answer::SeveralChoices { options: options(&[("a", true), ("b", true), ("c", false)]) },
                "{\n\t~%50%a\n\t~%50%b\n\t~%-50%c\n}",
            ),
            (Answer::OneChoice { options: options(&[("True", false), ("False", true)]) }, "{FALSE}"),
            (short(&["a*b", "%5%", "[html]"]), "{\n\t=a\\\\*b\n\t=[plain]%5%\n\t=[plain][html]\n}"),
            (Answer::LongText { criterion: String::new() }, "{}"),
            (Answer::Number { value: Some(-3.25), tolerance: 0.5, unit: String::new() }, "{#-3.25:0.5}"),
        ] {
            assert_eq!(written(Question::new("Q", answer)), (format!("[plain]Q{block}\n\n"), vec![]));
        }
    }

    #[test]
    fn signs_of_the_format_are_escaped() {
        let question = Question {
            explanation: "a: {b}\n#c".into(),
            tags: vec!["x]y".into(), " ".into(), "z\\".into()],
            ..Question::new("// ::t:: 1 ~ 2 = \\n\r\nmore", Answer::LongText { criterion: String::new() })
        };
        let text =
            "// [tag:x\\]y] [tag:z\\ ]\n[plain]// \\:\\:t\\:\\: 1 \\~ 2 \\= \\\\n\\nmore{####a\\: \\{b\\}\\n\\#c}\n\n";
        assert_eq!(written(question), (text.into(), vec![]));
    }

    #[test]
    fn what_cannot_be_said_is_noted() {
        let picture = Some(Picture { file: "a.png".into(), description: String::new() });
        let answer = Answer::Number { value: Some(1.0), tolerance: 0.0, unit: "km".into() };
        let question =
            Question { picture, points: 5, seconds: 5, host_note: "psst".into(), ..Question::new("Q", answer) };
        let parts = [Part::Points, Part::Seconds, Part::Picture, Part::HostNote, Part::Unit];
        assert_eq!(written(question).1, parts.map(Remark::Dropped));
        let pair = |texts: &[&str]| {
            written(Question::new("Q", Answer::ShortText { accepted: texts.iter().map(|it| (*it).into()).collect() }))
        };
        assert_eq!(pair(&["a->b"]), (String::new(), vec![Remark::NoAnswer]));
        assert_eq!(pair(&["a->b", "c"]), ("[plain]Q{\n\t=c\n}\n\n".into(), vec![Remark::Dropped(Part::Accepted)]));
        let (text, notes) = written(Question::new("Q", Answer::ShortText { accepted: vec![] }));
        assert_eq!((&*text, &notes[..]), ("", &[Remark::LeftOut(FaultKind::NoSolution)][..]));
    }
}
