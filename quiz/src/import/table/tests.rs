use super::super::sheet::tests::workbook;
use super::super::{Reason, Remark, Repair, read};
use super::*;
use crate::draft::{Answer, Choice};

fn import(text: &str) -> Import {
    let (format, import) = read("a.csv", text.as_bytes()).unwrap();
    assert_eq!(format, "table");
    import
}

fn answers(import: &Import) -> Vec<Answer> {
    import.draft.questions().map(|(_, question)| question.answer.clone()).collect()
}

fn right(answer: &Answer) -> Vec<&str> {
    answer.options().iter().filter(|option| option.right).map(|option| &*option.text).collect()
}

#[test]
fn the_template_has_a_question_of_each_kind() {
    let import = import(TEMPLATE);
    assert_eq!(import.notes, []);
    let titles: Vec<_> = import.draft.rounds.iter().map(|round| (&*round.title, round.questions.len())).collect();
    assert_eq!(titles, [("Warm-up", 4), ("Finale", 1)]);
    let answers = answers(&import);
    assert_eq!((right(&answers[0]), right(&answers[1])), (vec!["Jupiter"], vec!["2", "11"]));
    assert!(matches!(answers[0], Answer::OneChoice { .. }) && matches!(answers[1], Answer::SeveralChoices { .. }));
    assert_eq!(answers[2], Answer::ShortText { accepted: vec!["Lima".into(), "Ciudad de Lima".into()] });
    assert_eq!(answers[3], Answer::Number { value: Some(330.0), tolerance: 5.0, unit: "m".into() });
    assert_eq!(answers[4], Answer::LongText { criterion: "Is it funny?".into() });
    assert!(import.draft.faults().is_empty());
}

#[test]
fn columns_are_found_by_what_people_call_them() {
    let german = import("Frage;A;B;C;Richtig;Punkte\nGrößter Planet?;Mars;Jupiter;;b;20\nWie hoch?;;;;3,5;x\n");
    assert_eq!((right(&answers(&german)[0]), german.draft.rounds[0].questions[0].points), (vec!["Jupiter"], 20));
    assert_eq!(answers(&german)[1], Answer::Number { value: Some(3.5), tolerance: 0.0, unit: String::new() });
    assert_eq!(german.notes[0].remark, Remark::Repaired(Repair::Points(10)));
    let wrong =
        import("category,question,correct_answer,incorrect_answer_1,incorrect_answer_2\nArt,Who?,Monet,Manet,Dali\n");
    assert_eq!(answers(&wrong)[0].texts().collect::<Vec<_>>(), ["Dali", "Manet", "Monet"]);
    assert_eq!(right(&answers(&wrong)[0]), ["Monet"]);
    let listed = import("Question\tOptions\tCorrect answers\nPrimes?\t2|9|11\t2|11\nColour?\tred, green\tGreen\n");
    assert_eq!(right(&answers(&listed)[0]), ["2", "11"]);
    assert_eq!(right(&answers(&listed)[1]), ["green"]);
}

#[test]
fn quotes_lines_and_signs_are_texts() {
    let import = import(
        "A quiz for tonight\n\nquestion,answer\n\"Two\nlines, one \"\"cell\"\"\",x\n=HYPERLINK(\"http://evil\"),'=1+1\nNo answer?,\n,\nTrue?,TRUE\n",
    );
    let prompts: Vec<_> = import.draft.questions().map(|(_, question)| &*question.prompt).collect();
    assert_eq!(prompts, ["Two\nlines, one \"cell\"", "=HYPERLINK(\"http://evil\")", "True?"]);
    assert_eq!(answers(&import)[1], Answer::ShortText { accepted: vec!["=1+1".into()] });
    assert_eq!(answers(&import)[2].options(), [Choice::new("True", true), Choice::new("False", false)]);
    let notes: Vec<_> = import.notes.iter().map(|note| (note.line, note.remark.clone())).collect();
    assert_eq!(notes, [(Some(7), Remark::LeftOut(Reason::NoAnswer))]);
}

#[test]
fn what_cannot_be_is_left_out() {
    let import = import(
        "question,type,a,b,right\nQ,ordering,x,y,a\nQ,choice,x,y,z\nQ,choice,x,y,c\nQ,choice,,,a\nQ,number,,,many\n",
    );
    let reasons: Vec<_> = import.notes.iter().map(|note| note.remark.clone()).collect();
    use crate::fault::FaultKind::TooFewOptions;
    let out = Remark::LeftOut;
    assert_eq!(
        reasons,
        [
            out(Reason::Kind("ordering".into())),
            out(Reason::RightNotAmongOptions),
            out(Reason::RightNotAmongOptions),
            out(Reason::Fault(TooFewOptions)),
            out(Reason::NotUnderstood)
        ]
    );
}

