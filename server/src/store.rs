//! Everything on disk: one SQLite file, one connection that writes, several that read; and a second one beside it for the
//! files of the library.

mod blobs;
mod file;
mod games;
mod journal;
mod media;
mod quizzes;
mod replay;
mod sessions;
mod teams;

pub use journal::Writer;

use crate::storage::Storage;
use blobs::Blobs;
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Connection, Row, Sqlite, SqlitePool, Transaction};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Connections that only read.
const READERS: u32 = 4;
/// Connections that read whole games, so that no other reader waits for them.
const RESTORERS: u32 = 2;
/// SQLite's codes of a sync that failed: of a file, and of its folder.
const SYNC_FAILURES: [&str; 2] = ["1034", "1290"];
/// Syncs every commit; only then does "Saved" survive a power cut.
const SYNCHRONOUS: SqliteSynchronous = SqliteSynchronous::Full;

/// The database.
#[derive(Debug, Clone)]
pub struct Store {
    writer: SqlitePool,
    reader: SqlitePool,
    restorer: SqlitePool,
    blobs: Blobs,
    /// Turns true when a sync has failed.
    has_failed: Arc<watch::Sender<bool>>,
}

impl Store {
    /// Opens the file, makes it if it is not there, and brings its tables up to date.
    ///
    /// # Errors
    /// When the file cannot be opened or is not in WAL mode with full syncing.
    pub async fn open(path: &Path) -> anyhow::Result<Self> {
        Self::open_as(path, SYNCHRONOUS).await
    }

    /// The same with another way of syncing, to measure what full syncing is worth.
    ///
    /// # Errors
    /// When the file cannot be opened or is not in WAL mode with exactly this syncing.
    pub async fn open_as(path: &Path, synchronous: SqliteSynchronous) -> anyhow::Result<Self> {
        let options = options(path, synchronous)?;
        let writer = pool(1, synchronous).connect_with(options.clone()).await?;
        // What reads as written may never have reached the disk, if the process before this one ended because a sync
        // had failed. It is written anew, before anything is built on it. Where another process uses the file, it has
        // not been opened anew.
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(&writer).await?;
        sqlx::migrate!().run(&writer).await?;
        let reader = pool(READERS, synchronous).connect_with(options.clone()).await?;
        let restorer = pool(RESTORERS, synchronous).min_connections(0).connect_lazy_with(options);
        let blobs = Blobs::open(self::options(&blobs::beside(path), synchronous)?, synchronous).await?;
        Ok(Self { writer, reader, restorer, blobs, has_failed: Arc::new(watch::Sender::new(false)) })
    }

    /// The seams that this stands behind; begins to write the journal.
    pub fn storage(&self) -> Storage {
        let store = Arc::new(self.clone());
        Storage { directory: store.clone(), journal: Arc::new(Writer::start(self.clone())), ownership: store }
    }

    /// Runs a statement that writes, and returns its rows; to its end, because a commit fails only after they have come.
    async fn write(&self, statement: Query<'_, Sqlite, SqliteArguments>) -> sqlx::Result<Vec<SqliteRow>> {
        self.check()?;
        self.heed(statement.fetch_all(&self.writer).await)
    }

    /// Begins a transaction that writes.
    async fn begin(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.check()?;
        self.writer.begin().await
    }

    /// Ends it; only now anything is written.
    async fn commit(&self, transaction: Transaction<'static, Sqlite>) -> sqlx::Result<()> {
        self.heed(transaction.commit().await)
    }

    /// After a sync that failed nobody knows what is on the disk, and the next one may say that all is well: so nothing
    /// is written any more.
    fn heed<T>(&self, result: sqlx::Result<T>) -> sqlx::Result<T> {
        let code = result.as_ref().err().and_then(sqlx::Error::as_database_error).and_then(|error| error.code());
        if code.is_some_and(|code| SYNC_FAILURES.contains(&&*code)) {
            self.has_failed.send_replace(true);
        }
        result
    }

    fn check(&self) -> sqlx::Result<()> {
        if *self.has_failed.borrow() { Err(sqlx::Error::PoolClosed) } else { Ok(()) }
    }

    /// Waits until a sync has failed.
    pub async fn failed(&self) {
        let mut has_failed = self.has_failed.subscribe();
        let _ = has_failed.wait_for(|has_failed| *has_failed).await;
    }

    /// Closes the file, so that its journal is folded in.
    pub async fn close(&self) {
        self.reader.close().await;
        self.restorer.close().await;
        self.blobs.close().await;
        self.writer.close().await;
    }
}

/// How a file is opened; it is made if it is not there.
fn options(path: &Path, synchronous: SqliteSynchronous) -> std::io::Result<SqliteConnectOptions> {
    file::prepare(path)?;
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(synchronous);
    Ok(options.foreign_keys(true).busy_timeout(Duration::from_secs(5)))
}

/// Connections that are what was asked for when they begin, and in no transaction when they come back.
fn pool(connections: u32, synchronous: SqliteSynchronous) -> SqlitePoolOptions {
    let options = SqlitePoolOptions::new().max_connections(connections).after_connect(move |connection, _| {
        Box::pin(async move {
            let mode: String = sqlx::query("PRAGMA journal_mode").fetch_one(&mut *connection).await?.get(0);
            let level: i64 = sqlx::query("PRAGMA synchronous").fetch_one(&mut *connection).await?.get(0);
            if mode == "wal" && level == synchronous as i64 {
                return Ok(());
            }
            let fault = format!(
                "SQLite runs with journal_mode={mode}, synchronous={level}; WAL and {synchronous:?} are needed"
            );
            Err(sqlx::Error::Configuration(fault.into()))
        })
    });
    // When a commit fails, SQLite has rolled back by itself; sqlx goes on counting a transaction, and would make
    // savepoints of the next ones, which succeed without being committed. Such a connection is not used again.
    options.after_release(|connection, _| {
        Box::pin(async move {
            connection.ping().await?;
            Ok(!connection.is_in_transaction())
        })
    })
}
