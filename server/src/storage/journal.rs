//! The append-only record of every game.

use super::Fence;
use async_trait::async_trait;
use futures::TryStreamExt;
use futures::stream::BoxStream;
use game::{Fact, Game};
use protocol::ids::Millis;
use tokio::sync::mpsc;

/// Groups of facts that are read ahead of a game that is being restored.
const GROUPS: usize = 64;

/// Why facts were not appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Another server owns the game, or the sequence does not fit.
    #[error("the journal of this game has gone on without this server")]
    Conflict,
    /// The disk or the database failed.
    #[error("the journal could not be written")]
    Failed,
}

/// What has happened in each game.
#[async_trait]
pub trait Journal: Send + Sync {
    /// Appends facts of one game after `first_seq` others; they are on disk when this returns.
    ///
    /// # Errors
    /// When nothing was appended; the caller's state is then ahead of the journal and has to be thrown away.
    async fn append(&self, fence: Fence, first_seq: u64, facts: &[Fact]) -> Result<(), AppendError>;

    /// Notes that a clock of the game was running at this instant. Only its owner may say so.
    async fn alive(&self, fence: Fence, at_ms: Millis);

    /// The facts of a game after `seq` others, in order and in groups. An error when one is missing or cannot be read.
    fn facts(&self, game: i64, seq: u64) -> BoxStream<'_, anyhow::Result<Vec<Fact>>>;
}

/// A game as the sum of its facts. They are read beside everything else that goes on, a few at a time, and counted
/// together where they hold up nobody.
///
/// # Errors
/// When the facts cannot be read.
pub async fn restore(journal: &dyn Journal, game: i64) -> anyhow::Result<Game> {
    let (read, mut groups) = mpsc::channel::<Vec<Fact>>(GROUPS);
    let restored = tokio::task::spawn_blocking(move || {
        let mut restored = Game::default();
        while let Some(facts) = groups.blocking_recv() {
            facts.iter().for_each(|fact| restored.apply(fact));
        }
        restored
    });
    let mut facts = journal.facts(game, 0);
    while let Some(group) = facts.try_next().await? {
        if read.send(group).await.is_err() {
            break;
        }
    }
    drop(read);
    Ok(restored.await?)
}
