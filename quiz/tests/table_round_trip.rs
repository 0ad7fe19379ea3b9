//! A quiz that goes out as a table and comes in again says what it said, as far as a table can.

use proptest::prelude::*;
use quiz::draft::{Answer, Choice, Draft, Question, Round};
use quiz::export::csv::csv;
use quiz::import::read;

/// A text with everything that a table, a spreadsheet or another format could take for a sign of its own, and nothing
/// that an import tidies away.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Z0-9 ]{1,8}",
        2 => "[,;\"'=+@|\t/<>&{}~#*:.-]{1,3}",
        1 => prop::sample::select(vec![
            "\n", "1", "2", "B", "True", "3,5", "1,500", "=HYPERLINK(", "'=", "<b>", "&amp;", "::", "{=x}", "ANSWER: A",
            "\nA. x\nANSWER: A\n", "#Q ", "\n^ y", "Ünï", "שלום", "🦉", "漢字", "± 1", "question,answer",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..6)
        .prop_map(|pieces| pieces.concat().trim().to_owned())
        .prop_filter("says something", |text| text.chars().any(char::is_alphanumeric))
}

/// The same on one line, with one space between words, and without the sign that parts texts in a cell.
fn part() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace('|', "/").split_whitespace().collect::<Vec<_>>().join(" "))
}

fn options() -> impl Strategy<Value = (Vec<String>, usize)> {
    let options = prop::collection::btree_set(prop_oneof![text(), "[1-6A-F]"], 2..=12);
    (options.prop_map(|options| options.into_iter().collect()).prop_shuffle(), any::<usize>())
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        part().prop_map(|criterion| Answer::LongText { criterion }),
        Just(Answer::LongText { criterion: String::new() }),
        prop::collection::btree_set(part(), 1..5)
            .prop_map(|texts| Answer::ShortText { accepted: texts.into_iter().collect() }),
        options().prop_map(|(options, right)| {
            let right = right % options.len();
            let choice = |(index, text)| Choice::new(text, index == right);
            Answer::OneChoice { options: options.into_iter().enumerate().map(choice).collect() }
        }),
        options().prop_map(|(options, right)| {
            let bits = right % ((1 << options.len()) - 1) + 1;
            let choice = |(index, text)| Choice::new(text, bits >> index & 1 == 1);
            Answer::SeveralChoices { options: options.into_iter().enumerate().map(choice).collect() }
        }),
        (prop::num::f64::NORMAL | prop::num::f64::ZERO, 0.0..1e6, "[a-z°]{0,3}")
            .prop_map(|(value, tolerance, unit)| Answer::Number { value: Some(value), tolerance, unit }),
    ]
}

fn question() -> impl Strategy<Value = Question> {
    let optional = || prop_oneof![Just(String::new()), text()];
    let tag = part().prop_map(|tag| tag.chars().take(40).collect::<String>().trim().to_owned());
    let tags = prop::collection::vec(tag, 0..3);
    (text(), answer(), 1u32..=1_000, 5u32..=3_600, optional(), optional(), tags).prop_map(
        |(prompt, answer, points, seconds, explanation, host_note, tags)| Question {
            points,
            seconds,
            explanation,
            host_note,
            tags,
            ..Question::new(prompt, answer)
        },
    )
}

fn draft() -> impl Strategy<Value = Draft> {
    prop::collection::vec((part(), prop::collection::vec(question(), 1..4)), 1..4).prop_map(|rounds| {
        // Rows of one title are of one round.
        let round = |(number, (title, questions)): (usize, (String, _))| Round {
            title: format!("{title} {number}"),
            questions,
            ..Round::default()
        };
        let rounds = rounds.into_iter().enumerate().map(round).collect();
        Draft { title: "a".into(), rounds, ..Draft::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_says_what_it_can(draft in draft()) {
        let export = csv(&draft);
        prop_assert_eq!(&export.notes[..], []);
        let (format, import) = read("a.csv", &export.bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!((format, import.notes), ("table", vec![]));
        prop_assert_eq!(import.draft, draft);
    }
}
