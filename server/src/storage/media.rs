//! Pictures, and the keys that seal them.

use async_trait::async_trait;
use game::reveal::PictureSeal;
use protocol::seal::CipherKey;
use std::collections::BTreeMap;

/// A picture of a game that is to be made, under two ids that cannot be guessed.
pub struct NewPicture<'a> {
    /// The open one's.
    pub id: String,
    /// The sealed one's.
    pub sealed_id: String,
    /// Its kind.
    pub mime: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
    /// What seals it.
    pub key: CipherKey,
}

/// Pictures, sealed and open.
#[async_trait]
pub trait Media: Send + Sync {
    /// How a game's pictures are sealed, by their open addresses.
    ///
    /// # Errors
    /// When the database fails, or a key is damaged.
    async fn picture_seals(&self, game: i64) -> sqlx::Result<BTreeMap<String, PictureSeal>>;

    /// A picture and the key that seals it, by its sealed id.
    ///
    /// # Errors
    /// When the database fails, or the key is damaged.
    async fn sealed_media(&self, sealed_id: &str) -> sqlx::Result<Option<(Vec<u8>, CipherKey)>>;

    /// A picture with its kind.
    ///
    /// # Errors
    /// When the database fails.
    async fn media(&self, id: &str) -> sqlx::Result<Option<(String, Vec<u8>)>>;
}
