//! Facts, in the past tense, with their instants and their draws inside: a replay needs no clock and no seed.

use crate::quiz::Quiz;
use protocol::answer::Change;
use protocol::ids::{Millis, QuestionId, Slot, TeamId, WriterId};
use protocol::view::Cents;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An event and when it happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The room's clock.
    pub at_ms: Millis,
    /// What happened.
    pub event: Event,
}

/// An answer that a team rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Deal {
    /// To which question.
    pub question: QuestionId,
    /// Whose.
    pub author: TeamId,
}

/// Why an answer was changed by nobody of its team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// Several pages together had written more than fits.
    TooLong,
    /// The quizmaster uses an earlier version.
    Version,
    /// The quizmaster accepts what came too late.
    Late,
}

/// Something that happened. Stored for good: new ones are added, old ones keep their meaning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The game was made from a quiz.
    Created {
        /// The quiz as it was then.
        quiz: Quiz,
        /// Addresses of its picture files.
        media: BTreeMap<String, String>,
        /// Version of the rules that it is played by; 0 stands for those before they were counted.
        #[serde(default, skip_serializing_if = "is_zero")]
        rules: u16,
    },
    /// The order in which questions are played was set. Without it, it is that of the quiz.
    Ordered {
        /// The questions; those that are missing are not played.
        order: Vec<QuestionId>,
    },
    /// A team takes part.
    TeamAdded {
        /// The team's id; its name is not part of the game.
        team: TeamId,
    },
    /// A question went out to all pages, sealed.
    Sealed {
        /// The question that nobody can read yet.
        question: QuestionId,
    },
    /// A page displayed a question that was revealed.
    #[serde(rename = "Shown")]
    Displayed {
        /// The question on that page.
        question: QuestionId,
        /// Whose page; nothing for a big screen.
        team: Option<TeamId>,
        /// Microseconds after the instant of the reveal, by the page's estimate, within what the server itself saw.
        after_us: u32,
        /// The estimate is no further off than this.
        error_us: u32,
        /// Whether the browser's clock is so coarse that this says little.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        coarse: bool,
    },
    /// A question is being counted in.
    Armed {
        /// The question that pages hold sealed.
        question: QuestionId,
        /// When it opens.
        reveal_ms: Millis,
    },
    /// A question was revealed.
    Opened {
        /// The question that can be answered from then on.
        question: QuestionId,
        /// The instant of the reveal.
        reveal_ms: Millis,
        /// The instant at which it closes.
        deadline_ms: Millis,
    },
    /// A keypress, paste or click was accepted.
    Edited {
        /// Whose answer.
        team: TeamId,
        /// To which question.
        question: QuestionId,
        /// By which page load.
        writer: WriterId,
        /// Its number among the page load's.
        number: u64,
        /// When it was made, by the page's estimate.
        made_ms: Millis,
        /// What it changed.
        changes: Vec<Change>,
    },
    /// A keypress, paste or click came too late to count.
    EditedLate {
        /// Whose answer.
        team: TeamId,
        /// To which question.
        question: QuestionId,
        /// By which page load.
        writer: WriterId,
        /// Its number among the page load's.
        number: u64,
        /// When it was made, by the page's estimate.
        made_ms: Millis,
        /// What it would have changed: on top of `base` and of the late edits it stands on, or, without a base, as the
        /// page sent it.
        changes: Vec<Change>,
        /// Revision of the answer when it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<u32>,
        /// Whether it was made on top of the late edit of the same page load before it.
        #[serde(default, skip_serializing_if = "is_false")]
        on_late: bool,
        /// How long after the deadline it could have arrived, by what the server knew of the page's line.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grace_ms: Option<Millis>,
    },
    /// An answer was changed by a rule or by the quizmaster.
    Amended {
        /// Whose answer.
        team: TeamId,
        /// To which question.
        question: QuestionId,
        /// What was changed.
        changes: Vec<Change>,
        /// Why.
        cause: Cause,
    },
    /// The quizmaster let count what had come too late for a question, or left it.
    LateSettled {
        /// Which question.
        question: QuestionId,
        /// Whether it counts.
        accepted: bool,
        /// Of which team; nothing for all of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<TeamId>,
    },
    /// The running clock was given another end, or was set going again.
    Rescheduled {
        /// Begin of the clock.
        from_ms: Millis,
        /// Its end.
        deadline_ms: Millis,
    },
    /// The clock was stopped.
    Paused {
        /// The instant it stopped at.
        at_ms: Millis,
    },
    /// The clock ran out, or was ended; what is under way still counts.
    Ended {
        /// The instant it ended at.
        at_ms: Millis,
    },
    /// Everything under way has come or is too late.
    Closed,
    /// The question was taken back unanswered, in the first version: at the instant of the press.
    Withdrawn,
    /// The question was taken back unanswered.
    WithdrawnAt {
        /// The instant from which pages do not show it; what was made before is kept.
        at_ms: Millis,
    },
    /// The solution was shown and its marks count.
    SolutionShown,
    /// Answers were dealt out for rating.
    RatingStarted {
        /// Of which round.
        round: u16,
        /// End of the card before it.
        from_ms: Millis,
        /// The instant at which rating ends.
        deadline_ms: Millis,
        /// What each team rates, by slot.
        sheets: BTreeMap<TeamId, Vec<Deal>>,
    },
    /// The quizmaster goes on without having a round's answers rated.
    RatingSkipped {
        /// Of which round.
        round: u16,
    },
    /// A click on a star was accepted.
    Rated {
        /// By which team.
        team: TeamId,
        /// Of which round.
        round: u16,
        /// Which of its answers.
        slot: Slot,
        /// 1 to 5.
        stars: u8,
        /// By which page load.
        writer: WriterId,
        /// Its number among the page load's.
        number: u64,
        /// When it was made, by the page's estimate.
        made_ms: Millis,
    },
    /// A click on a star came too late to count.
    RatedLate {
        /// By which team.
        team: TeamId,
        /// Of which round.
        round: u16,
        /// Which of its answers.
        slot: Slot,
        /// 1 to 5.
        stars: u8,
        /// By which page load.
        writer: WriterId,
        /// Its number among the page load's.
        number: u64,
        /// When it was made, by the page's estimate.
        made_ms: Millis,
    },
    /// The quizmaster set a mark by hand, or took that back.
    MarkSet {
        /// Whose.
        team: TeamId,
        /// For which question.
        question: QuestionId,
        /// To what.
        cents: Option<Cents>,
    },
    /// The leaderboard was shown.
    ScoresShown,
    /// The next round began.
    RoundStarted {
        /// The round, counted from 0.
        round: u16,
    },
    /// Marks as they are at the end, so that a mended rule never changes an evening that is over.
    MarksFrozen {
        /// Version of the rules that made them.
        rules: u16,
        /// Those of each question that counts: nothing where too few have rated.
        marks: BTreeMap<QuestionId, BTreeMap<TeamId, Option<Cents>>>,
    },
    /// The game ended.
    Finished,
    /// The end was taken back.
    TakenBack,
}

fn is_zero(value: &u16) -> bool {
    *value == 0
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Event {
    /// The instant from which pages show what follows from it: decided at `now_ms`, when reaching all of them takes
    /// `lead_ms`.
    pub fn shown_ms(&self, now_ms: Millis, lead_ms: Millis) -> Millis {
        match *self {
            Self::Opened { reveal_ms, .. } => reveal_ms,
            Self::Ended { at_ms } | Self::Paused { at_ms } => at_ms,
            Self::WithdrawnAt { at_ms } => at_ms.max(now_ms),
            // What is sealed says nothing yet, and pages need every moment of it.
            Self::Sealed { .. } | Self::Armed { .. } => now_ms,
            _ => now_ms + lead_ms,
        }
    }
}
