//! Who is logged in. Only hashes of session tokens are stored.

use async_trait::async_trait;
use protocol::ids::{Millis, TeamId};

/// Who a session belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// A team and the row of its game.
    Team {
        /// The team that has logged in.
        team: TeamId,
        /// Row of its game.
        game: i64,
    },
    /// The quizmaster.
    Quizmaster,
    /// A big screen.
    Screen {
        /// Row of its game.
        game: i64,
    },
}

/// Who is logged in.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Begins a session. Expired ones are removed on the way.
    ///
    /// # Errors
    /// When the database fails.
    async fn add_session(
        &self,
        token_hash: &[u8],
        identity: Identity,
        now_ms: Millis,
        expires_ms: Millis,
    ) -> sqlx::Result<()>;

    /// Whose session it is, if it still runs.
    ///
    /// # Errors
    /// When the database fails.
    async fn session(&self, token_hash: &[u8], now_ms: Millis) -> sqlx::Result<Option<Identity>>;

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    async fn end_session(&self, token_hash: &[u8]) -> sqlx::Result<()>;

    /// The quizmaster's password, hashed, if one was set.
    ///
    /// # Errors
    /// When the database fails.
    async fn quizmaster(&self) -> sqlx::Result<Option<String>>;

    /// Sets the quizmaster's password and ends the quizmaster's sessions.
    ///
    /// # Errors
    /// When the database fails.
    async fn set_quizmaster(&self, password_hash: &str) -> sqlx::Result<()>;
}
