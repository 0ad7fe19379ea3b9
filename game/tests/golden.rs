//! The journal's format is pinned: facts only grow by addition, so that every evening ever played can be read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use game::event::Deal;
use game::quiz::Quiz;
use game::{Cause, Event, Fact, Game};
use protocol::answer::Change;
use protocol::ids::{QuestionId, Slot, TeamId, WriterId};
use protocol::text::Splice;
use std::collections::BTreeMap;

const GOLDEN: &[u8] = include_bytes!("golden/facts-1.msgpack");
const ADDED: &[u8] = include_bytes!("golden/facts-2.msgpack");
const REVEALS: &[u8] = include_bytes!("golden/facts-3.msgpack");
const INSTANTS: &[u8] = include_bytes!("golden/facts-4.msgpack");
const EXPLICIT: &[u8] = include_bytes!("golden/facts-5.msgpack");

/// One of each kind.
fn facts() -> Vec<Fact> {
    let quiz = serde_json::from_str(
        r#"{ "title": "Golden", "rounds": [ { "title": "One", "intro": "i", "questions": [
            { "prompt": "l", "answer": { "kind": "long_text", "criterion": "c" } },
            { "prompt": "s", "points": 5, "seconds": 20, "explanation": "e", "host_note": "h",
              "picture": { "file": "f", "description": "d" }, "answer": { "kind": "short_text", "accepted": ["a"] } },
            { "prompt": "o", "answer": { "kind": "one_choice", "options": ["x", "y"], "right": 1 } },
            { "prompt": "m", "answer": { "kind": "several_choices", "options": ["x", "y"], "right": [0, 1] } },
            { "prompt": "n", "answer": { "kind": "number", "value": 1.5, "tolerance": 0.5, "unit": "u" } } ] } ] }"#,
    )
    .unwrap();
    let (team, question, writer) = (TeamId(1), QuestionId(0), WriterId(u64::MAX));
    let splice = Change::Splice(Splice { at: 0, delete: 1, insert: "é👩".into() });
    let sheets = BTreeMap::from([(TeamId(2), vec![Deal { question, author: team }])]);
    let (round, slot, stars, number, made_ms) = (0, Slot(0), 4, 2, 1_002);
    let events = vec![
        Event::Created { quiz, media: BTreeMap::from([("f".into(), "/media/0".into())]), rules: 0 },
        Event::TeamAdded { team },
        Event::Armed { question, reveal_ms: 1_000 },
        Event::Opened { question, reveal_ms: 1_000, deadline_ms: 2_000 },
        Event::Edited { team, question, writer, number: 1, made_ms, changes: vec![splice.clone()] },
        Event::EditedLate {
            team,
            question,
            writer,
            number,
            made_ms,
            changes: vec![Change::Pick { option: 1 }],
            base: None,
            on_late: false,
            grace_ms: None,
        },
        Event::Edited {
            team,
            question,
            writer,
            number: 3,
            made_ms,
            changes: vec![Change::Tick { option: 0, on: true }],
        },
        Event::Paused { at_ms: 1_003 },
        Event::Rescheduled { from_ms: 1_001, deadline_ms: 2_001 },
        Event::Ended { at_ms: 1_500 },
        Event::Closed,
        Event::Withdrawn,
        Event::SolutionShown,
        Event::RatingStarted { round, from_ms: 1, deadline_ms: 2, sheets },
        Event::Rated { team: TeamId(2), round, slot, stars, writer, number, made_ms },
        Event::RatedLate { team: TeamId(2), round, slot, stars, writer, number, made_ms },
        Event::MarkSet { team, question, cents: Some(250) },
        Event::MarkSet { team, question, cents: None },
        Event::ScoresShown,
        Event::RoundStarted { round },
        Event::Finished,
        Event::TakenBack,
    ];
    events.into_iter().zip(1..).map(|(event, at_ms)| Fact { at_ms, event }).collect()
}

/// What was added since.
fn added() -> Vec<Fact> {
    let (team, question, writer) = (TeamId(1), QuestionId(0), WriterId(7));
    let changes = vec![Change::Pick { option: 1 }];
    let late = |number, on_late| Event::EditedLate {
        team,
        question,
        writer,
        number,
        made_ms: 3_000,
        changes: changes.clone(),
        base: Some(2),
        on_late,
        grace_ms: None,
    };
    let amended = |cause| Event::Amended { team, question, changes: changes.clone(), cause };
    let events = vec![
        late(1, false),
        late(2, true),
        amended(Cause::TooLong),
        amended(Cause::Version),
        amended(Cause::Late),
        Event::LateSettled { question, accepted: true, team: None },
    ];
    events.into_iter().zip(1..).map(|(event, at_ms)| Fact { at_ms, event }).collect()
}

