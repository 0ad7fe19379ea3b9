//! Files by the hash of what is in them: a second SQLite file beside the first, so that a large picture that is brought
//! in delays no answer that is saved.

use super::pool;
use crate::auth::digest;
use crate::storage::Hash;
use protocol::ids::Millis;
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{Row, SqlitePool};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is written at once.
const CHUNK_BYTES: usize = 256 * 1_024;
/// How long a file is kept that no quiz names: a quiz that is just being brought in keeps its files first.
const UNNAMED_MS: Millis = 24 * 3_600_000;
/// Connections that read.
const READERS: u32 = 2;

/// The files.
#[derive(Debug, Clone)]
pub(super) struct Blobs {
    writer: SqlitePool,
    reader: SqlitePool,
}

/// Where the files of a database lie: `quizwire.db` has `quizwire-media.db`.
pub(super) fn beside(database: &Path) -> PathBuf {
    let name = database.to_string_lossy();
    // A name that only SQLite understands has its settings after a question mark.
    let (file, settings) = name.find('?').map_or((&*name, ""), |at| name.split_at(at));
    let start = file.rfind('/').map_or(0, |slash| slash + 1);
    let end = file[start..].rfind('.').filter(|dot| *dot > 0).map_or(file.len(), |dot| start + dot);
    format!("{}-media{}{settings}", &file[..end], &file[end..]).into()
}

impl Blobs {
    /// Opens them.
    pub(super) async fn open(options: SqliteConnectOptions, synchronous: SqliteSynchronous) -> anyhow::Result<Self> {
        let writer = pool(1, synchronous).connect_with(options.clone()).await?;
        sqlx::migrate!("./media-migrations").run(&writer).await?;
        // Pieces of a file that was never whole are all that a kill leaves.
        sqlx::query("DELETE FROM chunks WHERE hash NOT IN (SELECT hash FROM blobs)").execute(&writer).await?;
        Ok(Self { writer, reader: pool(READERS, synchronous).min_connections(0).connect_lazy_with(options) })
    }

    /// Keeps a file, in pieces; the last statement makes it whole.
    pub(super) async fn keep(&self, bytes: &[u8], now_ms: Millis) -> sqlx::Result<Hash> {
        let hash = digest(bytes);
        let again = sqlx::query("UPDATE blobs SET kept_ms = $2 WHERE hash = $1 RETURNING hash");
        if again.bind(&hash[..]).bind(now_ms).fetch_optional(&self.writer).await?.is_some() {
            return Ok(hash);
        }
        for (number, chunk) in (0i64..).zip(bytes.chunks(CHUNK_BYTES)) {
            // Two may bring the same file at once: their pieces are the same.
            let insert = "INSERT INTO chunks (hash, number, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
            sqlx::query(insert).bind(&hash[..]).bind(number).bind(chunk).execute(&self.writer).await?;
        }
        // Another process that starts just now takes the pieces for what a kill has left.
        let whole = sqlx::query(
            "INSERT INTO blobs (hash, bytes, kept_ms) SELECT $1, $2, $3
             WHERE $2 = (SELECT coalesce(sum(length(bytes)), 0) FROM chunks WHERE hash = $1)
             ON CONFLICT (hash) DO UPDATE SET kept_ms = $3 RETURNING hash",
        );
        let whole = whole.bind(&hash[..]).bind(bytes.len() as i64).bind(now_ms).fetch_optional(&self.writer).await?;
        whole.map(|_| hash).ok_or_else(|| sqlx::Error::Protocol("a file was not kept as a whole".into()))
    }

    /// What is in a file; nothing if it is not kept as a whole.
    pub(super) async fn get(&self, hash: &Hash) -> sqlx::Result<Option<Vec<u8>>> {
        let row = sqlx::query("SELECT bytes FROM blobs WHERE hash = $1").bind(&hash[..]);
        let Some(row) = row.fetch_optional(&self.reader).await? else { return Ok(None) };
        let chunks = sqlx::query("SELECT bytes FROM chunks WHERE hash = $1 ORDER BY number").bind(&hash[..]);
        let chunks = chunks.fetch_all(&self.reader).await?;
        let bytes = chunks.iter().flat_map(|row| row.get::<&[u8], _>(0)).copied().collect::<Vec<_>>();
        if bytes.len() as i64 == row.get::<i64, _>(0) && digest(&bytes) == *hash {
            return Ok(Some(bytes));
        }
        Err(sqlx::Error::Decode("a file of the library is damaged".into()))
    }

