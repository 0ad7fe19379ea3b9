//! Pictures, and the keys that seal them.

use super::Store;
use crate::storage::Media;
use async_trait::async_trait;
use game::reveal::PictureSeal;
use protocol::seal::{self, CipherKey, Enclosure};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeMap;

/// A key as it is stored; a damaged one is an error, for it would open nothing.
fn key(bytes: Vec<u8>) -> sqlx::Result<CipherKey> {
    let damaged = |bytes: Vec<u8>| sqlx::Error::Decode(format!("a picture's key has {} bytes", bytes.len()).into());
    bytes.try_into().map(CipherKey).map_err(damaged)
}

#[async_trait]
impl Media for Store {
    async fn picture_seals(&self, game: i64) -> sqlx::Result<BTreeMap<String, PictureSeal>> {
        let rows = sqlx::query("SELECT id, sealed_id, length(bytes), key, mime FROM media WHERE game_id = $1");
        let seal = |row: SqliteRow| {
            let bytes = seal::sealed_bytes(row.get::<i64, _>(2) as usize) as u32;
            let enclosure = Enclosure { url: format!("/sealed/{}", row.get::<String, _>(1)), bytes };
            let picture = PictureSeal { enclosure, key: key(row.get(3))?, mime: row.get(4) };
            Ok((format!("/media/{}", row.get::<String, _>(0)), picture))
        };
        rows.bind(game).fetch_all(&self.reader).await?.into_iter().map(seal).collect()
    }

    async fn sealed_media(&self, sealed_id: &str) -> sqlx::Result<Option<(Vec<u8>, CipherKey)>> {
        let row = sqlx::query("SELECT bytes, key FROM media WHERE sealed_id = $1").bind(sealed_id);
        row.fetch_optional(&self.reader).await?.map(|row| Ok((row.get(0), key(row.get(1))?))).transpose()
    }

    async fn media(&self, id: &str) -> sqlx::Result<Option<(String, Vec<u8>)>> {
        let row =
            sqlx::query("SELECT mime, bytes FROM media WHERE id = $1").bind(id).fetch_optional(&self.reader).await?;
        Ok(row.map(|row| (row.get(0), row.get(1))))
    }
}
