//! The library: quizzes as they are written.

use async_trait::async_trait;
use protocol::ids::Millis;
use quiz::draft::Draft;
use std::collections::BTreeMap;

/// How long a deleted quiz can be brought back.
pub const BIN_MS: Millis = 30 * 24 * 3_600_000;

/// Changes of one quiz that can be taken back.
pub const STEPS: i64 = 200;

/// SHA-256 of what is in a file.
pub type Hash = [u8; 32];

/// Where a quiz lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// At hand.
    Current,
    /// Put away.
    Archived,
    /// Deleted, and to be brought back for [`BIN_MS`].
    Bin,
}

/// A quiz as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizRow {
    /// Its row.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// How many rounds it has.
    pub rounds: u32,
    /// How many questions.
    pub questions: u32,
    /// How long they may be answered together, in seconds.
    pub seconds: i64,
    /// When it was changed last.
    pub changed_ms: Millis,
    /// Where it lies.
    pub shelf: Shelf,
}

/// A quiz of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredQuiz {
    /// What a list shows of it.
    pub row: QuizRow,
    /// How often it was changed.
    pub revision: i64,
    /// What is written.
    pub draft: Draft,
    /// The files that it names, and named at an earlier step.
    pub media: BTreeMap<String, Hash>,
    /// Whether its last change can be taken back.
    pub can_undo: bool,
    /// Whether a change that was taken back can be made again.
    pub can_redo: bool,
}

/// The quizzes of the library.
#[async_trait]
pub trait Quizzes: Send + Sync {
    /// The quizzes on a shelf, the last changed first, no more than `most`.
    ///
    /// # Errors
    /// When the database fails.
    async fn quizzes(&self, shelf: Shelf, most: u32) -> sqlx::Result<Vec<QuizRow>>;

    /// How many quizzes there are on all shelves.
    ///
    /// # Errors
    /// When the database fails.
    async fn quiz_count(&self) -> sqlx::Result<u32>;

    /// The quiz with this row, on whatever shelf.
    ///
    /// # Errors
    /// When the database fails, or what is stored cannot be read.
    async fn quiz(&self, id: i64) -> sqlx::Result<Option<StoredQuiz>>;

    /// Adds a quiz with the files that it names, and returns its row.
    ///
    /// # Errors
    /// When the database fails.
    async fn add_quiz(&self, draft: &Draft, media: &BTreeMap<String, Hash>, now_ms: Millis) -> sqlx::Result<i64>;

    /// Puts what is written now in place of what was read, adds files to those it has, and says whether it did: not when
    /// somebody has changed the quiz since.
    ///
    /// # Errors
    /// When the database fails.
    async fn change_quiz(
        &self,
        read: &StoredQuiz,
        draft: &Draft,
        media: &BTreeMap<String, Hash>,
        now_ms: Millis,
    ) -> sqlx::Result<bool>;

    /// Takes the last change back, or makes one again that was taken back; nothing where there is none.
    ///
    /// # Errors
    /// When the database fails.
    async fn step_quiz(&self, id: i64, back: bool, now_ms: Millis) -> sqlx::Result<()>;

    /// Puts a quiz on another shelf.
    ///
    /// # Errors
    /// When the database fails.
    async fn shelve_quiz(&self, id: i64, shelf: Shelf, now_ms: Millis) -> sqlx::Result<()>;

    /// Forgets quizzes that have lain in the bin for [`BIN_MS`], and files that no quiz names any more.
    ///
    /// # Errors
    /// When the database fails.
    async fn empty_bin(&self, now_ms: Millis) -> sqlx::Result<()>;

    /// Keeps a file; the same one is kept once.
    ///
    /// # Errors
    /// When the database fails.
    async fn keep_file(&self, bytes: &[u8], now_ms: Millis) -> sqlx::Result<Hash>;

    /// What is in a file.
    ///
    /// # Errors
    /// When the database fails, or the file is damaged.
    async fn file(&self, hash: &Hash) -> sqlx::Result<Option<Vec<u8>>>;
}
