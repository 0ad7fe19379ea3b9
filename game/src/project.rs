//! What each role may see of a game.

mod desk;
mod screen;
mod team;

pub use desk::{desk, row};
pub use screen::screen;
pub use team::team;

use crate::hall::Hall;
use crate::phase::Phase;
use crate::state::Game;
use protocol::ids::QuestionId;
use protocol::question::{Heading, Picture, Question};
use protocol::view::Presence;

impl Game {
    /// A question as it is revealed.
    fn revealed(&self, id: QuestionId) -> Option<Question> {
        let (_, question) = self.quiz.question(id)?;
        let picture = question.picture.as_ref().and_then(|picture| {
            let url = self.media.get(&picture.file)?.clone();
            Some(Picture { url, description: picture.description.clone() })
        });
        Some(Question {
            heading: self.quiz.heading(id)?,
            prompt: question.prompt.clone(),
            picture,
            field: question.answer.field(),
        })
    }

    /// Heading of the next question, and the round's introduction before its first one.
    fn coming(&self) -> Option<(Heading, String)> {
        let next = self.next?;
        let heading = self.quiz.heading(next)?;
        let (round, _) = self.quiz.question(next)?;
        let intro = match heading.number {
            1 => self.quiz.rounds.get(usize::from(round)).map(|round| round.intro.clone()),
            _ => None,
        };
        Some((heading, intro.unwrap_or_default()))
    }

    /// Teams that have written or ticked something for a question.
    fn answered(&self, question: QuestionId) -> u32 {
        let answers = self.teams.keys().filter_map(|team| self.answers.get(&(question, *team)));
        answers.filter(|answer| !answer.content.is_blank()).count() as u32
    }

    /// Whether answers or ratings under way are still waited for.
    fn is_collecting(&self) -> bool {
        matches!(self.phase, Phase::Ending { .. } | Phase::RatingEnding { .. })
    }

    /// Time that was left when the clock was stopped.
    fn left_ms(&self) -> Option<i64> {
        self.paused.map(|at_ms| (self.clock.to_ms - at_ms).max(0))
    }
}

impl Hall {
    /// All teams by name, and whether they are here.
    fn presence(&self) -> Vec<Presence> {
        let seats = self.seats.values();
        let mut teams: Vec<_> =
            seats.map(|seat| Presence { name: seat.name.clone(), online: !seat.devices.is_empty() }).collect();
        teams.sort_by(|one, other| one.name.cmp(&other.name));
        teams
    }
}
