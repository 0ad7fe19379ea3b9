//! What each role may see of a game.

mod desk;
mod screen;
mod stage;
mod team;

pub use desk::{desk, row};
pub use screen::{screen, waiting};
pub use team::team;

use crate::folding::is_blank;
use crate::reveal::{PictureSeal, RevealState};
use crate::roster::Roster;
use crate::state::Game;
use protocol::ids::{QuestionId, TeamId};
use protocol::limits;
use protocol::question::{Heading, Picture, Question};
use protocol::seal::Enclosure;
use protocol::view::{RevealReport, Together};
use std::cmp::Reverse;

impl Game {
    /// A question as it is revealed.
    pub fn revealed(&self, id: QuestionId) -> Option<Question> {
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
        let next = self.next()?;
        let heading = self.quiz.heading(next)?;
        let (round, _) = self.quiz.question(next)?;
        let intro = match heading.number {
            1 => self.quiz.rounds.get(usize::from(round)).map(|round| round.intro.clone()),
            _ => None,
        };
        Some((heading, intro.unwrap_or_default()))
    }

    /// Where the sealed picture of a question is.
    pub fn enclosure<'a>(&self, reveal: &'a RevealState, id: QuestionId) -> Option<&'a PictureSeal> {
        let picture = self.quiz.question(id)?.1.picture.as_ref()?;
        reveal.pictures.get(self.media.get(&picture.file)?)
    }

    /// The picture that comes next, to be fetched while there is time.
    fn ahead(&self, reveal: &RevealState) -> Option<Enclosure> {
        self.enclosure(reveal, self.upcoming()?).map(|picture| picture.enclosure.clone())
    }

    /// The question after the one that is on, or the one to open next.
    fn upcoming(&self) -> Option<QuestionId> {
        match self.next() {
            Some(next) if self.current() == Some(next) => self.order.after(next),
            next => next,
        }
    }

    /// How close together laptops showed a question. The big screen asks with every keypress.
    fn together(&self, id: QuestionId) -> Option<Together> {
        let laptops = || self.displays.get(&id).into_iter().flatten().filter(|display| display.is_telling());
        let after_us = || laptops().map(|display| display.after_us);
        let spread_us = after_us().max()?.saturating_sub(after_us().min()?);
        Some(Together { laptops: laptops().count() as u32, spread_us })
    }

    /// The same with the errors of their clocks, and who was late.
    fn reveal_report(&self, roster: &Roster, id: QuestionId) -> Option<RevealReport> {
        let displays = self.displays.get(&id)?;
        let laptops = displays.iter().filter(|display| display.is_telling());
        let mut errors_us: Vec<_> = laptops.map(|display| display.error_us).collect();
        errors_us.sort_unstable();
        let name = |team: Option<TeamId>| team.map(|team| roster.name(team));
        let late = displays.iter().filter(|display| !display.coarse && i64::from(display.after_us) > limits::LATE_US);
        let mut late: Vec<_> = late.map(|display| (name(display.team), display.after_us)).collect();
        late.sort_by_key(|(_, after_us)| Reverse(*after_us));
        let mut coarse: Vec<_> =
            displays.iter().filter(|display| display.coarse).map(|display| name(display.team)).collect();
        coarse.sort_unstable();
        coarse.dedup();
        Some(RevealReport {
            together: self.together(id).unwrap_or_default(),
            clock_errors_us: [errors_us.get(errors_us.len() / 2), errors_us.last()].map(|of| of.copied().unwrap_or(0)),
            late,
            coarse,
        })
    }

    /// Teams that have written or ticked something for a question.
    fn answered(&self, question: QuestionId) -> u32 {
        let answers = self.answers.range((question, TeamId(0))..=(question, TeamId(u32::MAX)));
        answers.filter(|(_, answer)| !is_blank(&answer.content)).count() as u32
    }

    /// Whether answers or ratings under way are still waited for.
    fn is_collecting(&self) -> bool {
        self.phase.collecting().is_some()
    }

    /// Time that was left when the clock was stopped.
    fn left_ms(&self) -> Option<i64> {
        self.phase.clock().and_then(|clock| Some((clock.span().to_ms - clock.paused_ms()?).max(0)))
    }
}
