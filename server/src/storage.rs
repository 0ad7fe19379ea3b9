//! What the server needs of whatever keeps its data. Rooms and pages know these seams only; behind them stands SQLite
//! ([`crate::store`]).

mod games;
mod journal;
mod media;
mod ownership;
mod quizzes;
mod sessions;
mod teams;

pub use games::{FirstFacts, GameRow, Games, NewGame};
pub use journal::{AppendError, Journal, restore};
pub use media::{Media, NewPicture};
pub use ownership::{Fence, Ownership};
pub use quizzes::{BIN_MS, Hash, QuizRow, Quizzes, STEPS, Shelf, StoredQuiz};
pub use sessions::{Identity, Sessions};
pub use teams::{NewTeam, TeamRow, Teams, name_key};

use std::sync::Arc;

/// What is looked up, rather than played.
pub trait Directory: Quizzes + Games + Teams + Sessions + Media {}

impl<T: Quizzes + Games + Teams + Sessions + Media> Directory for T {}

/// Everything that is kept.
#[derive(Clone)]
pub struct Storage {
    /// What is looked up: quizzes, games, teams, sessions, pictures.
    pub directory: Arc<dyn Directory>,
    /// What has happened in each game.
    pub journal: Arc<dyn Journal>,
    /// Which server runs which game.
    pub ownership: Arc<dyn Ownership>,
}
