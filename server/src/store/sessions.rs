//! Who is logged in. Only hashes of session tokens are stored.

use super::Store;
use crate::storage::{Identity, Sessions};
use async_trait::async_trait;
use protocol::ids::{Millis, TeamId};
use sqlx::Row;

#[async_trait]
impl Sessions for Store {
    async fn add_session(
        &self,
        token_hash: &[u8],
        identity: Identity,
        now_ms: Millis,
        expires_ms: Millis,
    ) -> sqlx::Result<()> {
        self.write(sqlx::query("DELETE FROM sessions WHERE expires_ms < $1").bind(now_ms)).await?;
        let (team, screen) = match identity {
            Identity::Team { team, .. } => (Some(team.0), None),
            Identity::Quizmaster => (None, None),
            Identity::Screen { game } => (None, Some(game)),
        };
        let insert = "INSERT INTO sessions (token_hash, team_id, screen_game_id, expires_ms) VALUES ($1, $2, $3, $4)";
        let insert = sqlx::query(insert).bind(token_hash).bind(team).bind(screen).bind(expires_ms);
        self.write(insert).await.map(|_| ())
    }

    async fn session(&self, token_hash: &[u8], now_ms: Millis) -> sqlx::Result<Option<Identity>> {
        let row = sqlx::query(
            "SELECT sessions.team_id, teams.game_id, sessions.screen_game_id FROM sessions LEFT JOIN teams ON teams.id = sessions.team_id
             WHERE token_hash = $1 AND expires_ms >= $2",
        );
        let row = row.bind(token_hash).bind(now_ms).fetch_optional(&self.reader).await?;
        Ok(row.and_then(|row| match (row.get::<Option<u32>, _>(0), row.get(1), row.get(2)) {
            (Some(team), Some(game), None) => Some(Identity::Team { team: TeamId(team), game }),
            (None, None, Some(game)) => Some(Identity::Screen { game }),
            (None, None, None) => Some(Identity::Quizmaster),
            _ => None,
        }))
    }

    async fn end_session(&self, token_hash: &[u8]) -> sqlx::Result<()> {
        let delete = sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash);
        self.write(delete).await.map(|_| ())
    }

    async fn quizmaster(&self) -> sqlx::Result<Option<String>> {
        let row = sqlx::query("SELECT password_hash FROM quizmaster WHERE id = 1").fetch_optional(&self.reader).await?;
        Ok(row.map(|row| row.get(0)))
    }

    async fn set_quizmaster(&self, password_hash: &str) -> sqlx::Result<()> {
        let mut transaction = self.begin().await?;
        sqlx::query("INSERT INTO quizmaster (id, password_hash) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET password_hash = $1")
            .bind(password_hash)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM sessions WHERE team_id IS NULL AND screen_game_id IS NULL")
            .execute(&mut *transaction)
            .await?;
        self.commit(transaction).await
    }
}
