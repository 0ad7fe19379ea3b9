use super::*;
use proptest::prelude::*;

fn applied(text: &str, splices: &[Splice]) -> String {
    splices.iter().fold(text.to_owned(), |mut text, splice| {
        assert!(splice.fits(text.chars().count()), "{splice:?} does not fit {text:?}");
        splice.apply(&mut text);
        text
    })
}

/// A text and a sequence of splices that fits it.
fn edits_of(text: String, seeds: Vec<(u32, u32, String)>) -> Vec<Splice> {
    let mut text = text;
    seeds
        .into_iter()
        .map(|(at, delete, insert)| {
            let chars = text.chars().count() as u32;
            let at = at % (chars + 1);
            let splice = Splice { at, delete: delete % (chars - at + 1), insert };
            splice.apply(&mut text);
            splice
        })
        .collect()
}

fn seeds() -> impl Strategy<Value = Vec<(u32, u32, String)>> {
    prop::collection::vec((0u32..40, 0u32..6, "[a-cé👩🏽‍🚀א]{0,3}"), 0..6)
}

#[test]
fn a_splice_replaces_characters_not_bytes() {
    assert_eq!(applied("a👩é", &[Splice { at: 1, delete: 1, insert: "ö".into() }]), "aöé");
}

#[test]
fn text_typed_inside_a_range_that_another_deletes_is_kept() {
    let delete = Splice { at: 1, delete: 4, insert: "X".into() };
    let typed = Splice { at: 3, delete: 0, insert: "new".into() };
    let (ours, theirs) = transform(std::slice::from_ref(&delete), std::slice::from_ref(&typed));
    assert_eq!(applied("abcdef", &[vec![typed], ours].concat()), "aXnewf");
    assert_eq!(applied("abcdef", &[vec![delete], theirs].concat()), "aXnewf");
}

#[test]
fn the_caret_tells_which_of_equal_letters_was_typed() {
    assert_eq!(diff("aa", "aaa", 1), Some(Splice { at: 0, delete: 0, insert: "a".into() }));
    assert_eq!(diff("aa", "aaa", 3), Some(Splice { at: 2, delete: 0, insert: "a".into() }));
}

/// A recursion for each splice would end the process.
#[test]
fn sequences_of_any_length_are_carried_past_each_other() {
    let typed = |letter: &str, count: u32| -> Vec<Splice> {
        (0..count).map(|at| Splice { at, delete: 0, insert: letter.into() }).collect()
    };
    let (one, many) = (typed("a", 1), typed("b", 200_000));
    let (ours, theirs) = transform(&one, &many);
    assert_eq!((ours[0].at, theirs.len()), (200_000, 200_000));
    let (ours, theirs) = transform(&typed("a", 400), &typed("b", 400));
    assert_eq!(applied("", &[typed("b", 400), ours].concat()), applied("", &[typed("a", 400), theirs].concat()));
}

/// Deleting everything while others type all over it splits into as many pieces as they typed, and no more.
#[test]
fn what_is_deleted_around_others_words_goes_in_as_few_pieces_as_can_be() {
    let text = "x".repeat(200);
    let all = vec![Splice { at: 0, delete: 200, insert: String::new() }];
    let typed: Vec<_> = (0..50).map(|n| Splice { at: 4 * n + 2, delete: 0, insert: "y".into() }).collect();
    let deleted: Vec<_> = (0..50).map(|n| Splice { at: 2 * n + 1, delete: 1, insert: String::new() }).collect();
    let (ours, theirs) = transform(&all, &typed);
    assert_eq!((ours.len(), theirs.len()), (51, 50));
    assert_eq!(applied(&text, &[typed, ours].concat()), "y".repeat(50));
    let (ours, theirs) = transform(&all, &deleted);
    assert_eq!((ours.len(), theirs.len()), (1, 0));
}

#[test]
fn a_caret_stays_with_its_neighbours() {
    let splice = Splice { at: 2, delete: 2, insert: "xyz".into() };
    assert_eq!([1, 2, 3, 4, 6].map(|caret| carry_caret(caret, &splice)), [1, 2, 5, 5, 7]);
}

