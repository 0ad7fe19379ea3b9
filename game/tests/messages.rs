//! Every message in every place: what each role can bring about, wherever a game stands. A new message, and a new phase,
//! does not compile until it has its line here.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop at what they did not expect")]

mod places;

use game::decide::{self, Arrival, Circumstances, Decision};
use game::phase::Phase;
use game::{Event, Game};
use places::game;
use protocol::answer::{Change, Edit};
use protocol::client::{Action, Batch, FromDesk, FromScreen, FromTeam, Rating, Readiness};
use protocol::ids::{QuestionId, Slot, TeamId, WriterId};
use protocol::rejection::Rejection;
use protocol::text::Splice;
use std::collections::BTreeSet;

/// The first question, which is answered in a few words.
const Q: QuestionId = QuestionId(0);

/// A way to each phase, in which the first question comes as far as it can.
const PATHS: [&str; 13] = [
    "",
    "sealed",
    "sealed armed",
    "sealed armed opened",
    "sealed armed opened paused",
    "sealed armed opened withdrawn",
    "sealed armed opened ended",
    "sealed armed opened ended closed",
    "sealed armed opened ended closed solution",
    "sealed armed opened ended closed rating",
    "sealed armed opened ended closed rating ended",
    "sealed armed opened ended closed rating ended rated scores",
    "sealed armed opened ended closed scores finished",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It counts.
    Counts,
    /// It is kept for the quizmaster to see.
    Late,
    /// It changes nothing that is recorded.
    NoFact,
    /// It is refused.
    Refused(Rejection),
}

use Outcome::{Counts, Late, NoFact, Refused};

/// What a message of team 1 about the first question, made in time, brings about.
fn of_team(message: &FromTeam, phase: Phase) -> Outcome {
    match message {
        FromTeam::Hello { .. } | FromTeam::Wave => NoFact,
        FromTeam::Ready(readiness) => of_page(readiness, phase),
        FromTeam::Edits(_) => match phase {
            Phase::Lobby | Phase::Sealed { .. } | Phase::Armed { .. } => Refused(Rejection::NotOpen),
            Phase::Open { .. } | Phase::Ending { .. } => Counts,
            // Withdrawn: what was on its way still belongs to it.
            Phase::Between => Counts,
            Phase::Closed { .. }
            | Phase::Solution { .. }
            | Phase::Rating { .. }
            | Phase::RatingEnding { .. }
            | Phase::Rated { .. }
            | Phase::Scores
            | Phase::Finished => Late,
        },
        FromTeam::Rate(_) => match phase {
            Phase::Rating { .. } | Phase::RatingEnding { .. } => Counts,
            Phase::Rated { .. } | Phase::Scores => Late,
            Phase::Lobby
            | Phase::Between
            | Phase::Sealed { .. }
            | Phase::Armed { .. }
            | Phase::Open { .. }
            | Phase::Ending { .. }
            | Phase::Closed { .. }
            | Phase::Solution { .. }
            | Phase::Finished => Refused(Rejection::NotRating),
        },
    }
}

/// What a page of a team, or a big screen, says of the first question.
fn of_page(readiness: &Readiness, phase: Phase) -> Outcome {
    match readiness {
        Readiness::Loaded { .. } => NoFact,
        Readiness::Displayed { .. } => match phase {
            Phase::Open { .. } | Phase::Ending { .. } => Counts,
            Phase::Lobby
            | Phase::Between
            | Phase::Sealed { .. }
            | Phase::Armed { .. }
            | Phase::Closed { .. }
            | Phase::Solution { .. }
            | Phase::Rating { .. }
            | Phase::RatingEnding { .. }
            | Phase::Rated { .. }
            | Phase::Scores
            | Phase::Finished => NoFact,
        },
    }
}

fn of_screen(message: &FromScreen, phase: Phase) -> Outcome {
    match message {
        FromScreen::Ready(readiness) => of_page(readiness, phase),
    }
}

/// What a message of the desk about the first question brings about.
fn of_desk(message: &FromDesk, phase: Phase) -> Outcome {
    match message {
        // In `moves.rs`, button by button.
        FromDesk::Act { .. } => Refused(Rejection::Stale),
        FromDesk::Review(_) | FromDesk::History(_) | FromDesk::AdmitScreen(_) => NoFact,
        FromDesk::Mark { .. } if is_amendable(phase) => Counts,
        // Nobody has written anything that had an earlier version.
        FromDesk::UseVersion { .. } if is_amendable(phase) => Refused(Rejection::UnknownBase),
        // Nothing has come late.
        FromDesk::Mark { .. } | FromDesk::UseVersion { .. } | FromDesk::SettleLate { .. } => Refused(Rejection::NotNow),
    }
}

