//! The append-only record of every game.
//!
//! One task writes: it takes whatever rooms have handed in meanwhile, appends all of it in one transaction and
//! answers only after the commit (group commit).

use super::Store;
use crate::storage::{AppendError, Fence, Journal};
use async_trait::async_trait;
use futures::stream::BoxStream;
use game::Fact;
use protocol::ids::Millis;
use sqlx::SqliteConnection;
use tokio::sync::{mpsc, oneshot};

/// How blobs are written: named MessagePack, so that facts can grow.
pub(super) const FORMAT: i64 = 1;
/// Jobs in the queue before rooms have to wait.
const QUEUE: usize = 1_024;
/// Jobs of one transaction.
const GROUP: usize = 512;

enum Job {
    Append { fence: Fence, first_seq: u64, count: usize, blob: Vec<u8>, done: oneshot::Sender<Result<(), AppendError>> },
    Alive { fence: Fence, at_ms: Millis },
}

/// Handle to the task that writes, and the way to what it has written.
#[derive(Debug, Clone)]
pub struct Writer {
    jobs: mpsc::Sender<Job>,
    store: Store,
}

impl Writer {
    /// Starts the task; it ends when the last handle is gone.
    pub fn start(store: Store) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        tokio::spawn(write(store.clone(), queue));
        Self { jobs, store }
    }
}

#[async_trait]
impl Journal for Writer {
    async fn append(&self, fence: Fence, first_seq: u64, facts: &[Fact]) -> Result<(), AppendError> {
        let blob = rmp_serde::to_vec_named(facts).map_err(|_| AppendError::Failed)?;
        let (done, answer) = oneshot::channel();
        let job = Job::Append { fence, first_seq, count: facts.len(), blob, done };
        self.jobs.send(job).await.map_err(|_| AppendError::Failed)?;
        answer.await.unwrap_or(Err(AppendError::Failed))
    }

    async fn alive(&self, fence: Fence, at_ms: Millis) {
        let _ = self.jobs.send(Job::Alive { fence, at_ms }).await;
    }

    fn facts(&self, game: i64, seq: u64) -> BoxStream<'_, anyhow::Result<Vec<Fact>>> {
        self.store.facts_after(game, seq)
    }
}

async fn write(store: Store, mut queue: mpsc::Receiver<Job>) {
    let mut group = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut group, GROUP).await > 0 {
        let mut answers = Vec::new();
        let outcome = commit(&store, group.drain(..), &mut answers).await;
        if let Err(error) = &outcome {
            tracing::error!(%error, "journal: transaction failed");
        }
        for (done, appended) in answers {
            let _ = done.send(match outcome {
                Ok(()) if appended => Ok(()),
                Ok(()) => Err(AppendError::Conflict),
                Err(_) => Err(AppendError::Failed),
            });
        }
    }
}

type Answers = Vec<(oneshot::Sender<Result<(), AppendError>>, bool)>;

async fn commit(store: &Store, jobs: impl Iterator<Item = Job>, answers: &mut Answers) -> sqlx::Result<()> {
    let mut failure = None;
    let mut transaction = store.begin().await.map_err(|error| failure.insert(error).to_string()).ok();
    for job in jobs {
        let result = match (&mut transaction, job) {
            (Some(transaction), Job::Alive { fence, at_ms }) => {
                let update = sqlx::query("UPDATE games SET alive_ms = $3 WHERE id = $1 AND owner_epoch = $2");
                let update = update.bind(fence.game).bind(fence.epoch).bind(at_ms);
                update.execute(&mut **transaction).await.map(|_| ())
            }
            (Some(transaction), Job::Append { fence, first_seq, count, blob, done }) => {
                // One statement checks owner and sequence and inserts, so that a conflict of one game leaves the
                // others' rows of this transaction alone.
                let insert = sqlx::query(
                    "INSERT INTO journal (game_id, first_seq, count, owner_epoch, format, blob)
                     SELECT $1, $2, $3, $4, $5, $6
                     WHERE (SELECT owner_epoch FROM games WHERE id = $1) = $4
                       AND $2 = COALESCE((SELECT first_seq + count FROM journal WHERE game_id = $1
                                          ORDER BY first_seq DESC LIMIT 1), 0)",
                );
                let insert = insert
                    .bind(fence.game)
                    .bind(first_seq as i64)
                    .bind(count as i64)
                    .bind(fence.epoch)
                    .bind(FORMAT)
                    .bind(blob);
                let result = insert.execute(&mut **transaction).await;
                answers.push((done, result.as_ref().is_ok_and(|result| result.rows_affected() == 1)));
                result.map(|_| ())
            }
            (None, Job::Append { done, .. }) => {
                answers.push((done, false));
                Ok(())
            }
            (None, Job::Alive { .. }) => Ok(()),
        };
        if let Err(error) = result {
            failure.get_or_insert(error);
        }
    }
    if let Some(error) = failure {
        return store.heed(Err(error));
    }
    match transaction {
        Some(transaction) => store.commit(transaction).await,
        None => Ok(()),
    }
}

/// Writes the first facts of a game that is being made.
pub(super) async fn begin(connection: &mut SqliteConnection, game: i64, facts: &[Fact]) -> sqlx::Result<()> {
    let blob = rmp_serde::to_vec_named(facts).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let insert =
        "INSERT INTO journal (game_id, first_seq, count, owner_epoch, format, blob) VALUES ($1, 0, $2, 0, $3, $4)";
    let insert = sqlx::query(insert).bind(game).bind(facts.len() as i64).bind(FORMAT).bind(blob);
    insert.execute(connection).await.map(|_| ())
}
