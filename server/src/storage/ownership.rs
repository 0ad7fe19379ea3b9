//! Which server runs a game, and until when it was alive.

use async_trait::async_trait;
use protocol::ids::Millis;

/// The right to write to a game's journal: it ends when another server takes the game over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    /// Row of the game.
    pub game: i64,
    /// Counts servers that have taken it over.
    pub epoch: i64,
}

/// Who runs which game.
#[async_trait]
pub trait Ownership: Send + Sync {
    /// Takes a game over from whoever has it: the right to write to it, and when it was last alive.
    ///
    /// # Errors
    /// When the database fails or there is no such game.
    async fn take_over(&self, game: i64) -> sqlx::Result<(Fence, Millis)>;
}
