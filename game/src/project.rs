//! What each role may see of a game.

mod desk;
mod screen;
mod team;

pub use desk::{desk, row};
pub use screen::{screen, waiting};
pub use team::team;

use crate::folding::is_blank;
use crate::hall::{Hall, PictureSeal, SCREEN, Seat};
use crate::phase::Phase;
use crate::state::Game;
use protocol::ids::{QuestionId, TeamId};
use protocol::limits;
use protocol::question::{Heading, Picture, Question};
use protocol::seal::Enclosure;
use protocol::view::{Attendance, Presence, Reveal, Together};
use std::cmp::Reverse;
use std::collections::BTreeSet;

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
        let next = self.next?;
        let heading = self.quiz.heading(next)?;
        let (round, _) = self.quiz.question(next)?;
        let intro = match heading.number {
            1 => self.quiz.rounds.get(usize::from(round)).map(|round| round.intro.clone()),
            _ => None,
        };
        Some((heading, intro.unwrap_or_default()))
    }

    /// Where the sealed picture of a question is.
    pub fn enclosure<'a>(&self, hall: &'a Hall, id: QuestionId) -> Option<&'a PictureSeal> {
        let picture = self.quiz.question(id)?.1.picture.as_ref()?;
        hall.pictures.get(self.media.get(&picture.file)?)
    }

    /// The picture that comes next, to be fetched while there is time.
    fn ahead(&self, hall: &Hall) -> Option<Enclosure> {
        self.enclosure(hall, self.upcoming()?).map(|picture| picture.enclosure.clone())
    }

    /// The question after the one that is on, or the one to open next.
    fn upcoming(&self) -> Option<QuestionId> {
        match self.next {
            Some(next) if self.current() == Some(next) => Some(QuestionId(next.0 + 1)),
            next => next,
        }
    }

    /// How close together laptops showed a question. The big screen asks with every keypress.
    fn together(&self, id: QuestionId) -> Option<Together> {
        let laptops = || self.shows.get(&id).into_iter().flatten().filter(|shown| shown.is_telling());
        let after_us = || laptops().map(|shown| shown.after_us);
        let spread_us = after_us().max()?.saturating_sub(after_us().min()?);
        Some(Together { laptops: laptops().count() as u32, spread_us })
    }

    /// The same with the errors of their clocks, and who was late.
    fn reveal(&self, hall: &Hall, id: QuestionId) -> Option<Reveal> {
        let shows = self.shows.get(&id)?;
        let laptops = shows.iter().filter(|shown| shown.is_telling());
        let mut errors_us: Vec<_> = laptops.map(|shown| shown.error_us).collect();
        errors_us.sort_unstable();
        let name = |team: Option<TeamId>| team.map_or(SCREEN.to_owned(), |team| hall.name(team));
        let late = shows.iter().filter(|shown| !shown.coarse && i64::from(shown.after_us) > limits::LATE_US);
        let mut late: Vec<_> = late.map(|shown| (name(shown.team), shown.after_us)).collect();
        late.sort_by_key(|(_, after_us)| Reverse(*after_us));
        let mut coarse: Vec<_> = shows.iter().filter(|shown| shown.coarse).map(|shown| name(shown.team)).collect();
        coarse.sort_unstable();
        coarse.dedup();
        Some(Reveal {
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
        matches!(self.phase, Phase::Ending { .. } | Phase::RatingEnding { .. })
    }

    /// Time that was left when the clock was stopped.
    fn left_ms(&self) -> Option<i64> {
        self.paused.map(|at_ms| (self.clock.to_ms - at_ms).max(0))
    }
}

impl Hall {
    /// Who is here, for a page that comes; its own team is listed in any case.
    fn attendance(&self, own: Option<TeamId>) -> Attendance {
        let mut attendance = self.attendance_of(&BTreeSet::new());
        let mut listed: Vec<_> = self.seats.iter().collect();
        if !attendance.is_whole() {
            listed.retain(|(team, seat)| seat.is_here() || Some(**team) == own);
            listed.sort_unstable_by_key(|(team, seat)| (Some(**team) != own, Reverse(seat.seen_ms)));
            listed.truncate(limits::LOBBY_TEAMS);
        }
        attendance.teams = listed.into_iter().map(|(team, seat)| seat.presence(*team)).collect();
        if attendance.is_whole() {
            attendance.teams.sort_by(|one, other| one.name.cmp(&other.name));
        }
        attendance
    }

    /// What has changed of who is here.
    pub fn attendance_of(&self, teams: &BTreeSet<TeamId>) -> Attendance {
        let here = self.seats.values().filter(|seat| seat.is_here()).count() as u32;
        let changed = teams.iter().filter_map(|team| Some(self.seats.get(team)?.presence(*team)));
        Attendance { here, of: self.seats.len() as u32, teams: changed.collect() }
    }
}

impl Seat {
    /// Whether a page of the team is open.
    pub fn is_here(&self) -> bool {
        !self.devices.is_empty()
    }

    fn presence(&self, team: TeamId) -> Presence {
        Presence { team, name: self.name.clone(), online: self.is_here(), waved: self.waved }
    }
}
