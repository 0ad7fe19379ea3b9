//! A team's view: never a solution before it is shown, never the author of an answer it rates.

use crate::live::LiveState;
use crate::phase::Phase;
use crate::quiz::AnswerKey;
use crate::score::Scoreboard;
use crate::state::Game;
use protocol::ids::{QuestionId, Slot, TeamId};
use protocol::view::{Sheet, TeamStage, TeamView};

/// With so few teams everybody can guess who wrote what.
const TOO_FEW_TEAMS: usize = 3;

/// What a team sees.
pub fn team(game: &Game, live: &LiveState, scoreboard: &Scoreboard, team: TeamId) -> TeamView {
    TeamView {
        seq: game.seq,
        title: game.quiz.title.clone(),
        name: live.roster.name(team),
        team: Some(team),
        game: live.entrance.code.clone(),
        devices: live.presence.teams.get(&team).map_or(0, |of| of.pages.len() as u32),
        from_ms: live.from_ms,
        ahead: game.ahead(&live.reveal),
        stage: stage(game, live, scoreboard, team).unwrap_or_default(),
        notice: live.notice.clone(),
    }
}

fn stage(game: &Game, live: &LiveState, scoreboard: &Scoreboard, team: TeamId) -> Option<TeamStage> {
    if let Some(left_ms) = game.left_ms() {
        return Some(TeamStage::Paused { left_ms });
    }
    Some(match game.phase {
        Phase::Lobby => TeamStage::Lobby { attendance: live.presence.attendance(&live.roster, Some(team)) },
        Phase::Between => {
            let (next, intro) = game.coming()?;
            TeamStage::Between { next, intro }
        }
        Phase::Sealed { question } | Phase::Armed { question, .. } => {
            let (sealed, key) = live.reveal.sealed(question);
            TeamStage::Armed { heading: game.quiz.heading(question)?, sealed, reveal_ms: game.phase.reveal_ms(), key }
        }
        Phase::Open { question, clock, .. } => {
            TeamStage::Open { question: game.revealed(question)?, clock: clock.span() }
        }
        Phase::Ending { question, .. } | Phase::Closed { question } => {
            TeamStage::Closed { question: game.revealed(question)?, collecting: game.is_collecting() }
        }
        Phase::Solution { question } => TeamStage::Solution {
            question: game.revealed(question)?,
            solution: game.quiz.question(question)?.1.solution(),
            mark: game.mark(question, team),
        },
        Phase::Rating { round, clock } => TeamStage::Rating {
            round,
            clock: clock.span(),
            sheets: sheets(game, round, team),
            too_few: game.teams.len() <= TOO_FEW_TEAMS,
        },
        Phase::RatingEnding { .. } | Phase::Rated { .. } => TeamStage::Rated { collecting: game.is_collecting() },
        Phase::Scores => TeamStage::Scores { standings: scoreboard.standings(), marks: marks(game, team) },
        Phase::Finished => TeamStage::Finished { standings: scoreboard.standings() },
    })
}

/// The anonymous answers that a team rates.
fn sheets(game: &Game, round: u16, team: TeamId) -> Vec<Sheet> {
    let Some(rating_round) = game.rating_rounds.get(&round) else { return Vec::new() };
    let deals = rating_round.sheets.get(&team).into_iter().flatten().zip(0u16..);
    let sheets = deals.filter_map(|(deal, slot)| {
        let (_, question) = game.quiz.question(deal.question)?;
        let AnswerKey::LongText { criterion } = &question.answer else { return None };
        Some(Sheet {
            slot: Slot(slot),
            prompt: question.prompt.clone(),
            criterion: criterion.clone(),
            text: game.document(deal.question, deal.author).content.text,
            stars: rating_round.stars.get(&(team, Slot(slot))).copied().unwrap_or(0),
        })
    });
    sheets.collect()
}

/// Own marks of the round that is on, as far as they count.
fn marks(game: &Game, team: TeamId) -> Vec<(String, protocol::view::Mark)> {
    let of_round = |id: QuestionId, round: u16| round == game.round() && game.counts(id);
    let questions = game.quiz.questions().filter(|(id, round, _)| of_round(*id, *round));
    questions.map(|(id, _, question)| (question.prompt.clone(), game.mark(id, team))).collect()
}
