//! The disk as tests hold it.

use crate::image::Image;
use crate::state::{Fault, SharedState, State};
use crate::vfs;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, MutexGuard};

/// Disks of this process, for their names.
static DISKS: AtomicU64 = AtomicU64::new(0);

/// A disk in memory, which SQLite knows as a VFS of its own.
#[derive(Clone)]
pub struct Disk {
    name: Arc<str>,
    state: SharedState,
}

impl Disk {
    /// An empty disk.
    ///
    /// # Errors
    /// When SQLite does not take another VFS.
    pub fn new() -> std::io::Result<Self> {
        let name = format!("faultdisk-{}", DISKS.fetch_add(1, Ordering::Relaxed));
        let disk = Self { name: name.into(), state: SharedState::default() };
        vfs::register(&disk.name, disk.state.clone())?;
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
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}
