//! What the server tells a page, by role.

use crate::answer::{Document, Step};
use crate::ids::{QuestionId, WriterId};
use crate::rejection::Rejection;
use crate::seal::Unsealing;
use crate::view::{Attendance, DeskView, ScreenView, TeamView, WallRow};
use serde::{Deserialize, Serialize};

/// Steps of one answer that a returning page has missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    /// Which answer.
    pub question: QuestionId,
    /// From the first one after the revision the page knew.
    pub steps: Vec<Step>,
}

/// To a team's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToTeam {
    /// Answer to a page's hello.
    Welcome {
        /// The writer that introduced itself.
        writer: WriterId,
        /// Where the game stands.
        view: TeamView,
        /// Last number accepted from this writer.
        acked: u64,
        /// What happened to the answers that the page knew.
        missed: Vec<Missed>,
        /// The team's other answers, and those of which some edits of this writer came too late.
        documents: Vec<Document>,
    },
    /// Where the game stands now.
    View(TeamView),
    /// On disk: everything of this writer up to this number.
    Ack {
        /// Whose.
        writer: WriterId,
        /// Last number.
        number: u64,
        /// The answer that grew and its revision, if it was one.
        revision: Option<(QuestionId, u32)>,
    },
    /// Another page of the same team has edited.
    Edited {
        /// Which answer.
        question: QuestionId,
        /// Its revision after the step.
        revision: u32,
        /// The step.
        step: Step,
    },
    /// Came too late to count; kept in the journal for the quizmaster to see.
    Late {
        /// Whose.
        writer: WriterId,
        /// Last number.
        number: u64,
        /// The answer as it counts; nothing for ratings.
        document: Option<Document>,
    },
    /// Not accepted; the page goes on from what the server has.
    Refused {
        /// Whose.
        writer: WriterId,
        /// Why.
        reason: Rejection,
        /// The answer as it stands.
        document: Option<Document>,
    },
    /// Opens the question that was sent sealed, at its instant.
    Unseal(Unsealing),
    /// What has changed of who is here.
    Attendance(Attendance),
}

/// To the quizmaster's desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ToDesk {
    /// Where the game stands now.
    View(Box<DeskView>),
    /// Rows of the wall that have changed.
    Rows(Vec<WallRow>),
    /// A command was refused.
    Refused(Rejection),
    /// Numbers of the screens that wait to be let in have changed.
    Screens(Vec<u16>),
}

/// To the big screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ToScreen {
    /// Where the game stands now.
    View(Box<ScreenView>),
    /// Opens the question that was sent sealed, at its instant.
    Unseal(Unsealing),
    /// What has changed of who is here.
    Attendance(Attendance),
    /// The quizmaster lets this screen in: the address to open instead.
    Admitted(String),
}
