//! The library: quizzes as they are written.

use super::Store;
use crate::storage::{BIN_MS, Hash, QuizRow, Quizzes, STEPS, Shelf, StoredQuiz};
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

fn draft(text: &str) -> sqlx::Result<Draft> {
    archive::from_json(text.as_bytes()).map_err(|error| sqlx::Error::Decode(error.into()))
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

/// How often a quiz was changed, and at which step it is.
async fn position(connection: &mut SqliteConnection, id: i64) -> sqlx::Result<Option<(i64, i64)>> {
    let row = sqlx::query("SELECT revision, step FROM quizzes WHERE id = $1").bind(id);
    Ok(row.fetch_optional(connection).await?.map(|row| (row.get(0), row.get(1))))
}

/// Lets a quiz be this draft, at this step.
async fn write(
    connection: &mut SqliteConnection,
    id: i64,
    step: i64,
    draft: &Draft,
    now_ms: Millis,
) -> sqlx::Result<()> {
    let update = sqlx::query(
        "UPDATE quizzes SET title = $2, rounds = $3, questions = $4, seconds = $5, draft = $6, step = $7,
         changed_ms = $8, revision = revision + 1 WHERE id = $1",
    );
    let update = update.bind(id).bind(&draft.title).bind(draft.rounds.len() as u32).bind(draft.len() as u32);
    let update = update.bind(draft.seconds() as i64).bind(text(draft)?).bind(step).bind(now_ms);
    update.execute(connection).await.map(|_| ())
}

async fn keep_step(connection: &mut SqliteConnection, id: i64, step: i64, draft: &Draft) -> sqlx::Result<()> {
    let insert = sqlx::query("INSERT INTO quiz_steps (quiz_id, step, draft) VALUES ($1, $2, $3)");
    insert.bind(id).bind(step).bind(text(draft)?).execute(connection).await.map(|_| ())
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
        let row = format!(
            "SELECT {COLUMNS}, revision, draft,
             EXISTS (SELECT 1 FROM quiz_steps WHERE quiz_id = id AND quiz_steps.step < quizzes.step),
             EXISTS (SELECT 1 FROM quiz_steps WHERE quiz_id = id AND quiz_steps.step > quizzes.step)
             FROM quizzes WHERE id = $1"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(row)).bind(id).fetch_optional(&self.reader).await?;
        let Some(row) = row else { return Ok(None) };
        let files = sqlx::query("SELECT name, hash FROM quiz_media WHERE quiz_id = $1").bind(id);
        let files = files.fetch_all(&self.reader).await?.into_iter().map(|row| Ok((row.get(0), hash(row.get(1))?)));
        Ok(Some(StoredQuiz {
            row: listed(&row),
            revision: row.get(8),
            draft: draft(row.get(9))?,
            media: files.collect::<sqlx::Result<_>>()?,
            can_undo: row.get(10),
            can_redo: row.get(11),
        }))
    }

    async fn add_quiz(&self, draft: &Draft, media: &BTreeMap<String, Hash>, now_ms: Millis) -> sqlx::Result<i64> {
        let mut transaction = self.begin().await?;
        let insert = sqlx::query(
            "INSERT INTO quizzes (title, rounds, questions, seconds, draft, revision, step, changed_ms)
             VALUES ('', 0, 0, 0, '', 0, 0, $1) RETURNING id",
        );
        let id: i64 = insert.bind(now_ms).fetch_one(&mut *transaction).await?.get(0);
        write(&mut transaction, id, 0, draft, now_ms).await?;
        keep_step(&mut transaction, id, 0, draft).await?;
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
        let id = read.row.id;
        let mut transaction = self.begin().await?;
        let Some((revision, step)) = position(&mut transaction, id).await? else { return Ok(false) };
        if revision != read.revision {
            return Ok(false);
        }
        // What was taken back is gone with the next change; of the oldest changes so many are kept.
        let step = step + 1;
        let forget = sqlx::query("DELETE FROM quiz_steps WHERE quiz_id = $1 AND (step >= $2 OR step < $2 - $3)");
        forget.bind(id).bind(step).bind(STEPS).execute(&mut *transaction).await?;
        write(&mut transaction, id, step, draft, now_ms).await?;
        keep_step(&mut transaction, id, step, draft).await?;
        name_files(&mut transaction, id, media).await?;
        self.commit(transaction).await?;
        Ok(true)
    }

    async fn step_quiz(&self, id: i64, back: bool, now_ms: Millis) -> sqlx::Result<()> {
        let mut transaction = self.begin().await?;
        let Some((_, step)) = position(&mut transaction, id).await? else { return Ok(()) };
        let step = if back { step - 1 } else { step + 1 };
        let kept = sqlx::query("SELECT draft FROM quiz_steps WHERE quiz_id = $1 AND step = $2").bind(id).bind(step);
        let Some(kept) = kept.fetch_optional(&mut *transaction).await? else { return Ok(()) };
        write(&mut transaction, id, step, &draft(kept.get(0))?, now_ms).await?;
        self.commit(transaction).await
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
