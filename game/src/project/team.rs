//! What only a team is told: never a solution before it is shown, never the author of an answer it rates.

use super::stage::{Source, Viewer, view};
use crate::live::LiveState;
use crate::quiz::AnswerKey;
use crate::score::Scoreboard;
use crate::state::Game;
use protocol::ids::{QuestionId, Slot, TeamId};
use protocol::view::{Jury, Mark, Sheet, TeamPart, TeamView};

/// With so few teams everybody can guess who wrote what.
const TOO_FEW_TEAMS: usize = 3;

/// What a team sees.
pub fn team(game: &Game, live: &LiveState, scoreboard: &Scoreboard, team: TeamId) -> TeamView {
    view(Source { game, live, scoreboard }, &Team(team))
}

struct Team(TeamId);

impl Viewer for Team {
    type Audience = TeamPart;

    fn team(&self) -> Option<TeamId> {
        Some(self.0)
    }

    fn own(&self, Source { live, .. }: Source) -> TeamPart {
        TeamPart {
            name: live.roster.name(self.0),
            team: Some(self.0),
            game: live.entrance.code.clone(),
            devices: live.presence.teams.get(&self.0).map_or(0, |of| of.pages.len() as u32),
            notice: live.notice,
        }
    }

    fn lobby(&self) {}

    fn open(&self, _: Source, _: QuestionId) {}

    fn closed(&self, _: Source, _: QuestionId) {}

    fn solution(&self, Source { game, .. }: Source, question: QuestionId) -> Mark {
        game.mark(question, self.0)
    }

    fn rating(&self, Source { game, .. }: Source, round: u16) -> Jury {
        Jury { sheets: sheets(game, round, self.0), too_few: game.teams.len() <= TOO_FEW_TEAMS }
    }

    /// Own marks of the round that is on, as far as they count.
    fn scores(&self, Source { game, .. }: Source) -> Vec<(String, Mark)> {
        let of_round = |id: QuestionId, round: u16| round == game.round() && game.counts(id);
        let questions = game.quiz.questions().filter(|(id, round, _)| of_round(*id, *round));
        questions.map(|(id, _, question)| (question.prompt.clone(), game.mark(id, self.0))).collect()
    }
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
