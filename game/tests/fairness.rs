//! The deadline is the same for everybody: a slow line loses nothing by it, and a page that lies about its times wins
//! nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use game::decide::{self, Arrival};
use game::round_trips::{RoundTrips, grace_ms};
use game::{Event, Fact, Game};
use proptest::prelude::*;
use protocol::answer::{Change, Edit};
use protocol::client::Batch;
use protocol::ids::{Millis, QuestionId, TeamId, WriterId};
use protocol::limits;
use protocol::text::Splice;
use std::collections::BTreeMap;

const TEAM: TeamId = TeamId(1);
const QUESTION: QuestionId = QuestionId(0);
const DEADLINE_MS: Millis = 60_000;

fn happen(game: &mut Game, at_ms: Millis, event: Event) {
    game.apply(&Fact { at_ms, event });
}

/// A game whose question is open until [`DEADLINE_MS`].
fn open() -> Game {
    let quiz = serde_json::from_str(
        r#"{ "title": "t", "rounds": [ { "title": "r", "questions": [ { "prompt": "p", "answer": { "kind": "long_text" } } ] } ] }"#,
    );
    let mut game = Game::default();
    for event in [
        Event::Created { quiz: quiz.unwrap(), media: BTreeMap::new(), rules: 0 },
        Event::TeamAdded { team: TEAM },
        Event::Opened { question: QUESTION, reveal_ms: 0, deadline_ms: DEADLINE_MS },
    ] {
        happen(&mut game, 0, event);
    }
    game
}

/// A keypress that its page says was made then.
fn keypress(claimed_ms: Millis) -> Batch {
    let changes = vec![Change::Splice(Splice { at: 0, delete: 0, insert: "x".into() })];
    let edits = vec![Edit { at_ms: claimed_ms, changes }];
    Batch { writer: WriterId(1), first: 1, question: QUESTION, base: 0, on_late: false, edits }
}

fn counts(game: &Game, claimed_ms: Millis, arrival: Arrival) -> bool {
    let events = decide::edits(game, TEAM, &keypress(claimed_ms), arrival).unwrap();
    matches!(events[..], [Event::Edited { .. }])
}

proptest! {
    #[test]
    fn what_was_typed_in_time_counts_over_any_steady_line(one_way_ms in 0i64..600, wait_ms in 0i64..60, early_ms in 0i64..5_000) {
        let mut line = RoundTrips::default();
        line.hear((2 * one_way_ms * 1_000) as u32);
        // The keypress waits for the acknowledgement of the one before it, then travels.
        let made_ms = DEADLINE_MS - early_ms;
        let at_ms = made_ms + wait_ms + 3 * one_way_ms;
        let arrival = Arrival { at_ms, grace_ms: grace_ms(line.least_us()) };
        prop_assert!(counts(&open(), made_ms, arrival));
    }

    #[test]
    fn a_date_set_back_buys_nothing(back_ms in 0i64..60_000, after_ms in 0i64..5_000, one_way_ms in 0i64..600) {
        let mut line = RoundTrips::default();
        line.hear((2 * one_way_ms * 1_000) as u32);
        // Answering heartbeats late from now on does not change what the line was seen to be able to do.
        (0..50).for_each(|_| line.hear(1_999_000));
        let grace_ms = grace_ms(line.least_us());
        let arrival = Arrival { at_ms: DEADLINE_MS + after_ms, grace_ms };
        let explained = after_ms <= (4 * one_way_ms + limits::GRACE_MS_MIN).min(limits::GRACE_MS);
        prop_assert_eq!(counts(&open(), DEADLINE_MS - back_ms, arrival), explained);
    }

    #[test]
    fn nothing_was_made_after_it_came(ahead_ms in 0i64..1_000_000) {
        let game = open();
        let arrival = Arrival { at_ms: DEADLINE_MS - 1_000, grace_ms: 250 };
        let events = decide::edits(&game, TEAM, &keypress(arrival.at_ms + ahead_ms), arrival).unwrap();
        let is_bounded = matches!(events[..], [Event::Edited { made_ms, .. }] if made_ms == arrival.at_ms);
        prop_assert!(is_bounded, "{:?}", events);
    }
}

#[test]
fn who_comes_later_than_the_line_explains_is_kept_with_the_reason() {
    let arrival = Arrival { at_ms: DEADLINE_MS + 900, grace_ms: 290 };
    let events = decide::edits(&open(), TEAM, &keypress(DEADLINE_MS - 500), arrival).unwrap();
    let kept = matches!(events[..], [Event::EditedLate { grace_ms: Some(290), .. }]);
    assert!(kept, "{events:?}");
}

#[test]
fn a_server_that_was_away_gives_every_line_the_whole_grace() {
    let mut game = open();
    let back_ms = DEADLINE_MS + 4_000;
    happen(&mut game, back_ms, Event::Ended { at_ms: DEADLINE_MS });
    let arrival = |after_ms| Arrival { at_ms: back_ms + after_ms, grace_ms: 250 };
    assert!(counts(&game, DEADLINE_MS - 10, arrival(1_900)));
    assert!(!counts(&game, DEADLINE_MS - 10, arrival(2_100)));
    assert!(!counts(&game, DEADLINE_MS + 10, arrival(100)));
}

#[test]
fn a_question_that_is_closed_by_hand_ends_at_the_instant_everybody_sees() {
    let mut game = open();
    // Decided at 30 s, shown 200 ms later: what was typed until then counts.
    happen(&mut game, 30_000, Event::Ended { at_ms: 30_200 });
    let arrival = |at_ms| Arrival { at_ms, grace_ms: 250 };
    assert!(counts(&game, 30_190, arrival(30_300)));
    assert!(!counts(&game, 30_210, arrival(30_300)));
}
