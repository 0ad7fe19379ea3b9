//! Everything on disk: one SQLite file, one connection that writes, several that read.

mod file;
mod games;
mod journal;
mod sessions;

pub use games::{GameRow, TeamRow, name_key};
pub use journal::{AppendError, Journal};
pub use sessions::Identity;

use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Connection, Row, Sqlite, SqlitePool};
use std::path::Path;
use std::time::Duration;

/// Connections that only read.
const READERS: u32 = 4;
/// Syncs every commit; only then does "Saved" survive a power cut.
const SYNCHRONOUS: SqliteSynchronous = SqliteSynchronous::Full;

/// The database.
#[derive(Debug, Clone)]
pub struct Store {
    writer: SqlitePool,
    reader: SqlitePool,
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
        file::prepare(path)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let writer = pool(1, synchronous).connect_with(options.clone()).await?;
        sqlx::migrate!().run(&writer).await?;
        let reader = pool(READERS, synchronous).connect_with(options).await?;
        Ok(Self { writer, reader })
    }

    /// Runs a statement that writes a row and returns it; to its end, because a commit fails only after the row has come.
    async fn write_row(&self, statement: Query<'_, Sqlite, SqliteArguments>) -> sqlx::Result<SqliteRow> {
        statement.fetch_all(&self.writer).await?.pop().ok_or(sqlx::Error::RowNotFound)
    }

    /// Closes the file, so that its journal is folded in.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
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
