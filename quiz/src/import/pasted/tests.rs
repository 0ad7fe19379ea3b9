use super::super::{Remark, read};
use super::*;
use crate::draft::{Answer, Question};

fn import(text: &str) -> Import {
    let (format, import) = read("notes.txt", text.as_bytes()).unwrap();
    assert_eq!(format, "text");
    import
}

fn questions(text: &str) -> Vec<Question> {
    let import = import(text);
    assert_eq!(import.left_out_count(), 0, "{:?}", import.notes);
    import.draft.questions().map(|(_, question)| question.clone()).collect()
}

fn right(question: &Question) -> Vec<&str> {
    question.answer.options().iter().filter(|option| option.right).map(|option| &*option.text).collect()
}

#[test]
fn right_options_are_marked_in_many_ways() {
    for marked in [
        "a) Mars\n*b) Jupiter\nc) Venus",
        "a) Mars\nb) *Jupiter\nc) Venus",
        "a) Mars\nb) Jupiter*\nc) Venus",
        "A. Mars\nB. Jupiter (correct)\nC. Venus",
        "(a) Mars\n(b) Jupiter ✓\n(c) Venus",
        "a) Mars\n**b) Jupiter**\nc) Venus",
        "a) Mars\nb) **Jupiter**\nc) Venus",
        "a) Mars\n<b>b) Jupiter</b>\nc) Venus",
        "- Mars\n- Jupiter [x]\n- Venus",
        "[ ] Mars\n[x] Jupiter\n[ ] Venus",
        "a) Mars\nb) Jupiter\nc) Venus\nAnswer: B",
        "a) Mars\nb) Jupiter\nc) Venus\nCorrect answer: b) Jupiter",
        "a) Mars\nb) Jupiter\nc) Venus\nAns: Jupiter",
        "A. Mars\nB. Jupiter\nC. Venus\n\nAntwort: (b)",
        "• Mars\n• Jupiter\n• Venus\nAnswer: b",
        "* Mars\n* **Jupiter**\n* Venus",
        "- Mars\n* Jupiter\n- Venus",
        "* Mars\n* Jupiter\n* Venus\nAnswer: Jupiter",
        "a) Mars   b) Jupiter   c) Venus\nAnswer: b",
        "A. Mars *B. Jupiter C. Venus",
        "(a) Mars (b) Jupiter ✓ (c) Venus",
        "a) Mars\nb) Jupiter\nc) Venus\nThe correct answer is B.",
    ] {
        for start in [
            "1. Which planet is the largest?\n",
            "Q1: Which planet is the largest?\n",
            "Which planet is the largest?\n\n",
        ] {
            let found = questions(&format!("{start}{marked}\n"));
            assert_eq!(found.len(), 1, "{start}{marked}");
            assert_eq!(found[0].prompt, "Which planet is the largest?");
            assert_eq!(right(&found[0]), ["Jupiter"], "{start}{marked}");
            assert_eq!(found[0].answer.options().len(), 3, "{marked}");
        }
    }
}

#[test]
fn several_right_ones_and_answers_without_options() {
    let found = questions(
        "1) Which are primes?\na) 2\nb) 9\nc) 11\nAnswer: A, C\n\n2) Capital of Peru?\nAnswer: Lima / Ciudad de Lima\n\n3) Six times seven?\nA: 42\n\n4) True or false: water is wet?\nAnswer: True\n5) Longest river? (Nile)\n6) Highest mountain? – Everest\n",
    );
    assert_eq!(right(&found[0]), ["2", "11"]);
    assert_eq!(found[1].answer, Answer::ShortText { accepted: vec!["Lima".into(), "Ciudad de Lima".into()] });
    assert_eq!(found[2].answer, Answer::Number { value: Some(42.0), tolerance: 0.0, unit: String::new() });
    assert_eq!(right(&found[3]), ["True"]);
    assert_eq!(found[4].answer, Answer::ShortText { accepted: vec!["Nile".into()] });
    assert_eq!((&*found[5].prompt, found.len()), ("Highest mountain?", 6));
}

