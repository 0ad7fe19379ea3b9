//! What goes out to another program's file and comes in again is what it was, and no file makes an import fail.

use proptest::prelude::*;
use protocol::limits::TAG_CHARS;
use quiz::draft::{Answer, Choice, Draft, Picture, Question, Round};
use quiz::export::gift::gift;
use quiz::export::moodle::moodle;
use quiz::import::{Remark, read};
use std::collections::{BTreeMap, BTreeSet};

/// The smallest file that is taken for a picture.
const PICTURE: &[u8] = b"GIF89a";

/// A text with everything that a format could take for a sign of its own, and nothing that an import tidies away.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z0-9 ]{1,8}",
        2 => "[~=#{}:\\\\%*/\\[\\]<>&;\"'_.-]{1,3}",
        1 => Just("\n".to_owned()),
        1 => prop::sample::select(vec![
            "::", "//", "####", "->", "=%50%", "%50%", "[html]", "[plain]", "&amp;", "&#65;", "<b>", "<br>", "\\n", "\\*",
            "<script>", "<!--", "]]>", "$CATEGORY:", "@@PLUGINFILE@@", "{T}", "Ünï", "שלום", "🦉", "漢字", "1..5",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..8).prop_map(|pieces| {
        let text: String = std::iter::once("q".to_owned()).chain(pieces).collect();
        text.trim().to_owned()
    })
}

/// The same on one line, with one space between words.
fn line() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Some tags, each as long as it may be at most.
fn tags() -> impl Strategy<Value = Vec<String>> {
    let tag = line().prop_map(|line| line.chars().take(TAG_CHARS).collect::<String>().trim().to_owned());
    prop::collection::vec(tag, 0..3)
}

fn options() -> impl Strategy<Value = Vec<(String, bool)>> {
    prop::collection::btree_map(text(), any::<bool>(), 2..8).prop_map(|options| options.into_iter().collect())
}

fn choices(options: Vec<(String, bool)>, right: usize, is_single: bool) -> Vec<Choice> {
    let right = right % options.len();
    let is_right = |index, is_right: bool| index == right || is_right && !is_single;
    options.into_iter().enumerate().map(|(index, (text, it))| Choice::new(text, is_right(index, it))).collect()
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::LongText { criterion: String::new() }),
        prop::collection::btree_set(line(), 1..5)
            .prop_map(|texts| Answer::ShortText { accepted: texts.into_iter().collect() }),
        (options(), any::<usize>())
            .prop_map(|(options, right)| Answer::OneChoice { options: choices(options, right, true) }),
        any::<bool>().prop_map(|right| Answer::OneChoice {
            options: vec![Choice::new("True", right), Choice::new("False", !right)]
        }),
        (options(), any::<usize>())
            .prop_map(|(options, right)| Answer::SeveralChoices { options: choices(options, right, false) }),
        (prop::num::f64::NORMAL | prop::num::f64::ZERO, 0.0..1e6).prop_map(|(value, tolerance)| Answer::Number {
            value: Some(value),
            tolerance,
            unit: String::new()
        }),
    ]
}

fn question() -> impl Strategy<Value = Question> {
    let explanation = prop_oneof![Just(String::new()), text()];
    (text(), answer(), explanation, tags()).prop_map(|(prompt, answer, explanation, tags)| Question {
        explanation,
        tags,
        ..Question::new(prompt, answer)
    })
}

fn draft() -> impl Strategy<Value = Draft> {
    let round = (line(), prop::collection::vec(question(), 1..4)).prop_map(|(title, questions)| Round {
        title,
        questions,
        ..Round::default()
    });
    prop::collection::vec(round, 1..4).prop_map(|rounds| Draft { title: "a".into(), rounds, ..Draft::default() })
}

/// What Moodle XML says besides.
fn with_more(draft: impl Strategy<Value = Draft>) -> impl Strategy<Value = Draft> {
    let more = (text(), prop_oneof![Just(None), line().prop_map(Some)], 1u32..=1_000, "[a-z]{0,3}");
    (draft, prop::collection::vec(more, 12)).prop_map(|(mut draft, more)| {
        let questions = draft.rounds.iter_mut().flat_map(|round| &mut round.questions);
        for (question, (note, picture, points, unit_text)) in questions.zip(&more) {
            question.points = *points;
            // Where there is a picture the text is HTML, in which spaces and empty lines are not counted.
            if let Some(description) = picture {
                question.prompt = question.prompt.split_whitespace().collect::<Vec<_>>().join(" ");
                question.picture = Some(Picture { file: "a.gif".into(), description: description.clone() });
            }
            match &mut question.answer {
                Answer::LongText { .. } => question.host_note.clone_from(note),
                Answer::Number { unit, .. } => unit.clone_from(unit_text),
                _ => {}
            }
        }
        for (round, (intro, ..)) in draft.rounds.iter_mut().zip(&more) {
            round.intro = intro.clone();
        }
        draft
    })
}

