//! The desk's view: everything, with names.

use super::{History, Mark, Notice, Span, Standing, Together};
use crate::client::Action;
use crate::ids::{Millis, QuestionId, TeamId};
use crate::question::{Heading, Question, Solution};
use crate::shared::Shared;
use serde::{Deserialize, Serialize};

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
    pub devices: Vec<Device>,
    /// Whether one was ever open since the server started.
    pub was_here: bool,
    /// What it has written or ticked.
    pub text: String,
    /// When it last changed; nothing while it is empty.
    pub changed_ms: Option<Millis>,
    /// Edits that came too late and have been neither accepted nor left.
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
    /// Path of the big screen, with the key that opens it.
    pub screen: String,
    /// Numbers of the screens that wait to be let in.
    pub screens: Vec<u16>,
    /// Where the game stands.
    pub now: Moment,
    /// The clock that runs, if any.
    pub clock: Option<Span>,
    /// When the question that is being counted in opens.
    pub reveal_ms: Option<Millis>,
    /// What is on.
    pub current: Option<DeskQuestion>,
    /// What "Open question" would open.
    pub next: Option<DeskQuestion>,
    /// What the next step leads to.
    pub after: After,
    /// The next sensible step.
    pub primary: Option<Action>,
    /// Whatever else makes sense now.
    pub actions: Vec<Action>,
    /// Who has the question that is to be opened, while it is waited for.
    pub roll_call: Option<RollCall>,
    /// How close together pages showed the question that is on.
    pub reveal: Option<RevealReport>,
    /// The wall.
    pub rows: Vec<WallRow>,
    /// The leaderboard as it is, shown or not.
    pub standings: Shared<Vec<Standing>>,
    /// Whether the room sees it now.
    pub scores_shown: bool,
    /// Rating, while and after it runs.
    pub rating: Option<RatingDesk>,
    /// Questions that are over, by prompt, the newest first.
    pub over: Vec<(QuestionId, String)>,
    /// The one of them that is being looked at.
    pub review: Option<Review>,
    /// Answers of which something came too late, to be accepted or left.
    pub late: Vec<LateArrival>,
    /// The answer whose history is being looked at.
    pub history: Option<History>,
    /// What the server has to say, such as after an outage.
    pub notice: Option<Notice>,
}

/// Where a game stands, as the quizmaster thinks of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moment {
    /// Teams are coming in.
    #[default]
    Lobby,
    /// Between questions.
    Between,
    /// Pages are waited for that do not have the question yet.
    Sealed,
    /// Counting in.
    Armed,
    /// Teams are writing.
    Open,
    /// Time is up; what is under way is collected.
    Ending,
    /// Answered.
    Closed {
        /// Whether other teams rate it later.
        rated: bool,
    },
    /// The solution is shown.
    Solution,
    /// Teams are rating.
    Rating,
    /// Rating is over; what is under way is collected.
    RatingEnding,
    /// Rated; the room has not seen the scores.
    Rated,
    /// The leaderboard is shown.
    Scores,
    /// The podium is shown.
    Finished,
    /// The clock is stopped.
    Paused,
}

/// What the next step leads to, or why there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum After {
    /// Nothing that its name does not say.
    #[default]
    Plain,
    /// A clock runs, and what follows comes by itself.
    Running,
    /// The evening is over.
    Over,
    /// A question.
    Question(Heading),
    /// A rating.
    Rating {
        /// Answers that are dealt out.
        answers: u32,
        /// About so many for each team.
        each: u32,
        /// Time for them.
        ms: Millis,
    },
    /// The clock runs on.
    Resume {
        /// Time that is left.
        left_ms: Millis,
    },
}

/// All answers to a question that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Which question.
    pub question: QuestionId,
    /// For each team: its name, its answer and its mark.
    pub rows: Vec<(TeamId, String, String, Mark)>,
    /// How close together pages showed it.
    pub reveal: Option<RevealReport>,
}

/// How a page's frames travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Transport {
    /// Over a WebSocket.
    WebSocket,
    /// Over plain requests, where WebSockets are blocked.
    Polling,
}

/// An open page of a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// How it is connected.
    pub transport: Transport,
    /// Its line, once measured.
    pub line: Option<LineQuality>,
    /// How long after the deadline what was typed on it in time may arrive.
    pub grace_ms: u32,
}

/// How long a page's line is, as the server measures it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineQuality {
    /// Its usual round-trip time.
    pub delay_us: u32,
    /// How much longer round trips take now and then: nine of ten stay within.
    pub jitter_us: u32,
    /// The page's idea of the server's clock is no further off: half the least round trip.
    pub clock_error_us: u32,
}

/// The pages that have, or have not, the question that is to be opened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollCall {
    /// Pages that can open it.
    pub ready: u32,
    /// Pages in all.
    pub pages: u32,
    /// The others: whose they are, nobody's for a big screen, and how much of 100 they have.
    pub waiting: Vec<(Option<String>, u8)>,
}

/// How close together pages showed one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealReport {
    /// Laptops that showed it, and how close together.
    pub together: Together,
    /// Errors of their clocks in microseconds: the middle one, and the largest.
    pub clock_errors_us: [u32; 2],
    /// Pages that were not there in time: whose they are, nobody's for a big screen, and by how much, the latest
    /// first.
    pub late: Vec<(Option<String>, u32)>,
    /// Pages whose browser blurs its clock: whose they are. They are left out of the rest.
    pub coarse: Vec<Option<String>>,
}

/// Teams whose edits of a question came too late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateArrival {
    /// To which question.
    pub question: QuestionId,
    /// Its prompt.
    pub prompt: String,
    /// The teams, with their names.
    pub teams: Vec<(TeamId, String)>,
    /// Whether they can still be accepted: not once the answers were dealt out for rating.
    pub acceptable: bool,
}
