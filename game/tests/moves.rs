//! Every button in every place: the whole table of legal moves.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop at what they did not expect")]

mod places;

use game::Fact;
use game::decide::{self, Circumstances};
use places::game;
use protocol::client::{Action, FromDesk};
use protocol::rejection::Rejection;

const ALL: [Action; 14] = [
    Action::OpenQuestion,
    Action::OpenNow,
    Action::CloseNow,
    Action::Pause,
    Action::Resume,
    Action::AddTime,
    Action::Withdraw,
    Action::ShowSolution,
    Action::StartRating,
    Action::SkipRating,
    Action::ShowScores,
    Action::NextRound,
    Action::Finish,
    Action::TakeBack,
];

const ONE: &str = "sealed armed opened written ended closed";
const TWO: &str = "sealed armed opened written ended closed sealed armed opened written ended closed";
const THREE: &str = "next sealed armed opened ended closed solution";

/// A place, how to get there (`1`, `2` and `3` stand for so many questions played), the primary action, all others.
const TABLE: &[(&str, &str, &str)] = &[
    ("", "OpenQuestion", ""),
    ("sealed", "OpenNow", "Withdraw"),
    ("sealed armed", "", "Withdraw"),
    ("sealed withdrawn", "OpenQuestion", "ShowScores Finish"),
    ("sealed armed opened", "", "CloseNow Pause AddTime Withdraw"),
    ("sealed armed opened paused", "Resume", "AddTime CloseNow Withdraw"),
    ("sealed armed opened withdrawn", "OpenQuestion", "ShowScores Finish"),
    ("sealed armed opened ended", "", ""),
    ("sealed armed opened paused ended", "", ""),
    ("1", "ShowSolution", "OpenQuestion ShowScores"),
    ("1 solution", "OpenQuestion", "ShowScores"),
    ("1 solution scores", "OpenQuestion", "Finish"),
    ("2", "StartRating", "SkipRating ShowScores"),
    ("2 scores", "StartRating", "SkipRating Finish"),
    ("2 skipped", "ShowScores", ""),
    ("2 rating", "", "CloseNow Pause AddTime"),
    ("2 rating paused", "Resume", "AddTime CloseNow"),
    ("2 rating ended", "", ""),
    ("2 rating paused ended", "", ""),
    ("2 rating ended rated", "ShowScores", ""),
    ("2 rating ended rated scores", "NextRound", "Finish"),
    ("2 skipped scores next", "OpenQuestion", "ShowScores Finish"),
    ("2 skipped scores 3", "ShowScores", ""),
    ("2 skipped scores 3 scores", "Finish", ""),
    ("2 skipped scores 3 scores finished", "", "TakeBack"),
    ("2 skipped scores 3 scores finished taken-back", "Finish", ""),
];

fn actions(words: &str) -> Vec<Action> {
    words.split_whitespace().map(|word| *ALL.iter().find(|action| format!("{action:?}") == word).unwrap()).collect()
}

#[test]
fn every_button_in_every_place() {
    for (path, primary, others) in TABLE {
        let game = game(&path.replace('1', ONE).replace('2', TWO).replace('3', THREE));
        let moves = game.moves();
        assert_eq!(moves.primary, actions(primary).first().copied(), "{path}");
        assert_eq!(moves.others, actions(others), "{path}");
        let legal = [actions(primary), actions(others)].concat();
        for action in ALL {
            let around = Circumstances { now_ms: 2_000, seed: 1, present: game.teams().collect(), lead_ms: 100 };
            let press = |turn| decide::desk(&game, &FromDesk::Act { turn, action }, &around);
            assert_eq!(press(game.turn() + 1), Err(Rejection::Stale), "{path}: {action:?}");
            match (press(game.turn()), legal.contains(&action)) {
                (Ok(events), true) => assert!(!events.is_empty(), "{path}: {action:?}"),
                (outcome, false) => assert_eq!(outcome, Err(Rejection::NotNow), "{path}: {action:?}"),
                (outcome, true) => panic!("{path}: {action:?} is legal, but {outcome:?}"),
            }
        }
    }
}

#[test]
fn a_press_leads_from_each_place_to_another_one_and_counts_as_a_turn() {
    for (path, ..) in TABLE {
        let before = game(&path.replace('1', ONE).replace('2', TWO).replace('3', THREE));
        let around = Circumstances { now_ms: 2_000, seed: 1, present: before.teams().collect(), lead_ms: 100 };
        for action in [before.moves().others, before.moves().primary.into_iter().collect()].concat() {
            let mut after = before.clone();
            for event in decide::desk(&before, &FromDesk::Act { turn: before.turn(), action }, &around).unwrap() {
                after.apply(&Fact { at_ms: around.now_ms, event });
            }
            // More time leaves a running question where it is.
            let stays = action == Action::AddTime && before.wake_ms().is_some();
            assert_eq!(after.turn(), before.turn() + u32::from(!stays), "{path}: {action:?}");
        }
    }
}
