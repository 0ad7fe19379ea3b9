use super::*;
use protocol::answer::Content;

fn marked(key: AnswerKey, content: Content) -> (Cents, Reason) {
    by_key(&key, &Answer { content, ..Answer::default() }, 1_000)
}

fn text(text: &str) -> Content {
    Content { text: text.into(), ..Content::default() }
}

fn ticks(options: &[u8]) -> Content {
    let mut content = Content::default();
    options.iter().for_each(|option| content.choices.set(*option, true));
    content
}

#[test]
fn short_text_ignores_case_accents_punctuation_and_an_article() {
    let key = || AnswerKey::ShortText { accepted: vec!["São Tomé".into(), "42".into()] };
    for right in ["sao tome", " The SÃO-TOMÉ! ", "42."] {
        assert_eq!(marked(key(), text(right)).0, 1_000, "{right}");
    }
    for wrong in ["sao", "the", "4 3"] {
        assert_eq!(marked(key(), text(wrong)).0, 0, "{wrong}");
    }
}

#[test]
fn numbers_are_read_as_people_type_them() {
    let cases = [
        ("42", 42.0),
        ("42 km", 42.0),
        ("about 42", 42.0),
        ("1,234", 1_234.0),
        ("11 000", 11_000.0),
        ("1.234.567", 1_234_567.0),
        ("1,234.5", 1_234.5),
        ("1.234,5", 1_234.5),
        ("3,5", 3.5),
        ("0.125", 0.125),
        ("0,125", 0.125),
        ("-7", -7.0),
        ("−7", -7.0),
        (".5", 0.5),
        ("1'000", 1_000.0),
    ];
    for (typed, value) in cases {
        assert_eq!(number(typed), Some(value), "{typed}");
    }
    for typed in ["", "many", "--", "1-2", ".,"] {
        assert_eq!(number(typed), None, "{typed}");
    }
}

#[test]
fn a_number_within_the_tolerance_counts_and_the_reason_says_how_far_off() {
    let key = || AnswerKey::Number { value: 206.0, tolerance: 4.0, unit: String::new() };
    assert_eq!(marked(key(), text("206")), (1_000, Reason::Exact));
    assert_eq!(marked(key(), text("210")), (1_000, Reason::CloseEnough));
    assert_eq!(marked(key(), text("211")), (0, Reason::OffBy { hundredths: 500 }));
    assert_eq!(marked(key(), text("lots")), (0, Reason::NotANumber));
}

#[test]
fn several_choices_share_the_points_and_wrong_ticks_cost() {
    let key = || AnswerKey::SeveralChoices { options: vec![String::new(); 6], right: vec![0, 2, 4] };
    let ticked = |hits, wrong| Reason::Ticks { hits, of: 3, wrong };
    assert_eq!(marked(key(), ticks(&[0, 2, 4])), (1_000, ticked(3, 0)));
    assert_eq!(marked(key(), ticks(&[0, 2])), (666, ticked(2, 0)));
    assert_eq!(marked(key(), ticks(&[0, 2, 1])), (333, ticked(2, 1)));
    assert_eq!(marked(key(), ticks(&[1, 3])).0, 0);
}

#[test]
fn emoji_are_an_answer_and_symbols_are_told_apart() {
    let key = || AnswerKey::ShortText { accepted: vec!["C#".into(), "🚢🧊💔".into(), "+".into()] };
    for right in ["c#", "🚢🧊💔", " + "] {
        assert_eq!(marked(key(), text(right)).0, 1_000, "{right}");
    }
    for wrong in ["C++", "C", "-", "🚢", "?"] {
        assert_eq!(marked(key(), text(wrong)).0, 0, "{wrong}");
    }
}

#[test]
fn all_options_ticked_are_not_the_one() {
    let key = || AnswerKey::OneChoice { options: vec!["x".into(), "y".into()], right: 1 };
    assert_eq!(marked(key(), ticks(&[1])).0, 1_000);
    assert_eq!(marked(key(), ticks(&[0, 1])).0, 0);
}
