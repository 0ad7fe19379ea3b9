//! What only the room is told: names move on it only once scores are shown.

use super::stage::{Source, Viewer, view};
use crate::live::LiveState;
use crate::score::Scoreboard;
use crate::state::Game;
use protocol::ids::{QuestionId, TeamId};
use protocol::view::{Attendance, Progress, ScreenPart, ScreenStage, ScreenView, Tally, Turnout};

/// What the room sees.
pub fn screen(game: &Game, live: &LiveState, scoreboard: &Scoreboard) -> ScreenView {
    view(Source { game, live, scoreboard }, &Screen)
}

/// What a screen shows that the quizmaster has not let in: where to join, which is no secret, and the number by which it
/// is known on the desk.
pub fn waiting(game: &Game, live: &LiveState, number: u16) -> ScreenView {
    ScreenView {
        title: game.quiz.title.clone(),
        stage: ScreenStage::Lobby { attendance: Attendance::default(), own: Some(number) },
        own: entrance(live),
        ..ScreenView::default()
    }
}

fn entrance(live: &LiveState) -> ScreenPart {
    ScreenPart { address: live.entrance.address.clone(), qr: live.entrance.qr.clone() }
}

struct Screen;

impl Viewer for Screen {
    type Audience = ScreenPart;

    fn team(&self) -> Option<TeamId> {
        None
    }

    fn own(&self, Source { live, .. }: Source) -> ScreenPart {
        entrance(live)
    }

    fn lobby(&self) -> Option<u16> {
        None
    }

    fn open(&self, Source { game, .. }: Source, question: QuestionId) -> Turnout {
        Turnout { together: game.together(question), ..turnout(game, question) }
    }

    fn closed(&self, Source { game, .. }: Source, question: QuestionId) -> Turnout {
        turnout(game, question)
    }

    fn solution(&self, Source { game, .. }: Source, question: QuestionId) -> Tally {
        let marks = game.teams.keys().map(|team| game.mark(question, *team));
        let right = marks.filter(|mark| mark.cents == Some(mark.of)).count() as u32;
        Tally { right, teams: game.teams.len() as u32 }
    }

    /// For each team that rates: ratings given, of how many.
    fn rating(&self, Source { game, live, .. }: Source, round: u16) -> Vec<Progress> {
        let Some(rating_round) = game.rating_rounds.get(&round) else { return Vec::new() };
        let given = |team| rating_round.stars.keys().filter(|(rater, _)| *rater == team).count() as u32;
        let progress = rating_round.sheets.iter().map(|(team, sheet)| Progress {
            name: live.roster.name(*team),
            given: given(*team),
            of: sheet.len() as u32,
        });
        progress.collect()
    }

    fn scores(&self, _: Source) {}
}

fn turnout(game: &Game, question: QuestionId) -> Turnout {
    Turnout { answered: game.answered(question), teams: game.teams.len() as u32, together: None }
}
