//! The quizmaster's commands.

use crate::allocate;
use crate::decide::{Decision, amend, reveal};
use crate::event::Event;
use crate::phase::Phase;
use crate::state::Game;
use protocol::client::Action;
use protocol::ids::{Millis, QuestionId, TeamId};
use protocol::limits;
use protocol::rejection::Rejection;
use protocol::view::Cents;
use std::collections::BTreeSet;

/// What a command depends on beside the game.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// The room's clock.
    pub now_ms: Millis,
    /// For draws.
    pub seed: u64,
    /// Teams seen in the last minute.
    pub present: BTreeSet<TeamId>,
    /// How long it takes to reach every page: what happens now is to be seen that much later, by all at once.
    pub lead_ms: Millis,
}

impl Game {
    /// An action, pressed when the desk showed `turn`.
    fn act(&self, turn: u32, action: Action, around: &Circumstances) -> Decision {
        if turn != self.turn {
            return Err(Rejection::Stale);
        }
        if !self.moves().allow(action) {
            return Err(Rejection::NotNow);
        }
        let seen_ms = around.now_ms + around.lead_ms;
        let stopped_ms = self.phase.paused_ms().unwrap_or(seen_ms);
        let ends_ms = || self.phase.clock().map(|clock| clock.span().to_ms).ok_or(Rejection::NotNow);
        Ok(vec![match action {
            Action::OpenQuestion => {
                let question = self.next().ok_or(Rejection::NotNow)?;
                Event::Sealed { question }
            }
            Action::OpenNow => {
                let Phase::Sealed { question } = self.phase else { return Err(Rejection::NotNow) };
                reveal::armed(question, around.lead_ms, around.now_ms)
            }
            Action::CloseNow => Event::Ended { at_ms: stopped_ms.min(ends_ms()?) },
            Action::Pause => Event::Paused { at_ms: seen_ms.min(ends_ms()?) },
            Action::Resume => self.reschedule(seen_ms - stopped_ms, 0)?,
            Action::AddTime => self.reschedule(seen_ms - stopped_ms, limits::EXTENSION_MS)?,
            Action::Withdraw => Event::WithdrawnAt { at_ms: seen_ms },
            Action::ShowSolution => Event::SolutionShown,
            Action::StartRating => return self.start_rating(around),
            Action::SkipRating => Event::RatingSkipped { round: self.round() },
            Action::ShowScores => Event::ScoresShown,
            Action::NextRound => {
                let next = self.next().and_then(|next| self.quiz.question(next)).ok_or(Rejection::NotNow)?;
                Event::RoundStarted { round: next.0 }
            }
            Action::Finish => return Ok(vec![self.freeze(), Event::Finished]),
            Action::TakeBack => Event::TakenBack,
        }])
    }

    fn reschedule(&self, shift_ms: Millis, extension_ms: Millis) -> Result<Event, Rejection> {
        let span = self.phase.clock().ok_or(Rejection::NotNow)?.span();
        let (from_ms, deadline_ms) = (span.from_ms + shift_ms, span.to_ms + shift_ms + extension_ms);
        if deadline_ms - from_ms > limits::CLOCK_MS_MAX {
            return Err(Rejection::NotNow);
        }
        Ok(Event::Rescheduled { from_ms, deadline_ms })
    }

    fn start_rating(&self, around: &Circumstances) -> Decision {
        let round = self.round();
        let answers: Vec<_> = self.rateable(round).collect();
        let present: Vec<_> = self.teams.keys().copied().filter(|team| around.present.contains(team)).collect();
        let sheets = allocate::deal(&answers, &present, limits::RATERS, around.seed);
        let longest = sheets.values().map(Vec::len).max().filter(|longest| *longest > 0);
        let none = if answers.is_empty() { Rejection::NothingToRate } else { Rejection::NobodyToRate };
        let longest = longest.ok_or(none)?;
        let from_ms = around.now_ms + around.lead_ms + limits::RATING_CARD_MS;
        let deadline_ms = from_ms + limits::RATING_MS_PER_ANSWER * longest as i64;
        Ok(vec![Event::RatingStarted { round, from_ms, deadline_ms, sheets }])
    }

    /// A mark set by hand, once the question is over.
    fn set_mark(&self, team: TeamId, question: QuestionId, cents: Option<Cents>) -> Decision {
        if !self.teams.contains_key(&team) {
            return Err(Rejection::UnknownTeam);
        }
        let (_, found) = self.quiz.question(question).ok_or(Rejection::UnknownQuestion)?;
        if !self.is_over(question) || matches!(self.phase, Phase::Finished) {
            return Err(Rejection::NotNow);
        }
        if cents.is_some_and(|cents| !(0..=Cents::from(found.points) * 100).contains(&cents)) {
            return Err(Rejection::MarkOutOfRange);
        }
        Ok(vec![Event::MarkSet { team, question, cents }])
    }
}

/// Decides on a message from the desk.
pub fn desk(game: &Game, message: &protocol::client::FromDesk, around: &Circumstances) -> Decision {
    use protocol::client::FromDesk;
    match *message {
        FromDesk::Act { turn, action } => game.act(turn, action, around),
        FromDesk::Mark { team, question, cents } => game.set_mark(team, question, cents),
        FromDesk::UseVersion { team, question, revision } => amend::use_version(game, team, question, revision),
        FromDesk::SettleLate { question, team, accept } => amend::settle_late(game, question, team, accept),
        FromDesk::Review(_) | FromDesk::History(_) | FromDesk::AdmitScreen(_) => Ok(Vec::new()),
    }
}
