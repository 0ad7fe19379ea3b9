//! Where a game can go from where it stands, as the quizmaster's buttons lead through it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use game::decide::{self, Arrival, Circumstances};
use game::phase::Phase;
use game::score::Scoreboard;
use game::{Event, Fact, Game};
use protocol::answer::{Change, Edit};
use protocol::client::{Action, Batch, FromDesk};
use protocol::ids::{Millis, QuestionId, TeamId, WriterId};
use protocol::rejection::Rejection;
use protocol::text::Splice;
use std::collections::{BTreeMap, BTreeSet};

const ONE: TeamId = TeamId(1);
const TWO: TeamId = TeamId(2);
const LEAD_MS: Millis = 800;

struct Desk {
    game: Game,
    now_ms: Millis,
    present: BTreeSet<TeamId>,
}

impl Desk {
    /// A rated round of one question, then another round.
    fn new() -> Self {
        let quiz = serde_json::from_str(
            r#"{ "title": "T", "rounds": [
                { "title": "R", "questions": [ { "prompt": "l", "answer": { "kind": "long_text" } } ] },
                { "title": "S", "questions": [ { "prompt": "s", "answer": { "kind": "short_text", "accepted": ["a"] } } ] } ] }"#,
        );
        let mut desk = Self { game: Game::default(), now_ms: 0, present: BTreeSet::from([ONE, TWO]) };
        desk.happen(Event::Created { quiz: quiz.unwrap(), media: BTreeMap::new(), rules: 0 });
        desk.happen(Event::TeamAdded { team: ONE });
        desk.happen(Event::TeamAdded { team: TWO });
        desk
    }

    fn happen(&mut self, event: Event) {
        self.game.apply(&Fact { at_ms: self.now_ms, event });
    }

    fn press(&mut self, action: Action) -> Result<(), Rejection> {
        let present = self.present.clone();
        let around = Circumstances { now_ms: self.now_ms, seed: 1, present, lead_ms: LEAD_MS };
        let message = FromDesk::Act { turn: self.game.turn(), action };
        decide::desk(&self.game, &message, &around)?.into_iter().for_each(|event| self.happen(event));
        Ok(())
    }

    fn open(&mut self, question: QuestionId) {
        self.press(Action::OpenQuestion).unwrap();
        let reveal_ms = self.now_ms;
        self.happen(Event::Opened { question, reveal_ms, deadline_ms: reveal_ms + 60_000 });
    }

    fn close(&mut self) {
        self.press(Action::CloseNow).unwrap();
        self.happen(Event::Closed);
    }

    /// A keypress made and received then; whether it counts.
    fn types(&mut self, team: TeamId, number: u64, (made_ms, at_ms): (Millis, Millis)) -> bool {
        let question = QuestionId(0);
        let changes = vec![Change::Splice(Splice { at: 0, delete: 0, insert: "x".into() })];
        let edits = vec![Edit { at_ms: made_ms, changes }];
        let base = self.game.revision(question, team);
        let batch = Batch { writer: WriterId(1), first: number, question, base, on_late: false, edits };
        let events = decide::edits(&self.game, team, &batch, Arrival { at_ms, grace_ms: 250 }).unwrap();
        events.iter().for_each(|event| self.happen(event.clone()));
        matches!(events[..], [Event::Edited { .. }])
    }
}

#[test]
fn what_is_typed_until_a_withdrawal_is_shown_is_kept_and_counts_when_it_is_opened_again() {
    let mut desk = Desk::new();
    desk.open(QuestionId(0));
    desk.now_ms = 10_000;
    assert!(desk.types(ONE, 1, (9_000, 9_010)));
    desk.press(Action::Withdraw).unwrap();
    assert_eq!(desk.game.phase(), Phase::Between);
    // Pages show it 800 ms later, all together; until then the field is there.
    assert!(desk.types(ONE, 2, (10_700, 10_720)));
    assert!(desk.types(ONE, 3, (10_790, 11_000)), "it takes its line to arrive");
    assert!(!desk.types(ONE, 4, (10_900, 10_910)), "nobody could type that");
    desk.now_ms = 11_000;
    desk.press(Action::OpenQuestion).unwrap();
    desk.happen(Event::Armed { question: QuestionId(0), reveal_ms: 14_000 });
    assert!(desk.types(ONE, 5, (10_795, 11_040)), "also while it is counted in again");
    assert_eq!(desk.game.document(QuestionId(0), ONE).content.text, "xxxx");
}

/// The journal of the first version has a withdrawal without an instant.
#[test]
fn a_withdrawal_of_the_first_version_ends_at_its_own_instant() {
    let mut desk = Desk::new();
    desk.open(QuestionId(0));
    desk.now_ms = 10_000;
    desk.happen(Event::Withdrawn);
    assert_eq!(desk.game.closes_ms(QuestionId(0)), Some(10_000));
}

