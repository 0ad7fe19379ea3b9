//! What each role sees of a game. A team's types have no place for a solution before it is shown, nor for the
//! author of an answer it rates.

use crate::client::Action;
use crate::ids::{Millis, QuestionId, Slot, TeamId};
use crate::question::{Heading, Question, Solution};
use serde::{Deserialize, Serialize};

/// Hundredths of a point, so that half a star is exact.
pub type Cents = u32;

/// A team's place in the leaderboard; ties share one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// 1 is first.
    pub place: u32,
    /// Whose.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// All its points.
    pub cents: Cents,
}

/// A mark and its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What was given; nothing while it is pending.
    pub cents: Option<Cents>,
    /// Of how much.
    pub of: Cents,
    /// Why.
    pub why: String,
    /// Set by the quizmaster.
    pub by_hand: bool,
}

/// A team and whether it is connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Its name.
    pub name: String,
    /// Whether a page of it is open.
    pub online: bool,
}

/// A clock that runs between two server instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// From.
    pub from_ms: Millis,
    /// To.
    pub to_ms: Millis,
}

/// One anonymous answer to rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its place.
    pub slot: Slot,
    /// The question it answers.
    pub prompt: String,
    /// What to judge.
    pub criterion: String,
    /// The answer.
    pub text: String,
    /// Stars given so far, 0 for none.
    pub stars: u8,
}

/// Where the game stands, for a team.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TeamStage {
    /// Not known yet: what the page shows before its link is up.
    #[default]
    Connecting,
    /// Before the first question.
    Lobby {
        /// Who is here.
        teams: Vec<Presence>,
    },
    /// Between two questions, with the next round's or question's heading.
    Between {
        /// Heading of the next question.
        next: Heading,
        /// One sentence about the round, before its first question.
        intro: String,
    },
    /// Counting in.
    Armed {
        /// Heading of what comes.
        heading: Heading,
        /// When it opens.
        reveal_ms: Millis,
    },
    /// Being answered.
    Open {
        /// The question.
        question: Question,
        /// From reveal to deadline.
        clock: Span,
    },
    /// Answered, waiting for what comes next.
    Closed {
        /// The question.
        question: Question,
        /// Still collecting what is under way.
        collecting: bool,
    },
    /// The solution is shown.
    Shown {
        /// The question.
        question: Question,
        /// Its solution.
        solution: Solution,
        /// The team's own mark.
        mark: Mark,
    },
    /// Rating other teams' answers.
    Rating {
        /// Round whose answers they are.
        round: u16,
        /// From the end of the card to the deadline.
        clock: Span,
        /// What to rate.
        sheets: Vec<Sheet>,
        /// Whether there are too few teams for anonymity.
        too_few: bool,
    },
    /// Rating has ended.
    Rated {
        /// Still collecting what is under way.
        collecting: bool,
    },
    /// The leaderboard is shown.
    Scores {
        /// All teams.
        standings: Vec<Standing>,
        /// Own marks of the round, by question.
        marks: Vec<(String, Mark)>,
    },
    /// The end.
    Finished {
        /// All teams.
        standings: Vec<Standing>,
    },
    /// The clock is stopped and the question covered.
    Paused {
        /// Time that was left.
        left_ms: Millis,
    },
}

/// What a team sees.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    /// Journal sequence that it reflects.
    pub seq: u64,
    /// Title of the game.
    pub title: String,
    /// The team's own name.
    pub name: String,
    /// The team's own id, to find itself in the leaderboard.
    pub team: Option<TeamId>,
    /// Where the game stands.
    pub stage: TeamStage,
    /// What the server has to say, such as after an outage.
    pub notice: Option<String>,
}

