use super::super::Remark;
use super::*;
use crate::draft::{Choice, Round};

fn written(question: Question, media: &BTreeMap<String, Vec<u8>>) -> (String, Vec<Remark>) {
    let rounds = vec![Round { title: "R".into(), intro: "I & you".into(), questions: vec![question] }];
    let Export { bytes, notes } = moodle(&Draft { rounds, ..Draft::default() }, media);
    // Without what makes it easy to read.
    let text: String = String::from_utf8(bytes).unwrap().lines().map(str::trim_start).collect();
    let before = "<question type=\"category\"><category><text>$course$/top/R</text></category><info format=\"plain_text\"><text>I &amp; you</text></info></question>";
    let (_, text) = text.split_once(before).unwrap();
    (text.strip_suffix("</quiz>").unwrap().to_owned(), notes.into_iter().map(|note| note.remark).collect())
}

/// What is written for an answer, behind the grade.
fn block(answer: Answer) -> (String, String) {
    let (text, notes) = written(Question::new("Q", answer), &BTreeMap::new());
    assert_eq!(notes, []);
    let kind = text.split('"').nth(1).unwrap().to_owned();
    let (_, block) = text.split_once("<defaultgrade>1</defaultgrade>").unwrap();
    (kind, block.strip_suffix("</question>").unwrap().to_owned())
}

fn answer_of(fraction: &str, text: &str) -> String {
    format!("<answer fraction=\"{fraction}\" format=\"plain_text\"><text>{text}</text></answer>")
}

fn options(right: &[(&str, bool)]) -> Vec<Choice> {
    right.iter().map(|(text, right)| Choice::new(*text, *right)).collect()
}

#[test]
fn every_kind_of_answer_is_written() {
    let one = Answer::OneChoice { options: options(&[("a<b", true), ("c", false)]) };
    let written = answer_of("100", "a&lt;b") + &answer_of("0", "c") + "<single>true</single>";
    assert_eq!(block(one), ("multichoice".into(), written));
    let several = Answer::SeveralChoices { options: options(&[("a", true), ("b", true), ("c", false)]) };
    let written = answer_of("50", "a") + &answer_of("50", "b") + &answer_of("-50", "c") + "<single>false</single>";
    assert_eq!(block(several), ("multichoice".into(), written));
    let truth = Answer::OneChoice { options: options(&[("True", false), ("False", true)]) };
    assert_eq!(block(truth), ("truefalse".into(), answer_of("0", "true") + &answer_of("100", "false")));
    let short = Answer::ShortText { accepted: vec!["a*".into(), "b".into()] };
    let written = answer_of("100", "a\\*") + &answer_of("100", "b") + "<usecase>0</usecase>";
    assert_eq!(block(short), ("shortanswer".into(), written));
    let number = Answer::Number { value: Some(2.5), tolerance: 0.25, unit: "km".into() };
    let written = "<answer fraction=\"100\" format=\"plain_text\"><text>2.5</text><tolerance>0.25</tolerance></answer><units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>";
    assert_eq!(block(number), ("numerical".into(), written.into()));
    let long = Answer::LongText { criterion: String::new() };
    assert_eq!(block(long), ("essay".into(), "<graderinfo format=\"plain_text\"><text></text></graderinfo>".into()));
}

#[test]
fn pictures_are_within() {
    let picture = Some(Picture { file: "a b.png".into(), description: "\"B\"".into() });
    let answer = Answer::LongText { criterion: String::new() };
    let question = Question { picture, ..Question::new("1 < 2\nWhy?", answer) };
    let media = BTreeMap::from([("a b.png".to_owned(), b"abc".to_vec())]);
    let (text, notes) = written(question.clone(), &media);
    let asked = "<questiontext format=\"html\"><text>&lt;p&gt;1 &amp;lt; 2&lt;br&gt;Why?&lt;/p&gt;&lt;p&gt;&lt;img src=&quot;@@PLUGINFILE@@/a%20b.png&quot; alt=&quot;&amp;quot;B&amp;quot;&quot;&gt;&lt;/p&gt;</text><file name=\"a b.png\" path=\"/\" encoding=\"base64\">YWJj</file></questiontext>";
    assert!(text.contains(asked), "{text}");
    assert_eq!(notes, []);
    assert_eq!(written(question, &BTreeMap::new()).1, [Remark::Dropped(Part::Picture)]);
}

#[test]
fn what_cannot_be_said_is_noted() {
    let short = Answer::ShortText { accepted: vec!["a".into()] };
    let question = Question {
        seconds: 5,
        points: 25,
        host_note: "psst".into(),
        tags: vec!["x".into()],
        ..Question::new("Q", short)
    };
    let (text, notes) = written(question, &BTreeMap::new());
    assert!(text.contains("<defaultgrade>2.5</defaultgrade>"));
    assert!(text.contains("<tags><tag><text>x</text></tag></tags>"));
    assert_eq!(notes, [Part::Seconds, Part::HostNote].map(Remark::Dropped));
    let long = Answer::LongText { criterion: "fun".into() };
    let (_, notes) = written(Question { host_note: "psst".into(), ..Question::new("Q", long) }, &BTreeMap::new());
    assert_eq!(notes, [Remark::Dropped(Part::Criterion)]);
}
