//! What a page tells the server, by role: a team's message cannot express a quizmaster's command.

use crate::answer::Edit;
use crate::ids::{Micros, Millis, QuestionId, Slot, TeamId, WriterId};
use crate::mark::Cents;
use serde::{Deserialize, Serialize};

/// How far a returning page had followed one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Which answer.
    pub question: QuestionId,
    /// The last revision it has seen.
    pub revision: u32,
}

/// Consecutive edits of one answer, each made on top of the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Who made them.
    pub writer: WriterId,
    /// Number of the first; the others count on.
    pub first: u64,
    /// Which answer.
    pub question: QuestionId,
    /// The revision that the first was made on.
    pub base: u32,
    /// Whether they stand on edits of this writer that came too late, and so are late themselves.
    pub on_late: bool,
    /// The edits, at most [`crate::limits::BATCH_EDITS`].
    pub edits: Vec<Edit>,
}

/// One click on a star.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Who made it.
    pub writer: WriterId,
    /// Its number among that writer's.
    pub number: u64,
    /// When it was made.
    pub at_ms: Millis,
    /// Round whose answers are being rated, so that a click that comes late hits no other round's.
    pub round: u16,
    /// Which of the sheet's answers.
    pub slot: Slot,
    /// 1 to 5.
    pub stars: u8,
}

/// What a page tells about the question that is being revealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Readiness {
    /// So much of the sealed question has come; at 100 the page can open it.
    Loaded {
        /// Which question.
        question: QuestionId,
        /// 0 to 100.
        percent: u8,
    },
    /// The question is on the screen.
    Displayed {
        /// Which question.
        question: QuestionId,
        /// The server's clock when it was painted, by the page's estimate.
        at_us: Micros,
        /// The estimate is no further off than this.
        error_us: u32,
        /// Whether the browser's clock is so coarse that this says little.
        coarse: bool,
    },
}

/// From a team's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromTeam {
    /// First message of a connection: who I am and what I have.
    Hello {
        /// This page load.
        writer: WriterId,
        /// Last number it knows to be acknowledged.
        acked: u64,
        /// The answers it holds.
        known: Vec<Known>,
    },
    /// Typing and ticking.
    Edits(Batch),
    /// Rating.
    Rate(Rating),
    /// How far it is with the question.
    Ready(Readiness),
    /// Lights the team's tile on the big screen, to show that this laptop works.
    Wave,
}

/// What a quizmaster can do with one press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    /// Send the next question out, sealed, and open it once every page has it.
    OpenQuestion,
    /// Open it without waiting for the rest.
    OpenNow,
    /// End the running clock now.
    CloseNow,
    /// Stop the clock and cover the question.
    Pause,
    /// Go on with the time that was left.
    Resume,
    /// Give more time.
    AddTime,
    /// Take the question off all pages; it can be opened again.
    Withdraw,
    /// Show the solution and count its marks.
    ShowSolution,
    /// Deal the round's answers out for rating.
    StartRating,
    /// Go on without having the round's answers rated.
    SkipRating,
    /// Show the leaderboard to the room.
    ShowScores,
    /// Go on to the next round.
    NextRound,
    /// End the game with the podium.
    Finish,
    /// Take the end back.
    TakeBack,
}

/// From the quizmaster's desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromDesk {
    /// A button, with the turn of the game that the desk showed when it was pressed.
    Act {
        /// Turn that was seen.
        turn: u32,
        /// What to do.
        action: Action,
    },
    /// Sets a mark by hand, or takes that back.
    Mark {
        /// Whose answer.
        team: TeamId,
        /// To which question.
        question: QuestionId,
        /// Hundredths of a point; `None` takes the automatic mark again.
        cents: Option<Cents>,
    },
    /// Looks at the answers to an earlier question, or no longer.
    Review(Option<QuestionId>),
    /// Looks at everything that happened to one answer, or no longer.
    History(Option<(TeamId, QuestionId)>),
    /// Lets an answer read as it did at an earlier revision.
    UseVersion {
        /// Whose.
        team: TeamId,
        /// To which question.
        question: QuestionId,
        /// Which revision.
        revision: u32,
    },
    /// Lets what came too late for a question count, or leaves it.
    SettleLate {
        /// Which question.
        question: QuestionId,
        /// Of one team; nothing for all of them.
        team: Option<TeamId>,
        /// Whether it counts.
        accept: bool,
    },
    /// Lets the screen that shows this number show the game.
    AdmitScreen(u16),
}

/// From the big screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromScreen {
    /// How far it is with the question.
    Ready(Readiness),
}