/// What sealed questions and fair deadlines added.
fn reveals() -> Vec<Fact> {
    let (team, question) = (TeamId(1), QuestionId(0));
    let events = vec![
        Event::Sealed { question },
        Event::Displayed { question, team: Some(team), after_us: 12_345, error_us: 600, coarse: false },
        Event::Displayed { question, team: None, after_us: 0, error_us: 1, coarse: false },
        Event::EditedLate {
            team,
            question,
            writer: WriterId(7),
            number: 3,
            made_ms: 3_000,
            changes: vec![Change::Pick { option: 1 }],
            base: None,
            on_late: false,
            grace_ms: Some(290),
        },
    ];
    events.into_iter().zip(1..).map(|(event, at_ms)| Fact { at_ms, event }).collect()
}

/// What instants of withdrawals, rounds without rating and late edits by team added.
fn instants() -> Vec<Fact> {
    let events = vec![
        Event::WithdrawnAt { at_ms: 1_234 },
        Event::RatingSkipped { round: 1 },
        Event::LateSettled { question: QuestionId(0), accepted: false, team: Some(TeamId(1)) },
    ];
    events.into_iter().zip(1..).map(|(event, at_ms)| Fact { at_ms, event }).collect()
}

/// What the version of the rules, an order of play of its own, points below none and frozen marks added.
fn explicit() -> Vec<Fact> {
    let (team, question) = (TeamId(1), QuestionId(1));
    let marks = BTreeMap::from([(question, BTreeMap::from([(team, Some(-250)), (TeamId(2), None)]))]);
    let events = vec![
        Event::Created { quiz: Quiz { title: "Golden".into(), rounds: Vec::new() }, media: BTreeMap::new(), rules: 1 },
        Event::Ordered { order: vec![QuestionId(1), QuestionId(0)] },
        Event::MarkSet { team, question, cents: Some(-250) },
        Event::MarksFrozen { rules: 1, marks },
    ];
    events.into_iter().zip(1..).map(|(event, at_ms)| Fact { at_ms, event }).collect()
}

#[test]
fn facts_that_say_what_was_implied_are_read_and_written_the_same() {
    assert_eq!(rmp_serde::from_slice::<Vec<Fact>>(EXPLICIT).unwrap(), explicit());
    assert_eq!(rmp_serde::to_vec_named(&explicit()).unwrap(), EXPLICIT);
}

#[test]
fn facts_with_instants_are_read_and_written_the_same() {
    assert_eq!(rmp_serde::from_slice::<Vec<Fact>>(INSTANTS).unwrap(), instants());
    assert_eq!(rmp_serde::to_vec_named(&instants()).unwrap(), INSTANTS);
}

#[test]
fn facts_of_reveals_are_read_and_written_the_same() {
    assert_eq!(rmp_serde::from_slice::<Vec<Fact>>(REVEALS).unwrap(), reveals());
    assert_eq!(rmp_serde::to_vec_named(&reveals()).unwrap(), REVEALS);
}

#[test]
fn facts_that_were_added_are_read_and_written_the_same() {
    assert_eq!(rmp_serde::from_slice::<Vec<Fact>>(ADDED).unwrap(), added());
    assert_eq!(rmp_serde::to_vec_named(&added()).unwrap(), ADDED);
}

#[test]
fn facts_written_by_the_first_version_are_read_and_written_the_same() {
    let read: Vec<Fact> = rmp_serde::from_slice(GOLDEN).unwrap();
    assert_eq!(read, facts());
    assert_eq!(rmp_serde::to_vec_named(&facts()).unwrap(), GOLDEN);
}

#[test]
fn any_order_of_facts_can_be_replayed() {
    let facts = [facts(), added(), reveals(), instants()].concat();
    for turn in 0..facts.len() {
        let mut facts = facts.clone();
        facts.rotate_left(turn);
        assert_eq!(Game::replay(&facts).seq(), facts.len() as u64);
    }
}
