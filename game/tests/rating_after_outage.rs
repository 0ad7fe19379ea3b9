//! The server goes while the card before rating is shown, and stays away. The pages uncover the answers by themselves,
//! and what is clicked there counts, whenever it comes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use game::decide::{self, Arrival, Circumstances};
use game::event::Deal;
use game::{Event, Fact, Game};
use protocol::client::{Action, FromDesk, Rating};
use protocol::ids::{Millis, QuestionId, Slot, TeamId, WriterId};
use std::collections::BTreeMap;

const QUIZ: &str = r#"{ "title": "Q", "rounds": [ { "title": "R", "questions": [
    { "prompt": "?", "answer": { "kind": "long_text" } } ] } ] }"#;
const RATER: TeamId = TeamId(2);
const FROM_MS: Millis = 5_000;

fn happen(game: &mut Game, at_ms: Millis, events: impl IntoIterator<Item = Event>) {
    events.into_iter().for_each(|event| game.apply(&Fact { at_ms, event }));
}

#[test]
fn a_click_made_while_the_server_was_away_counts_though_the_card_is_shown_again() {
    let (question, author) = (QuestionId(0), TeamId(1));
    let sheets = BTreeMap::from([(RATER, vec![Deal { question, author }])]);
    let created = Event::Created { quiz: serde_json::from_str(QUIZ).unwrap(), media: BTreeMap::new(), rules: 0 };
    let teams = [author, RATER].map(|team| Event::TeamAdded { team });
    let dealt = Event::RatingStarted { round: 0, from_ms: FROM_MS, deadline_ms: FROM_MS + 20_000, sheets };
    let mut game = Game::default();
    happen(&mut game, 0, [created].into_iter().chain(teams).chain([dealt]));

    let (alive_ms, back_ms) = (FROM_MS - 1_000, FROM_MS + 6_000);
    let outage = decide::after_outage(&game, alive_ms, back_ms);
    happen(&mut game, back_ms, outage);
    let resume = FromDesk::Act { turn: game.turn(), action: Action::Resume };
    let around = Circumstances { now_ms: back_ms, seed: 0, present: Default::default(), lead_ms: 0 };
    let resumed = decide::desk(&game, &resume, &around).unwrap();
    happen(&mut game, back_ms, resumed);
    assert!(game.phase().clock().unwrap().span().from_ms > back_ms, "the card is shown again");

    let click = Rating { writer: WriterId(1), number: 1, at_ms: FROM_MS + 2_000, round: 0, slot: Slot(0), stars: 4 };
    let rated = decide::rate(&game, RATER, &click, Arrival { at_ms: back_ms + 100, grace_ms: 250 }).unwrap();
    assert!(matches!(rated[..], [Event::Rated { stars: 4, .. }]), "{rated:?}");
}