#[test]
fn spreadsheets_are_read_by_column_names_too() {
    let bytes =
        workbook(&[(1, &["My quiz"]), (3, &["Question", "Answer", "Points"]), (4, &["Six times seven?", "42", "15"])]);
    let (format, import) = read("a.xlsx", &bytes).unwrap();
    assert_eq!((format, import.draft.len()), ("table", 1));
    assert_eq!(answers(&import)[0], Answer::Number { value: Some(42.0), tolerance: 0.0, unit: String::new() });
    let (bytes, no_head) = (workbook(&[(1, &["a", "b"])]), "no row names its columns");
    assert!(read("a.xlsx", &bytes).unwrap_err().to_string().contains(no_head));
}

#[test]
fn many_rows_take_no_time() {
    let rows = "What?,yes,no,a\n".repeat(20_000);
    let import = import(&format!("question,a,b,right\n{rows}"));
    assert_eq!(import.draft.len(), protocol::limits::IMPORT_QUESTIONS);
}

#[test]
fn numbers_are_read_as_the_file_writes_them() {
    let values = |text: &str| {
        let value = |answer: &Answer| {
            if let Answer::Number { value, tolerance, .. } = answer { (*value, *tolerance) } else { (None, 0.0) }
        };
        answers(&import(text)).iter().map(value).collect::<Vec<_>>()
    };
    let by_point = values("question,answer,tolerance\nHow many?,\"1,500\",\nHow far?,2.5 ± 0.5,\nHow high?,330,5\n");
    assert_eq!(by_point, [(Some(1_500.0), 0.0), (Some(2.5), 0.5), (Some(330.0), 5.0)]);
    let by_comma = values("question;answer;tolerance\nHow many?;1,500;\nHow far?;1.234,5;0,5\n");
    assert_eq!(by_comma, [(Some(1.5), 0.0), (Some(1_234.5), 0.5)]);
}

#[test]
fn our_own_tables_are_plain_and_others_may_be_html() {
    let ours = import("round,kind,question,right answer\n,short text,<b> is? &amp;,x\n");
    let other = import("question,right answer\n<b>Who</b>? &amp;,x\n");
    let prompt = |import: &Import| import.draft.rounds[0].questions[0].prompt.clone();
    assert_eq!((prompt(&ours), ours.notes.len()), ("<b> is? &amp;".into(), 0));
    assert_eq!((prompt(&other), other.notes.len()), ("Who? &".into(), 2));
}

#[test]
fn headings_are_a_surer_sign_than_what_stands_below() {
    let table = "question,answer\n::One {=x},y\n\"Which?\nA. x\nB. y\nANSWER: B\",z\n#Q who,w\n^ it,v\n";
    assert_eq!(import(table).draft.len(), 4);
    let (format, _) = read("a.gift", b"// question, answer\n\n::One::Who? {=x}\n").unwrap();
    assert_eq!(format, "GIFT");
}

#[test]
fn rows_have_the_numbers_of_their_lines() {
    let import = import("question,answer\n\n\n\"a\nb\",\n\nragged\nq,x,more,than,heads\n");
    assert_eq!(import.notes.iter().filter_map(|note| note.line).collect::<Vec<_>>(), [4, 7]);
    assert_eq!(import.draft.len(), 1);
}

#[test]
fn names_long_texts_and_signs_of_any_script_are_texts() {
    let text = format!(
        "question,a,b,c,right,image\n{},שלום,👩🏽‍🚀,👩🏽‍🚀,a,../../x\n\u{0}Q\u{202e},=1,@2,-3,@2,\n",
        "x".repeat(10_000)
    );
    let (_, import) = read("../../evil.csv", text.as_bytes()).unwrap();
    assert_eq!((&*import.draft.title, import.draft.len(), import.media.len()), ("evil", 2, 0));
    let repairs: Vec<_> = import.notes.iter().map(|note| note.remark.clone()).collect();
    let repaired = Remark::Repaired;
    assert_eq!(
        repairs,
        [
            repaired(Repair::MediaDropped("../../x".into())),
            repaired(Repair::Shortened("the question")),
            repaired(Repair::DuplicateOptions),
            repaired(Repair::ControlCharacters),
        ]
    );
    assert_eq!(right(&answers(&import)[1]), ["@2"]);
}

#[test]
fn very_many_options_take_no_time() {
    let (options, right) = ("a|".repeat(100_000), "b|".repeat(100_000));
    let import = import(&format!("question,options,right\nWhich?,{options}b,{right}b\nFine?,a|b,b\n"));
    assert_eq!((import.draft.len(), import.left_out_count()), (1, 1));
}
