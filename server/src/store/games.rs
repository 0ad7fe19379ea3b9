//! Games, their teams and their pictures.

use super::Store;
use protocol::ids::{Millis, TeamId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

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

/// A name as it is compared: case and repeated white space do not matter.
pub fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn game(row: SqliteRow) -> GameRow {
    GameRow { id: row.get(0), code: row.get(1), title: row.get(2), is_open: row.get(3) }
}

fn team(row: SqliteRow) -> TeamRow {
    TeamRow { id: TeamId(row.get(0)), game: row.get(1), name: row.get(2), password_hash: row.get(3) }
}

impl Store {
    /// Makes a game and returns its row.
    ///
    /// # Errors
    /// When the database fails or the code is taken.
    pub async fn create_game(&self, code: &str, title: &str, now_ms: Millis) -> sqlx::Result<i64> {
        let insert = sqlx::query("INSERT INTO games (code, title, created_ms) VALUES (?1, ?2, ?3) RETURNING id");
        Ok(self.write_row(insert.bind(code).bind(title).bind(now_ms)).await?.get(0))
    }

    /// Opens a game to teams, or closes it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_open(&self, game: i64, is_open: bool) -> sqlx::Result<()> {
        let update = sqlx::query("UPDATE games SET is_open = ?2 WHERE id = ?1").bind(game).bind(is_open);
        update.execute(&self.writer).await.map(|_| ())
    }

    /// All games, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn games(&self) -> sqlx::Result<Vec<GameRow>> {
        let rows = sqlx::query("SELECT id, code, title, is_open FROM games ORDER BY id DESC LIMIT 200");
        Ok(rows.fetch_all(&self.reader).await?.into_iter().map(game).collect())
    }

    /// The game with this code, in any case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn game(&self, code: &str) -> sqlx::Result<Option<GameRow>> {
        let row = sqlx::query("SELECT id, code, title, is_open FROM games WHERE code = ?1").bind(code.to_uppercase());
        Ok(row.fetch_optional(&self.reader).await?.map(game))
    }

    /// The game with this row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn game_by_id(&self, id: i64) -> sqlx::Result<Option<GameRow>> {
        let row = sqlx::query("SELECT id, code, title, is_open FROM games WHERE id = ?1").bind(id);
        Ok(row.fetch_optional(&self.reader).await?.map(game))
    }

    /// Adds a team.
    ///
    /// # Errors
    /// When the database fails or the name is taken.
    pub async fn add_team(&self, game: i64, name: &str, password_hash: &str) -> sqlx::Result<TeamId> {
        let insert = "INSERT INTO teams (game_id, name, name_key, password_hash) VALUES (?1, ?2, ?3, ?4) RETURNING id";
        let insert = sqlx::query(insert).bind(game).bind(name).bind(name_key(name)).bind(password_hash);
        Ok(TeamId(self.write_row(insert).await?.get(0)))
    }

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

    /// Stores a picture of a game under an id that cannot be guessed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_media(&self, id: &str, game: i64, mime: &str, bytes: &[u8]) -> sqlx::Result<()> {
        let insert = sqlx::query("INSERT INTO media (id, game_id, mime, bytes) VALUES (?1, ?2, ?3, ?4)");
        insert.bind(id).bind(game).bind(mime).bind(bytes).execute(&self.writer).await.map(|_| ())
    }

    /// A picture with its kind.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn media(&self, id: &str) -> sqlx::Result<Option<(String, Vec<u8>)>> {
        let row =
            sqlx::query("SELECT mime, bytes FROM media WHERE id = ?1").bind(id).fetch_optional(&self.reader).await?;
        Ok(row.map(|row| (row.get(0), row.get(1))))
    }
}
