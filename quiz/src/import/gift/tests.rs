use super::super::{Remark, read};
use super::*;
use crate::fault::FaultKind;

fn import(text: &str) -> Import {
    let (format, import) = read("a.gift", text.as_bytes()).unwrap();
    assert_eq!(format, "GIFT");
    import
}

/// The only question of a file, and the repairs that it took.
fn one(text: &str) -> (Question, Vec<Repair>) {
    let import = import(text);
    assert_eq!(import.draft.len(), 1, "{:?}", import.notes);
    let repairs = import.notes.into_iter().map(|note| match note.remark {
        Remark::Repaired(repair) => repair,
        Remark::LeftOut(reason) => panic!("{reason:?}"),
    });
    (import.draft.rounds[0].questions[0].clone(), repairs.collect())
}

fn left_out(text: &str) -> (Option<u32>, Reason) {
    let import = import(text);
    match &import.notes[..] {
        [note] => match &note.remark {
            Remark::LeftOut(reason) if import.draft.is_empty() => (note.line, reason.clone()),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn options(answer: &Answer) -> Vec<(&str, bool)> {
    answer.options().iter().map(|option| (&*option.text, option.right)).collect()
}

fn accepted(texts: &[&str]) -> Answer {
    Answer::ShortText { accepted: texts.iter().map(|text| (*text).to_owned()).collect() }
}

fn number(value: f64, tolerance: f64) -> Answer {
    Answer::Number { value: Some(value), tolerance, unit: String::new() }
}

#[test]
fn one_choice() {
    let (question, repairs) = one("// c\n::Q1:: Who's buried in Grant's tomb?{=Grant ~no one #Right!\n~Napoleon}\n");
    assert_eq!(question.prompt, "Who's buried in Grant's tomb?");
    assert!(matches!(question.answer, Answer::OneChoice { .. }));
    assert_eq!(options(&question.answer), [("Grant", true), ("no one", false), ("Napoleon", false)]);
    assert_eq!(repairs, [Repair::Feedback]);
    let (question, repairs) = one("Which?{~%50%half =whole ~%-100%none}");
    assert_eq!(options(&question.answer), [("half", false), ("whole", true), ("none", false)]);
    assert_eq!(repairs, [Repair::PartialCredit]);
    let (question, repairs) = one("Which?{=%100%a ~b ~%-50%c}");
    assert_eq!(options(&question.answer), [("a", true), ("b", false), ("c", false)]);
    assert_eq!(repairs, []);
}

#[test]
fn several_choices() {
    let (question, repairs) = one("Who?{ ~%-100%No one ~%50%Grant ~%50%Grant's wife ~%-100%Grant's father }");
    assert!(matches!(question.answer, Answer::SeveralChoices { .. }));
    assert_eq!(options(&question.answer)[1..3], [("Grant", true), ("Grant's wife", true)]);
    assert_eq!(repairs, []);
    let thirds = one("Who?{~%33.33333%a ~%33.33333%b ~%33.33334%c ~%-100%d}");
    assert_eq!((options(&thirds.0.answer)[2], thirds.1), (("c", true), vec![]));
    let (question, repairs) = one("Which?{~%100%a ~b}");
    assert!(matches!(question.answer, Answer::SeveralChoices { .. }), "no answer is right by itself");
    assert_eq!(repairs, []);
    assert_eq!(one("Who?{~%70%a ~%30%b ~c}").1, [Repair::PartialCredit]);
    let (question, repairs) = one("Both?{=a =b ~c}");
    assert_eq!(options(&question.answer), [("a", true), ("b", true), ("c", false)]);
    assert_eq!(repairs, [Repair::Nearest("several choices")]);
}

#[test]
fn true_or_false() {
    for (text, right, repairs) in [
        ("Sun rises in the east.{T}", true, vec![]),
        ("Q{FALSE#No, it was not.#Yes}", false, vec![Repair::Feedback]),
        ("Q{ true }", true, vec![]),
        ("Q{F####General}", false, vec![]),
    ] {
        let (question, found) = one(text);
        assert_eq!(options(&question.answer), [("True", right), ("False", !right)]);
        assert_eq!(found, repairs);
    }
}

#[test]
fn short_texts() {
    assert_eq!(one("Two plus two equals {=four =4}.").0.answer, accepted(&["four", "4"]));
    let (question, repairs) = one("Who?{=Ulysses S. Grant =%50%Grant}");
    assert_eq!((question.answer, repairs), (accepted(&["Ulysses S. Grant"]), vec![Repair::PartialCredit]));
    let (question, repairs) = one("Who?{=*Grant*}");
    assert_eq!((question.answer, repairs), (accepted(&["Grant"]), vec![Repair::Wildcard]));
}

#[test]
fn numbers() {
    assert_eq!(one("How fast?{#9.81:0.005}").0.answer, number(9.81, 0.005));
    assert_eq!(one("One to five?{#1..5}").0.answer, number(3.0, 2.0));
    assert_eq!(one("Below?{#-2}").0.answer, number(-2.0, 0.0));
    let (question, repairs) = one("When?{#\n=1822:0\n=%50%1822:2 # half\n~#no}");
    assert_eq!((question.answer, repairs), (number(1822.0, 0.0), vec![Repair::Feedback, Repair::BestAnswer]));
    assert_eq!(left_out("Q{#abc}"), (Some(1), Reason::NotUnderstood));
}

#[test]
fn essays_missing_words_and_feedback() {
    let (question, _) = one("Write about it. {####For the end.}");
    assert_eq!(question.answer, Answer::LongText { criterion: String::new() });
    assert_eq!(question.explanation, "For the end.");
    assert_eq!(one("Moodle costs {~lots =nothing ~little} to download.").0.prompt, "Moodle costs _____ to download.");
    assert_eq!(one("::Only a name::{T}").0.prompt, "Only a name");
}

#[test]
fn what_we_do_not_have_is_left_out() {
    assert_eq!(left_out("Match.{\n=Canada -> Ottawa\n=Italy -> Rome\n}"), (Some(1), Reason::Kind("matching".into())));
    assert_eq!(left_out("\n::T::Just some instructions.\n"), (Some(2), Reason::NoAnswer));
    assert_eq!(left_out("Q{~a ~b}"), (Some(1), Reason::Fault(FaultKind::NoSolution)));
    assert_eq!(left_out("Q{what is this}"), (Some(1), Reason::NotUnderstood));
}

#[test]
fn escaped_signs_mean_themselves() {
    let (question, _) = one(r"::A\::B::Which is \{right\}\: 2\+2\=?{= 4 \= 2\+2 ~ \~5 ~ C\# ~ line\nbreak}");
    assert_eq!(question.prompt, r"Which is {right}: 2\+2=?");
    let texts: Vec<_> = question.answer.texts().collect();
    assert_eq!(texts, [r"4 = 2\+2", "~5", "C#", "line\nbreak"]);
}

#[test]
fn formats_are_cleaned() {
    let (question, repairs) = one("[html]<p>What is <b>this</b> &amp; that?</p>{=[plain]x ~<i>y</i>}");
    assert_eq!(question.prompt, "What is this & that?");
    assert_eq!(question.answer.texts().collect::<Vec<_>>(), ["x", "y"]);
    assert!(repairs.contains(&Repair::Markup) && repairs.contains(&Repair::Entities));
}

#[test]
fn categories_are_rounds_and_comments_have_tags() {
    let import = import(
        "$CATEGORY: $course$/top/Science/Read//Write\n\n// [id:x] [tag:easy] [tag:two words]\nQ1{T}\n\n$CATEGORY: Empty\n$CATEGORY: Art\nQ2{F}\n",
    );
    let titles: Vec<_> = import.draft.rounds.iter().map(|round| (&*round.title, round.questions.len())).collect();
    assert_eq!(titles, [("Read/Write", 1), ("Art", 1)]);
    assert_eq!(import.draft.rounds[0].questions[0].tags, ["easy", "two words"]);
    assert!(import.draft.rounds[1].questions[0].tags.is_empty());
}

#[test]
fn what_is_not_closed_costs_one_question() {
    let import = import("Fine{T}\n\nOpen{=a ~b\n\nAlso fine{F}\n\nEmpty lines{\n=a\n\n~b\n}\n\nLast {=x");
    assert_eq!(import.draft.len(), 3);
    let notes: Vec<_> = import.notes.iter().map(|note| (note.line, note.remark.clone())).collect();
    assert_eq!(notes, [(Some(3), Remark::LeftOut(Reason::Unclosed)), (Some(13), Remark::LeftOut(Reason::Unclosed))]);
}

#[test]
fn questions_without_an_empty_line_between_are_told_apart() {
    let import = import("One{T}\nTwo{F}\n::x::Three{=a ~b}");
    assert_eq!(import.draft.questions().map(|(_, it)| &*it.prompt).collect::<Vec<_>>(), ["One", "Two", "Three"]);
    assert_eq!(import.repaired_count(), 2);
}

#[test]
fn plain_text_is_no_gift() {
    for text in ["Hello, this is a {note}.", "1. What?\na) b\n*c) d", "fn main() { println!() }"] {
        assert!(!Gift.recognises(&Source::new("a.txt", text.as_bytes())), "{text}");
    }
}

#[test]
fn large_and_broken_files_take_no_time() {
    for text in [
        "{".repeat(1_000_000),
        "}{".repeat(20_000),
        "q{\n\n".repeat(10_000),
        "::".repeat(40_000),
        "\\".repeat(20_000),
        "q{\n".to_owned() + &"x\n\n".repeat(20_000),
        "{=".repeat(40_000),
        "{T  ".repeat(20_000),
        "Q{=a}\n//[tag:\n".repeat(10_000),
    ] {
        let _ = read("a.gift", text.as_bytes());
    }
    let many = "What? {=yes ~no}\n\n".repeat(20_000);
    let import = import(&many);
    assert_eq!(import.draft.len(), protocol::limits::IMPORT_QUESTIONS);
    assert_eq!(import.left_out_count(), 20_000 - protocol::limits::IMPORT_QUESTIONS);
}

#[test]
fn plain_texts_mean_what_they_say() {
    let (question, repairs) = one("[plain]Is <b> bold, &amp;?{=<i> #no ~[html]<b>x</b>####<u>}");
    assert_eq!((&*question.prompt, &*question.explanation), ("Is <b> bold, &amp;?", "<u>"));
    assert_eq!(options(&question.answer), [("<i>", true), ("x", false)]);
    assert_eq!(repairs, [Repair::Markup, Repair::Feedback]);
    assert_eq!(one("[markdown]What is *this*?{T}").0.prompt, "What is *this*?");
}

#[test]
fn stars_weights_and_last_feedback() {
    assert_eq!(one(r"Q{=2\*3 =%100%six =%0%five#no}").0.answer, accepted(&["2*3", "six"]));
    let (question, _) = one("Q{=a#####Why}");
    assert_eq!((question.answer, &*question.explanation), (accepted(&["a"]), "Why"));
    assert_eq!(one("Q{#=%nan%1 =2,5:0,5}").0.answer, number(2.5, 0.5));
    assert_eq!(one("Root of three?{#1.732..1.733}").0.answer, number(1.7325, 0.0005));
}

#[test]
fn an_answer_may_have_empty_lines_but_another_question_is_not_in_it() {
    let import = import("Open{=a\n\nNext question\n{=b}\n\nText only\n\nFine{\n\n=c\n\n// note\n}");
    let prompts: Vec<_> = import.draft.questions().map(|(_, question)| &*question.prompt).collect();
    assert_eq!(prompts, ["Next question", "Fine"]);
    let notes: Vec<_> = import.notes.iter().map(|note| (note.line, note.remark.clone())).collect();
    assert_eq!(notes, [(Some(1), Remark::LeftOut(Reason::Unclosed)), (Some(6), Remark::LeftOut(Reason::NoAnswer))]);
}

#[test]
fn tags_belong_to_the_lines_around_them() {
    let import = import("// [tag:no]\n\nA{T}\n// [tag:a\\]] [tag:open\n\n// [tag:b]\nB{T}\n// [tag:c]\nC{F}");
    let tags: Vec<_> = import.draft.questions().map(|(_, question)| question.tags.join(",")).collect();
    assert_eq!(tags, ["a]", "b", "c"]);
}

#[test]
fn answers_in_braces_are_a_sign() {
    for text in
        ["Q {T}", "Q { FALSE # no }", "Q {=a}", "Q{\n~a\n=b}", "Q{#5}", "Q{# -1..2}", "::T::Q{}", "$CATEGORY: x"]
    {
        assert!(Gift.recognises(&Source::new("a.txt", text.as_bytes())), "{text}");
    }
    for text in ["Q {}", "fn f() {}", "{ \"a\": 1 }", "a{#b}", "Q {=a", "{{#if x}}", "Q {THIS}", "{Tea}"] {
        assert!(!Gift.recognises(&Source::new("a.txt", text.as_bytes())), "{text}");
    }
}

#[test]
fn scripts_and_other_writing_are_text() {
    let script = "<script>alert(1)<\\/script>";
    let (question, _) = one(&format!("{script}שלום 🦉\0{{=<img src\\=x onerror\\=y>a ~{script}b####{script}c}}"));
    assert_eq!(question.prompt, format!("{}שלום 🦉", script.replace("<script>", "")));
    assert_eq!(options(&question.answer)[0], ("a", true));
    let long = "x".repeat(10_000);
    let (question, repairs) = one(&format!("::{long}::{{T}}"));
    assert!(question.prompt.len() < 10_000);
    assert_eq!(repairs, [Repair::Shortened("the question")]);
}
