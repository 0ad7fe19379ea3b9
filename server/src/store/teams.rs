//! The teams of the games, as they log in.

use super::Store;
use crate::storage::{TeamRow, Teams, name_key};
use async_trait::async_trait;
use protocol::ids::TeamId;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

fn team(row: SqliteRow) -> TeamRow {
    TeamRow { id: TeamId(row.get(0)), game: row.get(1), name: row.get(2), password_hash: row.get(3) }
}

#[async_trait]
impl Teams for Store {
    async fn teams(&self, game: i64) -> sqlx::Result<Vec<TeamRow>> {
        let rows = sqlx::query("SELECT id, game_id, name, password_hash FROM teams WHERE game_id = $1 ORDER BY id");
        Ok(rows.bind(game).fetch_all(&self.reader).await?.into_iter().map(team).collect())
    }

    async fn team(&self, game: i64, name: &str) -> sqlx::Result<Option<TeamRow>> {
        let row =
            sqlx::query("SELECT id, game_id, name, password_hash FROM teams WHERE game_id = $1 AND name_key = $2");
        Ok(row.bind(game).bind(name_key(name)).fetch_optional(&self.reader).await?.map(team))
    }
}
