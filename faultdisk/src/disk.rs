//! The disk as tests hold it, and everything on it.

use crate::folder::{FileId, Folder};
use crate::handle::Holder;
use crate::image::Image;
use crate::locks::Locks;
use crate::shm::Shm;
use crate::vfs;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::ffi::c_int;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes that a disk holds, so that a test that runs wild ends.
const CAPACITY: usize = 256 * 1_024 * 1_024;

/// Disks of this process, for their names.
static DISKS: AtomicU64 = AtomicU64::new(0);

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
    power: Option<u64>,
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

/// A disk in memory, which SQLite knows as a VFS of its own.
#[derive(Clone)]
pub struct Disk {
    name: Arc<str>,
    state: Arc<Mutex<State>>,
}

impl Disk {
    /// An empty disk.
    ///
    /// # Errors
    /// When SQLite does not take another VFS.
    pub fn new() -> std::io::Result<Self> {
        let name = format!("faultdisk-{}", DISKS.fetch_add(1, Ordering::Relaxed));
        let disk = Self { name: name.into(), state: Arc::default() };
        vfs::register(disk.clone())?;
        Ok(disk)
    }

    /// The name of its VFS.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A database on this disk, as a name that SQLite opens wherever it takes the path of a file.
    pub fn database(&self, file: &str) -> PathBuf {
        format!("file:{file}?vfs={}", self.name).into()
    }

    /// Lets something go wrong from now on.
    pub fn inflict(&self, fault: Fault) {
        self.state().fault = Some(fault);
    }

    /// Sets right what is wrong.
    pub fn mend(&self) {
        self.state().fault = None;
    }

    /// Kills the process that uses the disk, while the power stays: the disk as the next process finds it. What was
    /// written reads as written, and what was not synced is not synced. The process gets nothing done any more.
    ///
    /// # Errors
    /// When SQLite does not take another VFS.
    pub fn kill(&self) -> std::io::Result<Self> {
        let next = Self::new()?;
        let mut state = self.state();
        state.is_off = true;
        next.state().folder = std::mem::take(&mut state.folder);
        Ok(next)
    }

    /// Cuts the power after this many more writes and syncs.
    pub fn power_cut_after(&self, operations: u64) {
        self.state().power = Some(operations);
    }

    /// Cuts the power if it is still there, whatever is going on, and returns what is left; the seed decides about what was not synced.
    /// From now on everything is refused.
    pub fn power_cut(&self, seed: u64) -> Image {
        let mut state = self.state();
        state.is_off = true;
        std::mem::take(&mut state.folder).after_power_cut(&mut ChaCha8Rng::seed_from_u64(seed))
    }

    /// Everything on it, for one caller at a time.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
