//! Games.

use super::{Store, journal};
use crate::storage::{FirstFacts, GameRow, Games, NewGame, name_key};
use async_trait::async_trait;
use protocol::ids::TeamId;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

fn game(row: SqliteRow) -> GameRow {
    GameRow { id: row.get(0), code: row.get(1), title: row.get(2), is_open: row.get(3) }
}

#[async_trait]
impl Games for Store {
    async fn found(&self, new: &NewGame<'_>, facts: FirstFacts<'_>) -> sqlx::Result<i64> {
        let mut transaction = self.begin().await?;
        let insert = sqlx::query("INSERT INTO games (code, title, created_ms) VALUES ($1, $2, $3) RETURNING id");
        let insert = insert.bind(new.code).bind(new.title).bind(new.now_ms);
        let game: i64 = insert.fetch_one(&mut *transaction).await?.get(0);
        for picture in new.pictures {
            let insert = "INSERT INTO media (id, sealed_id, game_id, mime, bytes, key) VALUES ($1, $2, $3, $4, $5, $6)";
            let insert = sqlx::query(insert).bind(&picture.id).bind(&picture.sealed_id).bind(game);
            let insert = insert.bind(picture.mime).bind(picture.bytes).bind(&picture.key.0[..]);
            insert.execute(&mut *transaction).await?;
        }
        let mut teams = Vec::new();
        for team in new.teams {
            let insert =
                "INSERT INTO teams (game_id, name, name_key, password_hash) VALUES ($1, $2, $3, $4) RETURNING id";
            let insert = sqlx::query(insert).bind(game).bind(team.name).bind(name_key(team.name));
            let row = insert.bind(&team.password_hash).fetch_one(&mut *transaction).await?;
            teams.push(TeamId(row.get(0)));
        }
        journal::begin(&mut transaction, game, &facts(&teams)).await?;
        self.commit(transaction).await?;
        Ok(game)
    }

    async fn close_games(&self, title: &str) -> sqlx::Result<()> {
        let update = sqlx::query("UPDATE games SET is_open = 0 WHERE is_open AND title = $1").bind(title);
        self.write(update).await.map(|_| ())
    }

    async fn games(&self) -> sqlx::Result<Vec<GameRow>> {
        let rows = sqlx::query("SELECT id, code, title, is_open FROM games ORDER BY id DESC LIMIT 200");
        Ok(rows.fetch_all(&self.reader).await?.into_iter().map(game).collect())
    }

    async fn open_games(&self, most: u32) -> sqlx::Result<Vec<GameRow>> {
        let rows = "SELECT id, code, title, is_open FROM games WHERE is_open ORDER BY id DESC LIMIT $1";
        Ok(sqlx::query(rows).bind(most).fetch_all(&self.reader).await?.into_iter().map(game).collect())
    }

    async fn game(&self, code: &str) -> sqlx::Result<Option<GameRow>> {
        let row = sqlx::query("SELECT id, code, title, is_open FROM games WHERE code = $1").bind(code.to_uppercase());
        Ok(row.fetch_optional(&self.reader).await?.map(game))
    }

    async fn game_by_id(&self, id: i64) -> sqlx::Result<Option<GameRow>> {
        let row = sqlx::query("SELECT id, code, title, is_open FROM games WHERE id = $1").bind(id);
        Ok(row.fetch_optional(&self.reader).await?.map(game))
    }
}
