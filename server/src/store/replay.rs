//! The journal as it is read: a game is the sum of its facts.

use super::Store;
use super::journal::FORMAT;
use crate::storage::{Fence, Ownership};
use async_trait::async_trait;
use futures::TryStreamExt;
use futures::stream::BoxStream;
use game::Fact;
use protocol::ids::Millis;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

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

#[async_trait]
impl Ownership for Store {
    async fn take_over(&self, game: i64) -> sqlx::Result<(Fence, Millis)> {
        let row =
            sqlx::query("UPDATE games SET owner_epoch = owner_epoch + 1 WHERE id = $1 RETURNING owner_epoch, alive_ms");
        let row = self.write(row.bind(game)).await?.pop().ok_or(sqlx::Error::RowNotFound)?;
        Ok((Fence { game, epoch: row.get(0) }, row.get(1)))
    }
}

impl Store {
    /// All facts of a game, in order.
    ///
    /// # Errors
    /// When the database fails, a blob cannot be read or one is missing.
    pub async fn facts(&self, game: i64) -> anyhow::Result<Vec<Fact>> {
        self.facts_after(game, 0).try_concat().await
    }

    /// The facts of a game after `seq` others, in order, as they were appended together.
    pub(super) fn facts_after(&self, game: i64, seq: u64) -> BoxStream<'_, anyhow::Result<Vec<Fact>>> {
        let rows = sqlx::query(
            "SELECT first_seq, format, blob FROM journal WHERE game_id = $1 AND first_seq + count > $2 ORDER BY first_seq",
        );
        let entry = |row: SqliteRow| Entry { first_seq: row.get(0), format: row.get(1), blob: row.get(2) };
        let entries = rows.bind(game).bind(seq as i64).map(entry).fetch(&self.restorer);
        // The first row may begin before the facts that are asked for.
        let mut next = None;
        let facts = entries.map_err(anyhow::Error::from).and_then(move |entry| {
            let known = seq as i64 - entry.first_seq;
            let at = *next.get_or_insert(if known > 0 { entry.first_seq } else { seq as i64 });
            let facts = entry.facts(game, at).map(|mut facts| {
                next = Some(at + facts.len() as i64);
                if known > 0 { facts.split_off(known as usize) } else { facts }
            });
            std::future::ready(facts)
        });
        Box::pin(facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{AppendError, Games};
    use game::Event;
    use protocol::ids::TeamId;

    fn facts(teams: std::ops::Range<u32>) -> Vec<Fact> {
        teams.map(|team| Fact { at_ms: 0, event: Event::TeamAdded { team: TeamId(team) } }).collect()
    }

    async fn game(store: &Store) -> i64 {
        let quiz = r#"{ "title": "T", "rounds": [ { "title": "R", "questions": [ { "prompt": "?", "answer": { "kind": "long_text" } } ] } ] }"#;
        let code = crate::games::create(store, serde_json::from_str(quiz).unwrap(), &[], &[]).await.unwrap();
        store.game(&code).await.unwrap().unwrap().id
    }

    #[tokio::test]
    async fn facts_are_read_from_any_position_and_gaps_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("test.db")).await.unwrap();
        let (journal, game) = (store.storage().journal, game(&store).await);
        let (fence, _) = store.take_over(game).await.unwrap();
        let first = store.facts(game).await.unwrap().len() as u64;
        journal.append(fence, first, &facts(0..3)).await.unwrap();
        journal.append(fence, first + 3, &facts(3..5)).await.unwrap();
        let all = store.facts(game).await.unwrap();
        for seq in 0..=all.len() {
            let rest: Vec<Fact> = journal.facts(game, seq as u64).try_concat().await.unwrap();
            assert_eq!(rest, all[seq..], "after {seq}");
        }
        sqlx::query("DELETE FROM journal WHERE first_seq = $1")
            .bind(first as i64)
            .execute(&store.writer)
            .await
            .unwrap();
        assert!(store.facts(game).await.is_err(), "a gap");
        assert!(journal.facts(game, first + 1).try_concat().await.is_err(), "a gap at the position");
    }

    #[tokio::test]
    async fn who_has_lost_a_game_neither_writes_nor_says_that_it_is_alive() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("test.db")).await.unwrap();
        let (journal, game) = (store.storage().journal, game(&store).await);
        let (old, _) = store.take_over(game).await.unwrap();
        journal.alive(old, 1_000).await;
        let first = store.facts(game).await.unwrap().len() as u64;
        journal.append(old, first, &facts(0..1)).await.unwrap();
        let (new, alive_ms) = store.take_over(game).await.unwrap();
        assert_eq!((new.epoch, alive_ms), (old.epoch + 1, 1_000));
        journal.alive(old, 2_000).await;
        assert!(matches!(journal.append(old, first + 1, &facts(1..2)).await, Err(AppendError::Conflict)));
        journal.append(new, first + 1, &facts(1..2)).await.unwrap();
        assert_eq!(store.take_over(game).await.unwrap().1, 1_000, "only the owner is heard");
    }
}