/// Whether the quizmaster can still change what the first question's answers are worth.
fn is_amendable(phase: Phase) -> bool {
    match phase {
        Phase::Closed { .. }
        | Phase::Solution { .. }
        | Phase::Rating { .. }
        | Phase::RatingEnding { .. }
        | Phase::Rated { .. }
        | Phase::Scores => true,
        Phase::Lobby
        | Phase::Between
        | Phase::Sealed { .. }
        | Phase::Armed { .. }
        | Phase::Open { .. }
        | Phase::Ending { .. }
        | Phase::Finished => false,
    }
}

fn outcome(decision: Decision) -> Outcome {
    match decision.as_deref() {
        Ok([]) => NoFact,
        Ok(events)
            if events.iter().any(|event| matches!(event, Event::EditedLate { .. } | Event::RatedLate { .. })) =>
        {
            Late
        }
        Ok(_) => Counts,
        Err(reason) => Refused(*reason),
    }
}

fn around(game: &Game) -> Circumstances {
    let present: BTreeSet<_> = game.teams().collect();
    Circumstances { now_ms: 600, seed: 1, present, lead_ms: 100 }
}

/// One of each message.
fn messages() -> (Vec<FromTeam>, Vec<FromDesk>, Vec<FromScreen>) {
    let (team, question, writer) = (TeamId(1), Q, WriterId(9));
    let changes = vec![Change::Splice(Splice { at: 0, delete: 0, insert: "x".into() })];
    let edits = vec![Edit { at_ms: 500, changes }];
    let pages = [
        Readiness::Loaded { question, percent: 100 },
        Readiness::Displayed { question, at_us: 0, error_us: 0, coarse: false },
    ];
    let mut of_team = vec![
        FromTeam::Hello { writer, acked: 0, known: Vec::new() },
        FromTeam::Wave,
        FromTeam::Edits(Batch { writer, first: 1, question, base: 0, on_late: false, edits }),
        FromTeam::Rate(Rating { writer, number: 1, at_ms: 500, round: 0, slot: Slot(0), stars: 3 }),
    ];
    of_team.extend(pages.iter().cloned().map(FromTeam::Ready));
    let of_desk = vec![
        FromDesk::Act { turn: u32::MAX, action: Action::Finish },
        FromDesk::Mark { team, question, cents: Some(0) },
        FromDesk::Review(Some(question)),
        FromDesk::History(Some((team, question))),
        FromDesk::UseVersion { team, question, revision: 0 },
        FromDesk::SettleLate { question, team: None, accept: true },
        FromDesk::AdmitScreen(1_000),
    ];
    (of_team, of_desk, pages.into_iter().map(FromScreen::Ready).collect())
}

fn displayed(game: &Game, team: Option<TeamId>, readiness: &Readiness) -> Outcome {
    match *readiness {
        Readiness::Loaded { .. } => NoFact,
        Readiness::Displayed { question, at_us, error_us, coarse } => {
            decide::displayed(game, (team, question), (at_us, error_us, coarse), 600_000).map_or(NoFact, |_| Counts)
        }
    }
}

#[test]
fn every_message_in_every_place() {
    let (of_teams, of_desks, of_screens) = messages();
    for path in PATHS {
        let game = game(path);
        let phase = game.phase();
        for message in &of_teams {
            let arrival = Arrival { at_ms: 600, grace_ms: 250 };
            let found = match message {
                FromTeam::Hello { .. } | FromTeam::Wave => NoFact,
                FromTeam::Edits(batch) => outcome(decide::edits(&game, TeamId(1), batch, arrival)),
                FromTeam::Rate(rating) => outcome(decide::rate(&game, TeamId(1), rating, arrival)),
                FromTeam::Ready(readiness) => displayed(&game, Some(TeamId(1)), readiness),
            };
            assert_eq!(found, of_team(message, phase), "{path}: {message:?}");
        }
        for message in &of_desks {
            assert_eq!(
                outcome(decide::desk(&game, message, &around(&game))),
                of_desk(message, phase),
                "{path}: {message:?}"
            );
        }
        for message in &of_screens {
            let FromScreen::Ready(readiness) = message;
            assert_eq!(displayed(&game, None, readiness), of_screen(message, phase), "{path}: {message:?}");
        }
    }
}
