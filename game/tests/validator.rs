//! Whatever a client sends is decided on without a panic, and no answer ever grows beyond what fits.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use game::decide::Arrival;
use game::live::{DeskSelection, LiveState};
use game::score::Scoreboard;
use game::{Event, Fact, Game, decide, history, project, reply};
use proptest::prelude::*;
use protocol::answer::{Change, Edit};
use protocol::client::{Batch, FromDesk, Known, Rating};
use protocol::ids::{QuestionId, Slot, TeamId, WriterId};
use protocol::limits;
use protocol::text::Splice;
use std::collections::BTreeMap;

const TEAM: TeamId = TeamId(1);
const DEADLINE_MS: i64 = 10_000;

fn game() -> Game {
    let quiz = serde_json::from_str(
        r#"{ "title": "T", "rounds": [ { "title": "R", "questions": [
            { "prompt": "s", "answer": { "kind": "short_text", "accepted": ["a"] } },
            { "prompt": "m", "answer": { "kind": "several_choices", "options": ["x", "y"], "right": [0] } } ] } ] }"#,
    );
    let question = QuestionId(0);
    let events = [
        Event::Created { quiz: quiz.unwrap(), media: BTreeMap::new(), rules: 0 },
        Event::TeamAdded { team: TEAM },
        Event::Opened { question, reveal_ms: 0, deadline_ms: DEADLINE_MS },
    ];
    Game::replay(&events.map(|event| Fact { at_ms: 0, event }))
}

/// Mostly small, sometimes as large as can be.
fn number() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 0u64..4, 1 => Just(u64::MAX), 1 => any::<u64>()]
}

fn change() -> impl Strategy<Value = Change> {
    let place = || prop_oneof![6 => 0u32..6, 1 => Just(u32::MAX), 1 => any::<u32>()];
    let text =
        prop_oneof![4 => "[a-c👩א]{0,4}", 1 => Just("x".repeat(limits::SPLICE_CHARS)), 1 => Just("x".repeat(90))];
    prop_oneof![
        6 => (place(), place(), text).prop_map(|(at, delete, insert)| Change::Splice(Splice { at, delete, insert })),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(option, on)| Change::Tick { option, on }),
        1 => any::<u8>().prop_map(|option| Change::Pick { option }),
    ]
}

fn batch() -> impl Strategy<Value = Batch> {
    let at_ms = prop_oneof![6 => 0i64..12_000, 1 => any::<i64>(), 1 => Just(i64::MIN)];
    let edit = (at_ms, prop::collection::vec(change(), 0..3)).prop_map(|(at_ms, changes)| Edit { at_ms, changes });
    let question = prop_oneof![8 => Just(0u16), 1 => Just(1), 1 => any::<u16>()];
    (number(), number(), question, number(), any::<bool>(), prop::collection::vec(edit, 0..4)).prop_map(
        |(writer, first, question, base, on_late, edits)| Batch {
            writer: WriterId(writer),
            first,
            question: QuestionId(question),
            base: base as u32,
            on_late,
            edits,
        },
    )
}

proptest! {
    #[test]
    fn no_batch_panics_and_no_answer_grows_too_long(
        batches in prop::collection::vec((batch(), 0i64..20_000), 1..40),
        stars: u8, slot: u16, round: u16,
    ) {
        let mut game = game();
        let mut facts = Vec::new();
        for (batch, now_ms) in batches {
            let Ok(events) = decide::edits(&game, TEAM, &batch, Arrival { at_ms: now_ms, grace_ms: 500 }) else { continue };
            for event in &events {
                let fact = Fact { at_ms: now_ms, event: event.clone() };
                game.apply(&fact);
                facts.push(fact);
            }
            reply::edited(&game, TEAM, &batch, &events);
            let known = [Known { question: batch.question, revision: batch.base }];
            reply::welcome((&game, &LiveState::default(), &Scoreboard::default()), TEAM, (batch.writer, batch.first), &known);
            prop_assert!(game.document(QuestionId(0), TEAM).content.text.chars().count() <= limits::SHORT_TEXT_CHARS);
        }
        let rating = Rating { writer: WriterId(99), number: 1, at_ms: 0, round, slot: Slot(slot), stars };
        let arrival = Arrival { at_ms: 0, grace_ms: 0 };
        prop_assert!(decide::rate(&game, TEAM, &rating, arrival).is_err());
        // What came too late can be looked at and accepted, whatever it is.
        for event in [Event::Ended { at_ms: DEADLINE_MS }, Event::Closed] {
            game.apply(&Fact { at_ms: DEADLINE_MS, event });
        }
        let selection = DeskSelection { history: Some((TEAM, QuestionId(0))), ..DeskSelection::default() };
        let live = LiveState { selection, ..LiveState::default() };
        history::history(&game, &live.roster, TEAM, QuestionId(0)).unwrap();
        project::desk(&game, &live, &Scoreboard::of(&game, &live.roster));
        let around = decide::Circumstances { now_ms: DEADLINE_MS, seed: 0, present: Default::default(), lead_ms: 0 };
        let accept = FromDesk::SettleLate { question: QuestionId(0), team: None, accept: true };
        for event in decide::desk(&game, &accept, &around).unwrap_or_default() {
            game.apply(&Fact { at_ms: DEADLINE_MS, event });
        }
        prop_assert!(game.document(QuestionId(0), TEAM).content.text.chars().count() <= limits::SHORT_TEXT_CHARS);
    }
}
