//! The library: quizzes as they are written.

use super::Store;
use crate::storage::{BIN_MS, Hash, QuizRow, Quizzes, Shelf, StoredQuiz};
use async_trait::async_trait;
use protocol::ids::Millis;
use quiz::archive;
use quiz::draft::Draft;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeMap;

const COLUMNS: &str =
    "id, title, rounds, questions, seconds, changed_ms, archived_ms IS NOT NULL, deleted_ms IS NOT NULL";

fn listed(row: &SqliteRow) -> QuizRow {
    let shelf = match (row.get(6), row.get(7)) {
        (_, true) => Shelf::Bin,
        (true, false) => Shelf::Archived,
        (false, false) => Shelf::Current,
    };
    QuizRow {
        id: row.get(0),
        title: row.get(1),
        rounds: row.get(2),
        questions: row.get(3),
        seconds: row.get(4),
        changed_ms: row.get(5),
        shelf,
    }
}

fn text(draft: &Draft) -> sqlx::Result<String> {
    archive::to_json(draft).map_err(|error| sqlx::Error::Encode(error.into()))
}

fn hash(bytes: Vec<u8>) -> sqlx::Result<Hash> {
    bytes.try_into().map_err(|bytes: Vec<u8>| sqlx::Error::Decode(format!("a hash has {} bytes", bytes.len()).into()))
}

async fn name_files(connection: &mut SqliteConnection, quiz: i64, media: &BTreeMap<String, Hash>) -> sqlx::Result<()> {
    for (name, hash) in media {
        let insert = "INSERT INTO quiz_media (quiz_id, name, hash) VALUES ($1, $2, $3)
                      ON CONFLICT (quiz_id, name) DO UPDATE SET hash = $3";
        sqlx::query(insert).bind(quiz).bind(name).bind(&hash[..]).execute(&mut *connection).await?;
    }
    Ok(())
}

#[async_trait]
impl Quizzes for Store {
    async fn quizzes(&self, shelf: Shelf, most: u32) -> sqlx::Result<Vec<QuizRow>> {
        let on = match shelf {
            Shelf::Current => "deleted_ms IS NULL AND archived_ms IS NULL",
            Shelf::Archived => "deleted_ms IS NULL AND archived_ms IS NOT NULL",
            Shelf::Bin => "deleted_ms IS NOT NULL",
        };
        let rows = format!("SELECT {COLUMNS} FROM quizzes WHERE {on} ORDER BY changed_ms DESC, id DESC LIMIT $1");
        let rows = sqlx::query(sqlx::AssertSqlSafe(rows)).bind(most).fetch_all(&self.reader).await?;
        Ok(rows.iter().map(listed).collect())
    }

    async fn quiz_count(&self) -> sqlx::Result<u32> {
        Ok(sqlx::query("SELECT count(*) FROM quizzes").fetch_one(&self.reader).await?.get(0))
    }

    async fn quiz(&self, id: i64) -> sqlx::Result<Option<StoredQuiz>> {
        let row = format!("SELECT {COLUMNS}, revision, draft FROM quizzes WHERE id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(row)).bind(id).fetch_optional(&self.reader).await?;
        let Some(row) = row else { return Ok(None) };
        let draft = archive::from_json(row.get::<&str, _>(9).as_bytes());
        let draft = draft.map_err(|error| sqlx::Error::Decode(error.into()))?;
        let files = sqlx::query("SELECT name, hash FROM quiz_media WHERE quiz_id = $1").bind(id);
        let files = files.fetch_all(&self.reader).await?.into_iter().map(|row| Ok((row.get(0), hash(row.get(1))?)));
        let media = files.collect::<sqlx::Result<_>>()?;
        Ok(Some(StoredQuiz { row: listed(&row), revision: row.get(8), draft, media }))
    }

    async fn add_quiz(&self, draft: &Draft, media: &BTreeMap<String, Hash>, now_ms: Millis) -> sqlx::Result<i64> {
        let text = text(draft)?;
        let mut transaction = self.begin().await?;
        let insert = sqlx::query(
            "INSERT INTO quizzes (title, rounds, questions, seconds, draft, revision, changed_ms)
             VALUES ($1, $2, $3, $4, $5, 0, $6) RETURNING id",
        );
        let insert = insert.bind(&draft.title).bind(draft.rounds.len() as u32).bind(draft.len() as u32);
        let insert = insert.bind(draft.seconds() as i64).bind(text).bind(now_ms);
        let id: i64 = insert.fetch_one(&mut *transaction).await?.get(0);
        name_files(&mut transaction, id, media).await?;
        self.commit(transaction).await?;
        Ok(id)
    }

    async fn change_quiz(
        &self,
        read: &StoredQuiz,
        draft: &Draft,
        media: &BTreeMap<String, Hash>,
        now_ms: Millis,
    ) -> sqlx::Result<bool> {
        let text = text(draft)?;
        let mut transaction = self.begin().await?;
        let update = sqlx::query(
            "UPDATE quizzes SET title = $3, rounds = $4, questions = $5, seconds = $6, draft = $7, changed_ms = $8,
             revision = revision + 1 WHERE id = $1 AND revision = $2 RETURNING id",
        );
        let update = update.bind(read.row.id).bind(read.revision).bind(&draft.title).bind(draft.rounds.len() as u32);
        let update = update.bind(draft.len() as u32).bind(draft.seconds() as i64).bind(text).bind(now_ms);
        if update.fetch_optional(&mut *transaction).await?.is_none() {
            return Ok(false);
        }
        name_files(&mut transaction, read.row.id, media).await?;
        self.commit(transaction).await?;
        Ok(true)
    }

    async fn shelve_quiz(&self, id: i64, shelf: Shelf, now_ms: Millis) -> sqlx::Result<()> {
        let (archived, deleted) = match shelf {
            Shelf::Current => (None, None),
            Shelf::Archived => (Some(now_ms), None),
            Shelf::Bin => (None, Some(now_ms)),
        };
        let update = sqlx::query("UPDATE quizzes SET archived_ms = $2, deleted_ms = $3 WHERE id = $1");
        self.write(update.bind(id).bind(archived).bind(deleted)).await.map(|_| ())
    }

    async fn empty_bin(&self, now_ms: Millis) -> sqlx::Result<()> {
        let delete = sqlx::query("DELETE FROM quizzes WHERE deleted_ms < $1").bind(now_ms - BIN_MS);
        self.write(delete).await?;
        let named = sqlx::query("SELECT DISTINCT hash FROM quiz_media").fetch_all(&self.reader).await?;
        let named = named.into_iter().map(|row| hash(row.get(0))).collect::<sqlx::Result<_>>()?;
        self.blobs.forget_others(&named, now_ms).await
    }

    async fn keep_file(&self, bytes: &[u8], now_ms: Millis) -> sqlx::Result<Hash> {
        self.check()?;
        self.heed(self.blobs.keep(bytes, now_ms).await)
    }

    async fn file(&self, hash: &Hash) -> sqlx::Result<Option<Vec<u8>>> {
        self.blobs.get(hash).await
    }
}
