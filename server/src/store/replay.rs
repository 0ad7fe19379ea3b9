//! The journal as it is read: a game is the sum of its facts.

use super::Store;
use super::journal::FORMAT;
use futures::TryStreamExt;
use futures::stream::BoxStream;
use game::{Fact, Game};
use protocol::ids::Millis;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use tokio::sync::mpsc;

/// Rows that are read ahead of a game that is being restored.
const ENTRIES: usize = 64;

/// A row of the journal as it is read.
struct Entry {
    first_seq: i64,
    format: i64,
    blob: Vec<u8>,
}

impl Entry {
    /// Its facts, which have to be those that come after `seq` others.
    fn facts(&self, game: i64, seq: i64) -> anyhow::Result<Vec<Fact>> {
        let Self { first_seq, format, blob } = self;
        anyhow::ensure!(*format == FORMAT, "journal row {first_seq} of game {game} has the unknown format {format}");
        anyhow::ensure!(*first_seq == seq, "the journal of game {game} has a gap before {first_seq}");
        Ok(rmp_serde::from_slice(blob)?)
    }
}

impl Store {
    /// Takes a game over: its epoch from now on, and when it was last alive.
    ///
    /// # Errors
    /// When the database fails or there is no such game.
    pub async fn take_over(&self, game: i64) -> sqlx::Result<(i64, Millis)> {
        let row =
            sqlx::query("UPDATE games SET owner_epoch = owner_epoch + 1 WHERE id = ?1 RETURNING owner_epoch, alive_ms");
        let row = self.write(row.bind(game)).await?.pop().ok_or(sqlx::Error::RowNotFound)?;
        Ok((row.get(0), row.get(1)))
    }

    /// A game as the sum of its facts. They are read beside everything else that goes on, a few at a time, and counted
    /// together where they hold up nobody.
    ///
    /// # Errors
    /// When the database fails, a blob cannot be read or one is missing.
    pub async fn restore(&self, game: i64) -> anyhow::Result<Game> {
        let (read, mut entries) = mpsc::channel::<Entry>(ENTRIES);
        let restored = tokio::task::spawn_blocking(move || {
            let (mut restored, mut seq) = (Game::default(), 0);
            while let Some(entry) = entries.blocking_recv() {
                let facts = entry.facts(game, seq)?;
                facts.iter().for_each(|fact| restored.apply(fact));
                seq += facts.len() as i64;
            }
            anyhow::Ok(restored)
        });
        let mut rows = self.entries(game);
        while let Some(entry) = rows.try_next().await? {
            if read.send(entry).await.is_err() {
                break;
            }
        }
        drop(read);
        restored.await?
    }

    /// All facts of a game, in order.
    ///
    /// # Errors
    /// When the database fails, a blob cannot be read or one is missing.
    pub async fn facts(&self, game: i64) -> anyhow::Result<Vec<Fact>> {
        let (mut rows, mut facts) = (self.entries(game), Vec::new());
        while let Some(entry) = rows.try_next().await? {
            facts.extend(entry.facts(game, facts.len() as i64)?);
        }
        Ok(facts)
    }

    fn entries(&self, game: i64) -> BoxStream<'_, sqlx::Result<Entry>> {
        let rows = sqlx::query("SELECT first_seq, format, blob FROM journal WHERE game_id = ?1 ORDER BY first_seq");
        let entry = |row: SqliteRow| Entry { first_seq: row.get(0), format: row.get(1), blob: row.get(2) };
        rows.bind(game).map(entry).fetch(&self.restorer)
    }
}
