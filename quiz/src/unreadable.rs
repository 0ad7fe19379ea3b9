//! Why nothing of a file could be read.

use protocol::limits;

/// Why nothing of a file could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is larger than any quiz.
    #[error("the file is larger than {} MB", limits::IMPORT_BYTES >> 20)]
    TooLarge,
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is of no format that is known here.
    #[error("this is no kind of quiz file that Quizwire knows")]
    Unknown,
    /// It claims to be of a format and is not.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// It would become larger than anything sensible when it is unpacked.
    #[error("the file unpacks to more than {} MB", limits::UNPACKED_BYTES >> 20)]
    Bomb,
    /// It is of a newer version.
    #[error("the file was written by a newer Quizwire (format {0})")]
    Newer(u32),
}
