//! The teams of the games, as they log in.

use async_trait::async_trait;
use protocol::ids::TeamId;

/// A team as it logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRow {
    /// Its id.
    pub id: TeamId,
    /// Its game.
    pub game: i64,
    /// Its name.
    pub name: String,
    /// Its password, hashed.
    pub password_hash: String,
}

/// A team of a game that is to be made.
pub struct NewTeam<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its password, hashed.
    pub password_hash: String,
}

/// A name as it is compared: case and repeated white space do not matter.
pub fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Who can log in to which game.
#[async_trait]
pub trait Teams: Send + Sync {
    /// The teams of a game.
    ///
    /// # Errors
    /// When the database fails.
    async fn teams(&self, game: i64) -> sqlx::Result<Vec<TeamRow>>;

    /// The team of a game with this name, as people type it.
    ///
    /// # Errors
    /// When the database fails.
    async fn team(&self, game: i64, name: &str) -> sqlx::Result<Option<TeamRow>>;
}
