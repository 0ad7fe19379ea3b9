//! Quizzes as people write them: a [`draft::Draft`] with its faults, brought in from other programs' files
//! ([`import`]) and taken out to them ([`export`]). What is played is made of it when it has no fault ([`play`]).

pub mod archive;
pub mod draft;
pub mod edit;
pub mod export;
pub mod fault;
pub mod import;
pub mod media;
mod merge;
mod parts;
pub mod play;
mod unreadable;