#[test]
fn a_round_that_nobody_can_rate_can_be_gone_on_from() {
    let mut desk = Desk::new();
    desk.present = BTreeSet::from([ONE]);
    desk.open(QuestionId(0));
    assert!(desk.types(ONE, 1, (1, 2)));
    desk.close();
    assert_eq!(desk.game.moves().primary, Some(Action::StartRating));
    assert_eq!(desk.press(Action::StartRating), Err(Rejection::NobodyToRate));
    desk.press(Action::ShowScores).unwrap();
    assert!(desk.game.moves().allow(Action::SkipRating), "offered wherever rating is");
    desk.press(Action::SkipRating).unwrap();
    assert_eq!(desk.game.moves().primary, Some(Action::NextRound));
    desk.press(Action::NextRound).unwrap();
    desk.open(QuestionId(1));
    assert_eq!(desk.game.current(), Some(QuestionId(1)));
}

#[test]
fn a_second_click_on_skip_rating_does_nothing() {
    let mut desk = Desk::new();
    desk.open(QuestionId(0));
    assert!(desk.types(ONE, 1, (1, 2)));
    desk.close();
    let turn = desk.game.turn();
    desk.press(Action::SkipRating).unwrap();
    let around = Circumstances { now_ms: 0, seed: 1, present: desk.present.clone(), lead_ms: LEAD_MS };
    let again = FromDesk::Act { turn, action: Action::SkipRating };
    assert_eq!(decide::desk(&desk.game, &again, &around), Err(Rejection::Stale));
}

/// Its pages are still loading: nothing runs, but a short absence must not take the question back.
#[test]
fn a_question_that_is_waited_for_survives_a_short_restart() {
    let mut desk = Desk::new();
    desk.press(Action::OpenQuestion).unwrap();
    assert!(desk.game.is_running(), "so the room says that it is alive");
    assert_eq!(decide::after_outage(&desk.game, 60_000, 61_500), []);
    let back = decide::after_outage(&desk.game, 60_000, 70_000);
    assert_eq!(back, [Event::WithdrawnAt { at_ms: 70_000 }]);
}

#[test]
fn questions_are_played_in_the_order_that_the_journal_says() {
    let mut desk = Desk::new();
    desk.happen(Event::Ordered { order: vec![QuestionId(1), QuestionId(0)] });
    desk.press(Action::OpenQuestion).unwrap();
    assert_eq!(desk.game.phase(), Phase::Sealed { question: QuestionId(1) });
    desk.happen(Event::Opened { question: QuestionId(1), reveal_ms: 0, deadline_ms: 60_000 });
    desk.close();
    assert!(desk.game.is_over(QuestionId(1)) && !desk.game.is_over(QuestionId(0)));
    assert_eq!((desk.game.next(), desk.game.round()), (Some(QuestionId(0)), 1));
    desk.press(Action::ShowScores).unwrap();
    desk.press(Action::NextRound).unwrap();
    desk.open(QuestionId(0));
    desk.close();
    assert_eq!(desk.game.next(), None);
}

#[test]
fn a_mended_rule_changes_no_evening_that_is_over() {
    let mut desk = Desk::new();
    let (first, second) = (QuestionId(0), QuestionId(1));
    desk.open(first);
    desk.close();
    desk.press(Action::ShowScores).unwrap();
    desk.press(Action::NextRound).unwrap();
    desk.open(second);
    desk.close();
    desk.press(Action::ShowSolution).unwrap();
    desk.press(Action::ShowScores).unwrap();
    desk.press(Action::Finish).unwrap();
    assert_eq!(desk.game.frozen_marks(second).unwrap()[&ONE], Some(0));
    assert!(desk.game.frozen_marks(first).is_some(), "rated ones count without a solution");
    // As if the rules had marked it otherwise that evening.
    let marks = BTreeMap::from([(second, BTreeMap::from([(ONE, Some(700))]))]);
    let roster = [ONE, TWO].map(|team| (team, format!("{team:?}"))).into_iter().collect();
    let mut scoreboard = Scoreboard::of(&desk.game, &roster);
    let mut points = |game: &Game, event: &Event| {
        scoreboard.note(game, event);
        scoreboard.update(game, &roster);
        scoreboard.standings().iter().map(|standing| standing.cents).max()
    };
    let frozen = Event::MarksFrozen { rules: 1, marks };
    desk.happen(frozen.clone());
    assert_eq!(points(&desk.game, &frozen), Some(700));
    assert_eq!(desk.game.cents(second, ONE), Some(700));
    assert_eq!(desk.game.cents(second, TWO), Some(0));
    desk.press(Action::TakeBack).unwrap();
    assert_eq!(points(&desk.game, &Event::TakenBack), Some(0));
    assert_eq!(desk.game.cents(second, ONE), Some(0), "what goes on follows the rules of today");
}
