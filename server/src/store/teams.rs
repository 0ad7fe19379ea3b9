//! The teams of the games, as they log in.

use super::Store;
use protocol::ids::TeamId;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

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

fn team(row: SqliteRow) -> TeamRow {
    TeamRow { id: TeamId(row.get(0)), game: row.get(1), name: row.get(2), password_hash: row.get(3) }
}

impl Store {
    /// The teams of a game.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn teams(&self, game: i64) -> sqlx::Result<Vec<TeamRow>> {
        let rows = sqlx::query("SELECT id, game_id, name, password_hash FROM teams WHERE game_id = ?1 ORDER BY id");
        Ok(rows.bind(game).fetch_all(&self.reader).await?.into_iter().map(team).collect())
    }

    /// The team of a game with this name, as people type it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn team(&self, game: i64, name: &str) -> sqlx::Result<Option<TeamRow>> {
        let row =
            sqlx::query("SELECT id, game_id, name, password_hash FROM teams WHERE game_id = ?1 AND name_key = ?2");
        Ok(row.bind(game).bind(name_key(name)).fetch_optional(&self.reader).await?.map(team))
    }
}