/// Where the game stands, for the room.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum ScreenStage {
    /// Not known yet.
    #[default]
    Connecting,
    /// Before the first question.
    Lobby {
        /// Who is here.
        teams: Vec<Presence>,
    },
    /// Between two questions.
    Between {
        /// Heading of the next question.
        next: Heading,
        /// One sentence about the round, before its first question.
        intro: String,
    },
    /// Counting in.
    Armed {
        /// Heading of what comes.
        heading: Heading,
        /// When it opens.
        reveal_ms: Millis,
    },
    /// Being answered.
    Open {
        /// The question.
        question: Question,
        /// From reveal to deadline.
        clock: Span,
        /// Teams that have written something.
        answered: u32,
        /// Teams in all.
        teams: u32,
    },
    /// Pencils down.
    Closed {
        /// The question.
        question: Question,
        /// Teams that have written something.
        answered: u32,
        /// Teams in all.
        teams: u32,
        /// Still collecting what is under way.
        collecting: bool,
    },
    /// The solution is shown.
    Shown {
        /// The question.
        question: Question,
        /// Its solution.
        solution: Solution,
        /// Teams with full marks.
        right: u32,
        /// Teams in all.
        teams: u32,
    },
    /// Teams rate.
    Rating {
        /// From the end of the card to the deadline.
        clock: Span,
        /// For each team: ratings given, of how many.
        progress: Vec<(String, u32, u32)>,
    },
    /// Rating has ended.
    Rated {
        /// Still collecting what is under way.
        collecting: bool,
    },
    /// The leaderboard.
    Scores {
        /// All teams.
        standings: Vec<Standing>,
    },
    /// The podium.
    Finished {
        /// All teams.
        standings: Vec<Standing>,
    },
    /// The clock is stopped.
    Paused {
        /// Time that was left.
        left_ms: Millis,
    },
}

/// What the room sees.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ScreenView {
    /// Journal sequence that it reflects.
    pub seq: u64,
    /// Title of the game.
    pub title: String,
    /// Address to join at, without the scheme.
    pub address: String,
    /// The same as a QR code: a square of modules, true is dark.
    pub qr: Vec<bool>,
    /// Where the game stands.
    pub stage: ScreenStage,
}

/// A question as only the quizmaster sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskQuestion {
    /// What teams see.
    pub question: Question,
    /// The solution, or what raters are asked.
    pub solution: Solution,
    /// A word to the quizmaster.
    pub note: Option<String>,
}

/// One team on the wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallRow {
    /// Which team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// Its open pages.
    pub devices: u32,
    /// Round-trip time of the page seen last.
    pub rtt_ms: Option<u32>,
    /// What it has written or ticked.
    pub text: String,
    /// When it last changed; nothing while it is empty.
    pub changed_ms: Option<Millis>,
    /// Edits that came too late to count.
    pub late: u32,
    /// Its mark, once the question is closed.
    pub mark: Option<Mark>,
}

/// Rating, as the desk sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingDesk {
    /// Each answer with its author, its stars and its mark.
    pub answers: Vec<RatedAnswer>,
    /// Ratings given.
    pub given: u32,
    /// Ratings dealt.
    pub dealt: u32,
}

/// An answer and what raters gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatedAnswer {
    /// Who wrote it.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// To which question.
    pub question: QuestionId,
    /// The answer.
    pub text: String,
    /// Stars so far, 0 where a rater has not decided.
    pub stars: Vec<u8>,
    /// The mark they make.
    pub mark: Mark,
}

/// What the quizmaster sees.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DeskView {
    /// Journal sequence that it reflects.
    pub seq: u64,
    /// Counts changes of phase; commands carry it.
    pub turn: u32,
    /// Title of the game.
    pub title: String,
    /// Its code.
    pub code: String,
    /// Address teams join at.
    pub address: String,
    /// Where the game stands, in words.
    pub now: String,
    /// The clock that runs, if any.
    pub clock: Option<Span>,
    /// What is on.
    pub current: Option<DeskQuestion>,
    /// What "Open question" would open.
    pub next: Option<DeskQuestion>,
    /// What comes after the primary action, in words.
    pub after: String,
    /// The next sensible step.
    pub primary: Option<Action>,
    /// Whatever else makes sense now.
    pub actions: Vec<Action>,
    /// The wall.
    pub rows: Vec<WallRow>,
    /// The leaderboard as it is, shown or not.
    pub standings: Vec<Standing>,
    /// Rating, while and after it runs.
    pub rating: Option<RatingDesk>,
    /// Questions that are over, by prompt, the newest first.
    pub over: Vec<(QuestionId, String)>,
    /// The one of them that is being looked at.
    pub review: Option<Review>,
    /// What the server has to say, such as after an outage.
    pub notice: Option<String>,
}

/// All answers to a question that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Which question.
    pub question: QuestionId,
    /// For each team: its name, its answer and its mark.
    pub rows: Vec<(TeamId, String, String, Mark)>,
}