#[test]
fn what_is_put_in_at_once_is_undone_by_itself() {
    let (mut undo, mut text) = (Undo::default(), String::new());
    for (insert, is_pasted) in [("ty", false), ("ped", true), ("on", false)] {
        let splice = Splice { at: text.len() as u32, delete: 0, insert: insert.into() };
        if is_pasted {
            undo.interrupt();
        }
        undo.record(&splice, &text, 1_000);
        if is_pasted {
            undo.interrupt();
        }
        splice.apply(&mut text);
    }
    for left in ["typed", "ty", ""] {
        text = applied(&text, &undo.undo(&text).unwrap());
        assert_eq!(text, left);
    }
}

#[test]
fn a_word_is_undone_at_a_time_and_a_pause_begins_another_step() {
    let (mut undo, mut text) = (Undo::default(), String::new());
    for (letter, at_ms) in "one two".chars().zip((1_000..).step_by(100)) {
        let splice = Splice { at: text.chars().count() as u32, delete: 0, insert: letter.into() };
        undo.record(&splice, &text, at_ms);
        splice.apply(&mut text);
    }
    text = applied(&text, &undo.undo(&text).unwrap());
    assert_eq!(text, "one");
    text = applied(&text, &undo.undo(&text).unwrap());
    assert_eq!((text.as_str(), undo.undo(&text)), ("", None));
    text = applied(&text, &undo.redo(&text).unwrap());
    assert_eq!(text, "one");
    text = applied(&text, &undo.redo(&text).unwrap());
    assert_eq!(text, "one two");
}

proptest! {
    #[test]
    fn three_devices_converge(
        text in "[a-d👩]{0,12}", first in seeds(), second in seeds(), third in seeds(),
    ) {
        let [a, b, c] = [first, second, third].map(|seeds| edits_of(text.clone(), seeds));
        // The server's order is a, b, c; each device had its own first.
        let (b_after_a, a_after_b) = transform(&b, &a);
        let (c_after_a, a_after_c) = transform(&c, &a);
        let (c_last, b_last) = transform(&c_after_a, &b_after_a);
        let on_a = applied(&text, &[a, b_after_a, c_last.clone()].concat());
        let on_b = applied(&text, &[b, a_after_b, c_last].concat());
        let on_c = applied(&text, &[c, a_after_c, b_last].concat());
        prop_assert_eq!(&on_a, &on_b);
        prop_assert_eq!(&on_a, &on_c);
    }

    #[test]
    fn undo_takes_back_what_was_typed_and_leaves_what_others_typed(
        ours in seeds(), theirs in "[x-z]{1,3}", at: prop::sample::Index,
    ) {
        let (mut undo, mut text) = (Undo::default(), "start".to_owned());
        for splice in edits_of(text.clone(), ours) {
            undo.record(&splice, &text, 0);
            splice.apply(&mut text);
        }
        let place = at.index(text.chars().count() + 1) as u32;
        let other = Splice { at: place, delete: 0, insert: theirs.clone() };
        other.apply(&mut text);
        undo.carry(&other);
        let whole = text.clone();
        let mut steps = 0;
        while let Some(unit) = undo.undo(&text) {
            text = applied(&text, &unit);
            steps += 1;
        }
        prop_assert_eq!(text.replace(&theirs, ""), "start");
        prop_assert!(text.contains(&theirs));
        for _ in 0..steps {
            let unit = undo.redo(&text);
            text = applied(&text, &unit.unwrap_or_default());
        }
        prop_assert_eq!(text, whole);
    }

    #[test]
    fn concurrent_sequences_converge(text in "[a-d👩]{0,12}", ours in seeds(), theirs in seeds()) {
        let (ours, theirs) = (edits_of(text.clone(), ours), edits_of(text.clone(), theirs));
        let (ours_after, theirs_after) = transform(&ours, &theirs);
        prop_assert_eq!(
            applied(&text, &[theirs, ours_after].concat()),
            applied(&text, &[ours, theirs_after].concat())
        );
    }

    #[test]
    fn a_difference_gives_the_new_text_back(old in "[ab👩]{0,8}", new in "[ab👩]{0,8}", caret in 0usize..10) {
        let splices: Vec<_> = diff(&old, &new, caret).into_iter().collect();
        prop_assert_eq!(applied(&old, &splices), new);
    }

    #[test]
    fn no_splice_panics(at: u32, delete: u32, insert: String, other_at: u32, other_delete: u32, mut text: String) {
        let splice = Splice { at, delete, insert };
        splice.apply(&mut text);
        carry_caret(other_at, &splice);
        let other = Splice { at: other_at, delete: other_delete, insert: String::new() };
        transform(std::slice::from_ref(&splice), std::slice::from_ref(&other));
        let _ = splice.fits(text.len());
    }
}
