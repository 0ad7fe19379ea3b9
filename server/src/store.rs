//! Everything on disk: one SQLite file, one connection that writes, several that read.

mod games;
mod journal;
mod sessions;

pub use games::{GameRow, TeamRow, name_key};
pub use journal::{AppendError, Journal};
pub use sessions::Identity;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row, SqlitePool};
use std::path::Path;
use std::time::Duration;

/// Connections that only read.
const READERS: u32 = 4;
/// Value of `PRAGMA synchronous` that syncs every commit; only then does "Saved" survive a power cut.
const SYNCHRONOUS_FULL: i64 = 2;

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
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let pool = |connections| {
            SqlitePoolOptions::new().max_connections(connections).after_connect(|connection, _| {
                Box::pin(async move {
                    let mode: String = sqlx::query("PRAGMA journal_mode").fetch_one(&mut *connection).await?.get(0);
                    let synchronous: i64 = sqlx::query("PRAGMA synchronous").fetch_one(&mut *connection).await?.get(0);
                    if mode == "wal" && synchronous == SYNCHRONOUS_FULL {
                        return Ok(());
                    }
                    let fault = format!(
                        "SQLite runs with journal_mode={mode}, synchronous={synchronous}; WAL and FULL are needed"
                    );
                    Err(sqlx::Error::Configuration(fault.into()))
                })
            })
        };
        let writer = pool(1).connect_with(options.clone()).await?;
        sqlx::migrate!().run(&writer).await?;
        let reader = pool(READERS).connect_with(options).await?;
        Ok(Self { writer, reader })
    }

    /// Closes the file, so that its journal is folded in.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}
