use super::super::{Remark, read};
use super::*;

fn import(text: &str) -> Import {
    let (format, import) = read("api.json", text.as_bytes()).unwrap();
    assert_eq!(format, "OpenTDB");
    import
}

const ENTRY: &str = r#"{"type":"multiple","difficulty":"easy","category":"Entertainment: Film","question":"Who said &quot;I&#039;ll be back&quot;?","correct_answer":"Schwarzenegger","incorrect_answers":["Stallone","Lundgren","Willis"]}"#;

#[test]
fn entities_are_decoded_and_the_right_one_is_not_the_first() {
    let boolean = r#"{"type":"boolean","difficulty":"hard","category":"Science","question":"Is water wet?","correct_answer":"False","incorrect_answers":["True"]}"#;
    let import = import(&format!(r#"{{"response_code":0,"results":[{ENTRY},{boolean},{ENTRY}]}}"#));
    let titles: Vec<_> = import.draft.rounds.iter().map(|round| (&*round.title, round.questions.len())).collect();
    assert_eq!(titles, [("Entertainment: Film", 2), ("Science", 1)]);
    let first = &import.draft.rounds[0].questions[0];
    assert_eq!((&*first.prompt, &first.tags[..]), ("Who said \"I'll be back\"?", &["easy".to_owned()][..]));
    let texts: Vec<_> = first.answer.texts().collect();
    assert_eq!(texts, ["Lundgren", "Schwarzenegger", "Stallone", "Willis"]);
    assert_eq!(
        import.draft.rounds[1].questions[0].answer.options(),
        [Choice::new("True", false), Choice::new("False", true)]
    );
    assert_eq!(import.repaired_count(), 2);
}

#[test]
fn other_encodings_are_read() {
    let base64 = |text: &str| STANDARD.encode(text);
    let encoded = format!(
        r#"[{{"type":"{}","category":"{}","question":"{}","correct_answer":"{}","incorrect_answers":["{}"]}}]"#,
        base64("multiple"),
        base64("Film"),
        base64("Wer ist Zoë?"),
        base64("Ja"),
        base64("Nein")
    );
    assert_eq!(import(&encoded).draft.rounds[0].questions[0].prompt, "Wer ist Zoë?");
    let named = |import: &Import| matches!(import.notes[0].remark, Remark::Repaired(Repair::Other(_)));
    assert!(named(&import(&encoded)));
    for question in ["Who%20is%20%3Cb%3E%20Zo%C3%AB%3F", "Who+is+%3Cb%3E+Zo%C3%AB%3F"] {
        let file = format!(
            r#"{{"results":[{{"type":"multiple","category":"Art","question":"{question}","correct_answer":"A%2Bb","incorrect_answers":["c"]}}]}}"#
        );
        let import = import(&file);
        let question = &import.draft.rounds[0].questions[0];
        assert_eq!((&*question.prompt, &*question.answer.options()[0].text), ("Who is <b> Zoë?", "A+b"));
        assert!(named(&import));
    }
}

#[test]
fn a_text_that_is_not_encoded_as_the_others_is_left_out() {
    let import = import(
        r#"[{"type":"bXVsdGlwbGU=","question":"V2hvPw==","correct_answer":"QQ==","incorrect_answers":["Qg=="]},
        {"type":"bXVsdGlwbGU=","question":"Who?","correct_answer":"QQ==","incorrect_answers":["Qg=="]}]"#,
    );
    assert_eq!((import.draft.len(), import.left_out_count()), (1, 1));
    assert_eq!(import.notes[1].line, Some(2));
}

#[test]
fn options_are_in_one_order_whatever_they_are() {
    // Numbers and words that begin with them could be in a circle.
    let wrong: Vec<String> = (0..60).map(|number| ["9", "10", "1a", "b"][number % 4].repeat(number / 12 + 1)).collect();
    let mut sorted: Vec<&String> = wrong.iter().collect();
    sorted.sort_by(|one, other| by_value(one, other));
    assert!(sorted.windows(2).all(|pair| by_value(pair[0], pair[1]) != Ordering::Greater));
    let mut years = vec!["1,000", "b", "999", "A", "-3", "10.5"];
    years.sort_by(|one, other| by_value(one, other));
    assert_eq!(years, ["-3", "10.5", "999", "1,000", "A", "b"]);
}

#[test]
fn much_that_is_damaged_takes_no_time() {
    let import = import(&format!("[{}{{\"correct_answer\":1}}]", "{},".repeat(100_000)));
    assert_eq!(import.left_out_count(), protocol::limits::IMPORT_NOTES);
}

#[test]
fn a_file_that_was_cut_gives_what_is_before_the_cut() {
    let import = import(&format!("{{\"results\":[\n{ENTRY},\n{{\"question\":1, \"x\":{{}}}},\n{}", &ENTRY[..90]));
    assert_eq!(import.draft.len(), 1);
    let reasons: Vec<_> =
        import.notes.iter().filter(|note| note.place.is_none()).map(|note| note.remark.clone()).collect();
    assert_eq!(reasons.last(), Some(&Remark::LeftOut(Reason::Unclosed)));
    assert!(reasons.contains(&Remark::LeftOut(Reason::NotUnderstood)));
}
