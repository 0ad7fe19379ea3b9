//! The room's view: names move on it only once scores are shown.

use crate::live::LiveState;
use crate::phase::Phase;
use crate::score::Scoreboard;
use crate::state::Game;
use protocol::ids::QuestionId;
use protocol::view::{ScreenStage, ScreenView};

/// What the room sees.
pub fn screen(game: &Game, live: &LiveState, scoreboard: &Scoreboard) -> ScreenView {
    ScreenView {
        seq: game.seq,
        title: game.quiz.title.clone(),
        address: live.entrance.address.clone(),
        qr: live.entrance.qr.clone(),
        from_ms: live.from_ms,
        ahead: game.ahead(&live.reveal),
        stage: stage(game, live, scoreboard).unwrap_or_default(),
    }
}

/// What a screen shows that the quizmaster has not let in: where to join, which is no secret, and the number by which it
/// is known on the desk.
pub fn waiting(game: &Game, live: &LiveState, number: u16) -> ScreenView {
    ScreenView {
        title: game.quiz.title.clone(),
        address: live.entrance.address.clone(),
        qr: live.entrance.qr.clone(),
        stage: ScreenStage::Waiting { number },
        ..ScreenView::default()
    }
}

fn stage(game: &Game, live: &LiveState, scoreboard: &Scoreboard) -> Option<ScreenStage> {
    if let Some(left_ms) = game.left_ms() {
        return Some(ScreenStage::Paused { left_ms });
    }
    let teams = game.teams.len() as u32;
    Some(match game.phase {
        Phase::Lobby => ScreenStage::Lobby { attendance: live.presence.attendance(&live.roster, None) },
        Phase::Between => {
            let (next, intro) = game.coming()?;
            ScreenStage::Between { next, intro }
        }
        Phase::Sealed { question } | Phase::Armed { question, .. } => {
            let (sealed, key) = live.reveal.sealed(question);
            ScreenStage::Armed { heading: game.quiz.heading(question)?, sealed, reveal_ms: game.phase.reveal_ms(), key }
        }
        Phase::Open { question, clock, .. } => ScreenStage::Open {
            question: game.revealed(question)?,
            clock: clock.span(),
            answered: game.answered(question),
            teams,
            together: game.together(question),
        },
        Phase::Ending { question, .. } | Phase::Closed { question } => ScreenStage::Closed {
            question: game.revealed(question)?,
            answered: game.answered(question),
            teams,
            collecting: game.is_collecting(),
        },
        Phase::Solution { question } => ScreenStage::Solution {
            question: game.revealed(question)?,
            solution: game.quiz.question(question)?.1.solution(),
            right: full_marks(game, question),
            teams,
        },
        Phase::Rating { round, clock } => {
            ScreenStage::Rating { clock: clock.span(), progress: progress(game, live, round) }
        }
        Phase::RatingEnding { .. } | Phase::Rated { .. } => ScreenStage::Rated { collecting: game.is_collecting() },
        Phase::Scores => ScreenStage::Scores { standings: scoreboard.standings() },
        Phase::Finished => ScreenStage::Finished { standings: scoreboard.standings() },
    })
}

fn full_marks(game: &Game, question: QuestionId) -> u32 {
    let marks = game.teams.keys().map(|team| game.mark(question, *team));
    marks.filter(|mark| mark.cents == Some(mark.of)).count() as u32
}

/// For each team that rates: ratings given, of how many.
fn progress(game: &Game, live: &LiveState, round: u16) -> Vec<(String, u32, u32)> {
    let Some(rating_round) = game.rating_rounds.get(&round) else { return Vec::new() };
    let sheets = rating_round.sheets.iter();
    let given = |team| rating_round.stars.keys().filter(|(rater, _)| *rater == team).count() as u32;
    sheets.map(|(team, sheet)| (live.roster.name(*team), given(*team), sheet.len() as u32)).collect()
}