/// A draft, its media, and what was changed or left out.
type Imported = (Draft, BTreeMap<String, Vec<u8>>, Vec<Remark>);

/// What an import makes of a file.
fn imported(name: &str, bytes: &[u8]) -> Result<Imported, TestCaseError> {
    let (_, import) = read(name, bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
    // That there were tags and entities is no change, where a picture needs them.
    let is_change = |remark: &Remark| {
        use quiz::import::Repair::{Entities, Markup};
        !matches!(remark, Remark::Repaired(Markup | Entities))
    };
    let changes = import.notes.into_iter().map(|note| note.remark).filter(is_change).collect();
    Ok((import.draft, import.media, changes))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gift_says_what_it_can(mut draft in draft()) {
        // What no escape keeps from being a pair to match.
        for question in draft.rounds.iter_mut().flat_map(|round| &mut round.questions) {
            if let Answer::ShortText { accepted } = &mut question.answer {
                let kept: BTreeSet<String> = accepted.iter().map(|text| text.replace("->", "=")).collect();
                *accepted = kept.into_iter().collect();
            }
        }
        let export = gift(&draft);
        prop_assert_eq!(&export.notes[..], []);
        let (back, _, changes) = imported("a.gift", &export.bytes)?;
        prop_assert_eq!(changes, []);
        prop_assert_eq!(back, draft);
    }

    #[test]
    fn moodle_xml_says_what_it_can(draft in with_more(draft())) {
        let media = BTreeMap::from([("a.gif".to_owned(), PICTURE.to_vec())]);
        let export = moodle(&draft, &media);
        prop_assert_eq!(&export.notes[..], []);
        let (back, back_media, changes) = imported("a.xml", &export.bytes)?;
        prop_assert_eq!(changes, []);
        prop_assert_eq!(back_media.is_empty(), draft.files().next().is_none());
        prop_assert!(back_media.iter().all(|(name, bytes)| media.get(name) == Some(bytes)));
        prop_assert_eq!(back, draft);
    }

    #[test]
    fn no_bytes_make_an_import_fail(bytes in prop::collection::vec(any::<u8>(), 0..400), ending in 0..ENDINGS.len()) {
        let _ = read(ENDINGS[ending], &bytes);
    }

    #[test]
    fn no_text_makes_an_import_fail(pieces in prop::collection::vec(piece(), 0..60), ending in 0..ENDINGS.len()) {
        let text: String = pieces.concat();
        let result = read(ENDINGS[ending], text.as_bytes());
        if let Ok((_, import)) = result {
            prop_assert_eq!(import.draft.faults().iter().filter(|fault| fault.place.is_some()).count(), 0);
        }
    }
}

const ENDINGS: [&str; 7] = ["a.gift", "a.xml", "a.txt", "a.json", "a.csv", "a.xlsx", "a"];

/// Anything, and most of what means something in any of the formats.
fn piece() -> impl Strategy<Value = String> {
    let signs = vec![
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        ",",
        ";",
        "::",
        "//",
        "{",
        "}",
        "=",
        "~",
        "#",
        "####",
        "%50%",
        "->",
        "\\",
        "[html]",
        "{T}",
        "{#1..5}",
        "$CATEGORY:",
        "[tag:",
        "]",
        "<quiz>",
        "</quiz>",
        "<question type=\"multichoice\">",
        "<question type=\"shortanswer\">",
        "</question>",
        "<questiontext format=\"html\">",
        "</questiontext>",
        "<text>",
        "</text>",
        "<answer fraction=\"100\">",
        "<answer fraction=\"0\">",
        "</answer>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&amp;",
        "&#x41;",
        "<p>",
        "<br>",
        "<img src=\"@@PLUGINFILE@@/a.png\">",
        "<file name=\"a.png\">",
        "</file>",
        "<!DOCTYPE a [",
        "ANSWER: A",
        "A) x",
        "B) y",
        "#Q ",
        "^ ",
        "1. What?",
        "* a",
        "- b",
        "\"",
        "question,answer",
        "🦉",
        "\u{202e}",
        "\0",
        "ß",
    ];
    prop_oneof![2 => prop::sample::select(signs).prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => "[a-z ]{1,9}"]
}
