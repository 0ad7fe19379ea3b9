//! Where a game stands, and where each fact leads from there.

use crate::clock::{Clock, Collecting};
use crate::event::Event;
use protocol::ids::{Millis, QuestionId};
use protocol::view::Span;
use std::mem::discriminant;

/// Where a game stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before the first question.
    Lobby,
    /// Before a round, or after a question was withdrawn.
    Between,
    /// Out on all pages, sealed; those that do not have it yet are waited for.
    Sealed {
        /// The question that is to open next.
        question: QuestionId,
    },
    /// Counting in.
    Armed {
        /// The question that is about to open.
        question: QuestionId,
        /// When it opens.
        reveal_ms: Millis,
    },
    /// Being answered.
    Open {
        /// The question that is on.
        question: QuestionId,
        /// The instant at which it was revealed, whatever has become of its clock.
        reveal_ms: Millis,
        /// Its clock.
        clock: Clock,
    },
    /// The clock has run out; what is under way still counts.
    Ending {
        /// The question that was on.
        question: QuestionId,
        /// The instant at which it was revealed.
        reveal_ms: Millis,
        /// What is still waited for.
        collecting: Collecting,
    },
    /// Answered.
    Closed {
        /// The question that was on.
        question: QuestionId,
    },
    /// The solution is shown.
    Solution {
        /// The question that it solves.
        question: QuestionId,
    },
    /// Teams rate.
    Rating {
        /// The round whose answers they rate.
        round: u16,
        /// Its clock.
        clock: Clock,
    },
    /// Rating has run out; clicks under way still count.
    RatingEnding {
        /// The round whose answers were rated.
        round: u16,
        /// What is still waited for.
        collecting: Collecting,
    },
    /// Rated.
    Rated {
        /// The round whose answers were rated.
        round: u16,
    },
    /// The leaderboard is shown.
    Scores,
    /// The end.
    Finished,
}

impl Phase {
    /// Where a fact of this instant leads: the table of all ways. What has no place there changes nothing.
    pub fn after(self, event: &Event, at_ms: Millis) -> Self {
        match (self, event) {
            (_, &Event::Sealed { question }) => Self::Sealed { question },
            (_, &Event::Armed { question, reveal_ms }) => Self::Armed { question, reveal_ms },
            (_, &Event::Opened { question, reveal_ms, deadline_ms }) => {
                Self::Open { question, reveal_ms, clock: Clock::running(reveal_ms, deadline_ms) }
            }
            (_, &Event::RatingStarted { round, from_ms, deadline_ms, .. }) => {
                Self::Rating { round, clock: Clock::running(from_ms, deadline_ms) }
            }
            (Self::Open { question, reveal_ms, .. }, &Event::Rescheduled { from_ms, deadline_ms }) => {
                Self::Open { question, reveal_ms, clock: Clock::running(from_ms, deadline_ms) }
            }
            (Self::Rating { round, .. }, &Event::Rescheduled { from_ms, deadline_ms }) => {
                Self::Rating { round, clock: Clock::running(from_ms, deadline_ms) }
            }
            (Self::Open { question, reveal_ms, clock }, &Event::Paused { at_ms: stopped_ms }) => {
                Self::Open { question, reveal_ms, clock: clock.paused(stopped_ms, at_ms) }
            }
            (Self::Rating { round, clock }, &Event::Paused { at_ms: stopped_ms }) => {
                Self::Rating { round, clock: clock.paused(stopped_ms, at_ms) }
            }
            (Self::Open { question, reveal_ms, clock }, &Event::Ended { at_ms: closes_ms }) => {
                Self::Ending { question, reveal_ms, collecting: Collecting::of(clock.span(), closes_ms, at_ms) }
            }
            (Self::Ending { question, reveal_ms, collecting }, &Event::Ended { at_ms: closes_ms }) => {
                Self::Ending { question, reveal_ms, collecting: Collecting::of(collecting.span, closes_ms, at_ms) }
            }
            (Self::Rating { round, clock }, &Event::Ended { at_ms: closes_ms }) => {
                Self::RatingEnding { round, collecting: Collecting::of(clock.span(), closes_ms, at_ms) }
            }
            (Self::RatingEnding { round, collecting }, &Event::Ended { at_ms: closes_ms }) => {
                Self::RatingEnding { round, collecting: Collecting::of(collecting.span, closes_ms, at_ms) }
            }
            (Self::Ending { question, .. }, Event::Closed) => Self::Closed { question },
            (Self::RatingEnding { round, .. }, Event::Closed) => Self::Rated { round },
            (_, Event::SolutionShown) => self.question().map_or(self, |question| Self::Solution { question }),
            (_, Event::Withdrawn | Event::WithdrawnAt { .. } | Event::RoundStarted { .. }) => Self::Between,
            (_, Event::ScoresShown | Event::TakenBack) => Self::Scores,
            (_, Event::Finished) => Self::Finished,
            (stays, _) => stays,
        }
    }

    /// The question that is on, from its count-in to the next step.
    pub fn question(self) -> Option<QuestionId> {
        match self {
            Self::Sealed { question }
            | Self::Armed { question, .. }
            | Self::Open { question, .. }
            | Self::Ending { question, .. }
            | Self::Closed { question }
            | Self::Solution { question } => Some(question),
            _ => None,
        }
    }

    /// The round whose answers are rated, or were just rated.
    pub fn rated_round(self) -> Option<u16> {
        match self {
            Self::Rating { round, .. } | Self::RatingEnding { round, .. } | Self::Rated { round } => Some(round),
            _ => None,
        }
    }

    /// The clock of the question or rating that is on.
    pub fn clock(self) -> Option<Clock> {
        match self {
            Self::Open { clock, .. } | Self::Rating { clock, .. } => Some(clock),
            _ => None,
        }
    }

    /// What is under way and still counts.
    pub fn collecting(self) -> Option<Collecting> {
        match self {
            Self::Ending { collecting, .. } | Self::RatingEnding { collecting, .. } => Some(collecting),
            _ => None,
        }
    }

    /// The instant at which the clock was stopped, while it is.
    pub fn paused_ms(self) -> Option<Millis> {
        self.clock().and_then(Clock::paused_ms)
    }

    /// From when to when the clock runs, or ran out: nothing while it is stopped.
    pub fn running(self) -> Option<Span> {
        let clock = self.clock().filter(|clock| clock.paused_ms().is_none());
        clock.map(Clock::span).or(self.collecting().map(|collecting| collecting.span))
    }

    /// When the question that is being counted in opens.
    pub fn reveal_ms(self) -> Option<Millis> {
        match self {
            Self::Armed { reveal_ms, .. } => Some(reveal_ms),
            _ => None,
        }
    }

    /// The question that is on or just was, and until when what is made for it counts.
    pub fn closes(self) -> Option<(QuestionId, Millis)> {
        match self {
            Self::Open { question, clock, .. } => Some((question, clock.closes_ms())),
            Self::Ending { question, collecting, .. } => Some((question, collecting.span.to_ms)),
            _ => None,
        }
    }

    /// When the rules want to be asked again, if a clock runs.
    pub fn wake_ms(self) -> Option<Millis> {
        let collected = self.collecting().map(|collecting| collecting.until_ms);
        self.reveal_ms().or(collected).or_else(|| self.running().map(|span| span.to_ms))
    }

    /// Whether a desk that has seen one of two phases may press what the other one allows: more time makes no other phase,
    /// a pause does.
    pub fn is_same_turn(self, other: Self) -> bool {
        let place = |phase: Self| (discriminant(&phase), phase.question(), phase.rated_round(), phase.paused_ms());
        place(self) == place(other)
    }
}
