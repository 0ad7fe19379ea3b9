//! A disk that keeps no more than a real one promises: an SQLite VFS for tests.
//!
//! # The model
//!
//! - What was synced survives a power cut: the bytes of the file, its length and its name.
//! - What was not synced may survive or not. Every sector of 512 bytes is found in one of the states it has passed
//!   through since the last sync, each sector on its own: so any subset of the writes, in any order, and large writes
//!   torn. The length of a file is one of those it has had; a file that was made or removed may be there or not.
//! - A sector is never half written, and a write leaves the bytes beside it alone. The ordinary VFS counts on the same
//!   (`SQLITE_IOCAP_POWERSAFE_OVERWRITE`).
//! - A full disk refuses what would make a file longer and takes what overwrites one. A disk that fails to sync says
//!   so, and keeps what was to be synced as unsynced, or forgets that it was to be synced.
//! - Nothing is read or written after the power is cut.
//!
//! Locks and shared memory belong to the running system: they work among the connections of this process and are not in
//! the image. What is left to chance is drawn from a seed; the moment of the cut is the caller's.
//!
//! # The code
//!
//! [`Disk`] is the handle for tests; everything on it is under one lock (`state`). SQLite comes in through `vfs`, the only unsafe
//! module, which hands each call on to `handle`.

mod content;
mod disk;
mod folder;
mod handle;
mod holder;
mod image;
mod locks;
mod shm;
mod state;
mod vfs;

pub use disk::Disk;
pub use image::Image;
pub use state::Fault;
