//! Games.

use super::media::NewPicture;
use super::teams::NewTeam;
use async_trait::async_trait;
use game::Fact;
use protocol::ids::{Millis, TeamId};

/// A game as the control panel lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GameRow {
    /// Its row.
    pub id: i64,
    /// Its short code.
    pub code: String,
    /// Title of its quiz.
    pub title: String,
    /// Whether teams can log in.
    pub is_open: bool,
}

/// A game that is to be made.
pub struct NewGame<'a> {
    /// Its short code.
    pub code: &'a str,
    /// Title of its quiz.
    pub title: &'a str,
    /// When it is made.
    pub now_ms: Millis,
    /// Its pictures.
    pub pictures: &'a [NewPicture<'a>],
    /// Its teams.
    pub teams: &'a [NewTeam<'a>],
}

/// The first facts of a game, made of the ids that its teams get.
pub type FirstFacts<'a> = &'a (dyn Fn(&[TeamId]) -> Vec<Fact> + Send + Sync);

/// The games.
#[async_trait]
pub trait Games: Send + Sync {
    /// Makes a game with everything that belongs to it and its first facts, all or nothing, and returns its row.
    ///
    /// # Errors
    /// When the database fails, the code is taken, or two teams have one name.
    async fn found(&self, new: &NewGame<'_>, facts: FirstFacts<'_>) -> sqlx::Result<i64>;

    /// Closes all games of a quiz of this title to teams.
    ///
    /// # Errors
    /// When the database fails.
    async fn close_games(&self, title: &str) -> sqlx::Result<()>;

    /// All games, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    async fn games(&self) -> sqlx::Result<Vec<GameRow>>;

    /// Games that teams can log in to, the newest first, no more than `most`.
    ///
    /// # Errors
    /// When the database fails.
    async fn open_games(&self, most: u32) -> sqlx::Result<Vec<GameRow>>;

    /// The game with this code, in any case.
    ///
    /// # Errors
    /// When the database fails.
    async fn game(&self, code: &str) -> sqlx::Result<Option<GameRow>>;

    /// The game with this row.
    ///
    /// # Errors
    /// When the database fails.
    async fn game_by_id(&self, id: i64) -> sqlx::Result<Option<GameRow>>;
}
