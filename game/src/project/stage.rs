//! Where a game stands, for any audience: what all of them see stands here, what one alone is told is asked of it.

use crate::live::LiveState;
use crate::phase::Phase;
use crate::score::Scoreboard;
use crate::state::Game;
use protocol::ids::{QuestionId, TeamId};
use protocol::view::{Audience, Stage, View};

/// What views are made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The game.
    pub game: &'a Game,
    /// Who is there, and what is known beside the rules.
    pub live: &'a LiveState,
    /// The leaderboard.
    pub scoreboard: &'a Scoreboard,
}

/// Somebody whom views are made for.
pub trait Viewer {
    /// What they are told that others are not.
    type Audience: Audience;

    /// The team that they are, to be listed among those who are here in any case.
    fn team(&self) -> Option<TeamId>;
    /// Wherever the game stands.
    fn own(&self, source: Source) -> Self::Audience;
    /// Before the first question.
    fn lobby(&self) -> <Self::Audience as Audience>::Lobby;
    /// While a question is answered.
    fn open(&self, source: Source, question: QuestionId) -> <Self::Audience as Audience>::Open;
    /// Once it was.
    fn closed(&self, source: Source, question: QuestionId) -> <Self::Audience as Audience>::Closed;
    /// With its solution.
    fn solution(&self, source: Source, question: QuestionId) -> <Self::Audience as Audience>::Solution;
    /// While answers are rated.
    fn rating(&self, source: Source, round: u16) -> <Self::Audience as Audience>::Rating;
    /// With the leaderboard.
    fn scores(&self, source: Source) -> <Self::Audience as Audience>::Scores;
}

/// What somebody sees.
pub fn view<V: Viewer>(source: Source, viewer: &V) -> View<V::Audience> {
    let Source { game, live, .. } = source;
    View {
        seq: game.seq,
        title: game.quiz.title.clone(),
        stage: stage(source, viewer).unwrap_or_default(),
        from_ms: live.from_ms,
        ahead: game.ahead(&live.reveal),
        own: viewer.own(source),
    }
}

fn stage<V: Viewer>(source: Source, viewer: &V) -> Option<Stage<V::Audience>> {
    let Source { game, live, scoreboard } = source;
    if let Some(left_ms) = game.left_ms() {
        return Some(Stage::Paused { left_ms });
    }
    Some(match game.phase {
        Phase::Lobby => {
            Stage::Lobby { attendance: live.presence.attendance(&live.roster, viewer.team()), own: viewer.lobby() }
        }
        Phase::Between => {
            let (next, intro) = game.coming()?;
            Stage::Between { next, intro }
        }
        Phase::Sealed { question } | Phase::Armed { question, .. } => {
            let (sealed, key) = live.reveal.sealed(question);
            Stage::Armed { heading: game.quiz.heading(question)?, sealed, reveal_ms: game.phase.reveal_ms(), key }
        }
        Phase::Open { question, clock, .. } => {
            Stage::Open { question: game.revealed(question)?, clock: clock.span(), own: viewer.open(source, question) }
        }
        Phase::Ending { question, .. } | Phase::Closed { question } => Stage::Closed {
            question: game.revealed(question)?,
            collecting: game.is_collecting(),
            own: viewer.closed(source, question),
        },
        Phase::Solution { question } => Stage::Solution {
            question: game.revealed(question)?,
            solution: game.quiz.question(question)?.1.solution(),
            own: viewer.solution(source, question),
        },
        Phase::Rating { round, clock } => {
            Stage::Rating { round, clock: clock.span(), own: viewer.rating(source, round) }
        }
        Phase::RatingEnding { .. } | Phase::Rated { .. } => Stage::Rated { collecting: game.is_collecting() },
        Phase::Scores => Stage::Scores { standings: scoreboard.standings(), own: viewer.scores(source) },
        Phase::Finished => Stage::Finished { standings: scoreboard.standings() },
    })
}