    /// Forgets all files but these and those that came lately.
    pub(super) async fn forget_others(&self, named: &BTreeSet<Hash>, now_ms: Millis) -> sqlx::Result<()> {
        let old = sqlx::query("SELECT hash FROM blobs WHERE kept_ms < $1").bind(now_ms - UNNAMED_MS);
        for row in old.fetch_all(&self.reader).await? {
            let hash: &[u8] = row.get(0);
            if Hash::try_from(hash).is_ok_and(|hash| named.contains(&hash)) {
                continue;
            }
            // First no longer whole, then its pieces: what a kill leaves is cleared at the next start.
            for delete in ["DELETE FROM blobs WHERE hash = $1", "DELETE FROM chunks WHERE hash = $1"] {
                sqlx::query(delete).bind(hash).execute(&self.writer).await?;
            }
        }
        Ok(())
    }

    /// Closes the file.
    pub(super) async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;
    use crate::storage::Quizzes;
    use quiz::draft::Draft;
    use std::collections::BTreeMap;

    #[test]
    fn files_lie_beside_their_database() {
        for (database, files) in [
            ("data/quizwire.db", "data/quizwire-media.db"),
            ("/a.b/quizwire", "/a.b/quizwire-media"),
            ("file:quizwire.db?vfs=x", "file:quizwire-media.db?vfs=x"),
        ] {
            assert_eq!(beside(Path::new(database)), Path::new(files));
        }
    }

    #[tokio::test]
    async fn a_file_is_kept_once_and_as_long_as_a_quiz_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("quizwire.db")).await.unwrap();
        let large: Vec<u8> = (0..CHUNK_BYTES * 2 + 7).map(|index| (index / 3) as u8).collect();
        let (named, other) = (store.keep_file(&large, 0).await.unwrap(), store.keep_file(b"other", 0).await.unwrap());
        assert_eq!(store.keep_file(&large, 0).await.unwrap(), named);
        assert_eq!(store.file(&named).await.unwrap(), Some(large));
        let media = BTreeMap::from([("a.png".to_owned(), named)]);
        let id = store.add_quiz(&Draft::default(), &media, 0).await.unwrap();
        store.empty_bin(UNNAMED_MS).await.unwrap();
        assert!(store.file(&other).await.unwrap().is_some(), "it has just come");
        store.empty_bin(UNNAMED_MS + 1).await.unwrap();
        assert!(store.file(&other).await.unwrap().is_none());
        assert!(store.file(&named).await.unwrap().is_some());
        store.shelve_quiz(id, crate::storage::Shelf::Bin, 0).await.unwrap();
        store.empty_bin(crate::storage::BIN_MS).await.unwrap();
        assert!(store.quiz(id).await.unwrap().is_some(), "it can still be brought back");
        store.empty_bin(crate::storage::BIN_MS + 1).await.unwrap();
        assert!(store.quiz(id).await.unwrap().is_none() && store.file(&named).await.unwrap().is_none());
        let left: i64 = sqlx::query("SELECT count(*) FROM chunks").fetch_one(&store.blobs.reader).await.unwrap().get(0);
        assert_eq!(left, 0);
        store.close().await;
    }

    #[tokio::test]
    async fn pieces_of_a_file_that_was_never_whole_are_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("quizwire.db");
        let store = Store::open(&database).await.unwrap();
        let piece = sqlx::query("INSERT INTO chunks (hash, number, bytes) VALUES (x'00', 0, x'01')");
        piece.execute(&store.blobs.writer).await.unwrap();
        store.close().await;
        let store = Store::open(&database).await.unwrap();
        let left: i64 = sqlx::query("SELECT count(*) FROM chunks").fetch_one(&store.blobs.reader).await.unwrap().get(0);
        assert_eq!(left, 0);
        store.close().await;
    }
}
