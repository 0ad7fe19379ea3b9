//! Everything on a disk.

use crate::folder::{FileId, Folder};
use crate::holder::Holder;
use crate::locks::Locks;
use crate::shm::Shm;
use std::collections::BTreeMap;
use std::ffi::c_int;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes that a disk holds, so that a test that runs wild ends.
const CAPACITY: usize = 256 * 1_024 * 1_024;

/// What can be wrong with a disk that has power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No file can grow: `SQLITE_FULL`.
    Full,
    /// Nothing can be synced: `SQLITE_IOERR_FSYNC`.
    Sync,
    /// The same, and what was to be synced is taken for clean: it reads as written, and never becomes durable.
    Forget,
}

/// Everything on a disk, and the locks of those who use it.
#[derive(Default)]
pub struct State {
    /// The files.
    pub folder: Folder,
    /// Locks by file.
    pub locks: BTreeMap<FileId, Locks>,
    /// Shared memory by file. It outlasts the power: connections that are still open have it mapped.
    pub shm: BTreeMap<FileId, Shm>,
    /// What is wrong.
    pub fault: Option<Fault>,
    /// Whether the power was cut.
    pub is_off: bool,
    /// Writes and syncs until it is cut.
    pub power: Option<u64>,
    holders: u64,
}

impl State {
    /// Someone new who can hold locks.
    pub fn holder(&mut self) -> Holder {
        self.holders += 1;
        Holder(self.holders)
    }

    /// Takes one write or sync off what the power lasts for.
    ///
    /// # Errors
    /// When the power goes instead.
    pub fn spend_power(&mut self, otherwise: c_int) -> Result<(), c_int> {
        self.is_off = self.power == Some(0);
        self.power = self.power.map(|power| power.saturating_sub(1));
        if self.is_off { Err(otherwise) } else { Ok(()) }
    }

    /// Whether files can become this much longer.
    pub fn has_room(&self, bytes: usize) -> bool {
        bytes == 0 || self.fault != Some(Fault::Full) && self.folder.len() + bytes <= CAPACITY
    }
}

/// The same, for all who use the disk.
#[derive(Clone, Default)]
pub struct SharedState(Arc<Mutex<State>>);

impl SharedState {
    /// For one caller at a time.
    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