#[test]
fn questions_stand_below_their_numbers_and_answers_behind_questions() {
    let found = questions(
        "Question 1\nWhat colour is grass?\nA) Blue\nB) Green\nCorrect Answer: B\n\nQuestion 2\nFastest animal? Answer: Cheetah\n\nFirst president? [George Washington]\nWho sang it? - AC/DC\nWhat do children say?\nA: Trick or treat\nHow many?\nA: 1,500\nHow far?\nA: 3,5\n",
    );
    assert_eq!(right(&found[0]), ["Green"]);
    let accepted: Vec<_> = found[1..5].iter().map(|question| question.answer.texts().collect::<Vec<_>>()).collect();
    assert_eq!(
        accepted,
        [vec!["Cheetah"], vec!["George Washington"], vec!["AC/DC"], vec!["Trick or treat", "Trick", "treat"]]
    );
    let numbers: Vec<_> = found[5..].iter().map(|question| question.answer.clone()).collect();
    let number = |value| Answer::Number { value: Some(value), tolerance: 0.0, unit: String::new() };
    assert_eq!(numbers, [number(1_500.0), number(3.5)]);
}

#[test]
fn stars_before_all_options_mark_none() {
    let import = import("1. Fine?\na) x\n*b) y\n\n2. Which?\n* Oxygen\n* Helium\n");
    assert_eq!(import.notes[0].remark, Remark::LeftOut(Reason::NoAnswer));
    assert_eq!(import.draft.len(), 1);
}

#[test]
fn long_texts_take_no_time() {
    let fine = "1. Fine?\na) x\n*b) y\n\n";
    for hostile in [
        format!("2. Many?\n{}Answer: z\n", "a) x\n".repeat(20_000)),
        format!("2. Behind?\n{}", "a) x b) ".repeat(20_000)),
        format!("2. {}", "What? ".repeat(20_000)),
        format!("Answers: {}", "1. ".repeat(20_000)),
        "\u{202e}\u{2066}🦉 *\n".repeat(20_000),
    ] {
        assert_eq!(
            import(&format!("{fine}{hostile}")).draft.questions().next().map(|(_, it)| right(it).len()),
            Some(1)
        );
    }
}

#[test]
fn a_list_of_answers_at_the_end() {
    for list in ["Answers: 1. B 2. Paris", "Answer key\n1) b\n2) Paris\n", "## Solutions\n1-B, 2-Paris"] {
        let found = questions(&format!("1. Largest?\na) Mars\nb) Jupiter\n\n2. Capital of France?\n\n{list}"));
        assert_eq!(right(&found[0]), ["Jupiter"], "{list}");
        assert_eq!(found[1].answer, Answer::ShortText { accepted: vec!["Paris".into()] });
    }
}

#[test]
fn headings_are_rounds_and_reasons_are_kept() {
    let import = import(
        "# Music\n1. Who?\nAnswer: Bach\nExplanation: He did.\n\nRound 2: The Arts\n2. Which\nof them?\nAnswer: x\n\n== Last ==\n3. Why?\nAnswer: y",
    );
    let titles: Vec<_> = import.draft.rounds.iter().map(|round| &*round.title).collect();
    assert_eq!(titles, ["Music", "The Arts", "Last"]);
    assert_eq!(import.draft.rounds[0].questions[0].explanation, "He did.");
    assert_eq!(import.draft.rounds[1].questions[0].prompt, "Which\nof them?");
}

#[test]
fn lines_that_are_not_understood_are_named() {
    let import = import(
        "Hello everybody\n\n1. Fine?\na) x\n*b) y\n\nBring your own pens.\n2. No answer?\na) x\nb) y\n3. Wrong?\na) x\nAnswer: q",
    );
    let notes: Vec<_> = import.notes.iter().map(|note| (note.line, note.remark.clone())).collect();
    let out = |reason| Remark::LeftOut(reason);
    assert_eq!(
        notes,
        [
            (Some(1), out(Reason::NotUnderstood)),
            (Some(7), out(Reason::NotUnderstood)),
            (Some(8), out(Reason::NoAnswer)),
            (Some(11), out(Reason::RightNotAmongOptions)),
        ]
    );
}

#[test]
fn what_is_no_quiz_is_not_read() {
    for text in ["Dear all,\nsee you tomorrow.", "a,b\n1,2\n", "is this all?"] {
        assert_eq!(read("notes.txt", text.as_bytes()).unwrap_err(), Unreadable::Unknown, "{text}");
    }
}
