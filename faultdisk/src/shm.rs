//! The memory that the connections of a WAL database share, with its eight locks.

use crate::holder::Holder;
use libsqlite3_sys::SQLITE_BUSY;
use std::collections::BTreeMap;
use std::ffi::{c_int, c_void};
use std::sync::atomic::AtomicU64;

/// Regions of one database; of 32 KiB each, they are the index of a WAL of half a gigabyte.
const REGIONS: usize = 32;

/// Locks of one holder, one bit each.
#[derive(Default)]
struct Held {
    shared: u32,
    exclusive: u32,
}

/// Shared memory of one database file.
#[derive(Default)]
pub struct Shm {
    /// SQLite writes to them behind Rust's back, from several threads; atomics may be written to through a shared
    /// reference.
    regions: Vec<Box<[AtomicU64]>>,
    users: BTreeMap<Holder, Held>,
}

impl Shm {
    /// Whether a region is there yet.
    pub fn has(&self, region: usize) -> bool {
        region < self.regions.len()
    }

    /// Address of a region, which is made if it is not there; null if there are too many.
    pub fn map(&mut self, holder: Holder, region: usize, bytes: usize) -> *mut c_void {
        self.users.entry(holder).or_default();
        while self.regions.len() <= region.min(REGIONS - 1) {
            let words = bytes.div_ceil(size_of::<AtomicU64>());
            self.regions.push((0..words).map(|_| AtomicU64::new(0)).collect());
        }
        self.regions.get(region).map_or(std::ptr::null_mut(), |region| region.as_ptr().cast_mut().cast())
    }

    /// Takes locks, one bit each.
    ///
    /// # Errors
    /// `SQLITE_BUSY` when others are in the way.
    pub fn lock(&mut self, holder: Holder, mask: u32, exclusive: bool) -> Result<(), c_int> {
        let in_the_way = |held: &Held| held.exclusive | if exclusive { held.shared } else { 0 };
        let mut others = self.users.iter().filter(|(other, _)| **other != holder);
        if others.any(|(_, held)| in_the_way(held) & mask != 0) {
            return Err(SQLITE_BUSY);
        }
        let held = self.users.entry(holder).or_default();
        if exclusive {
            held.exclusive |= mask
        } else {
            held.shared |= mask
        }
        Ok(())
    }

    /// Gives locks back.
    pub fn unlock(&mut self, holder: Holder, mask: u32) {
        if let Some(held) = self.users.get_mut(&holder) {
            held.shared &= !mask;
            held.exclusive &= !mask;
        }
    }

    /// Leaves; with the last one the memory goes.
    pub fn unmap(&mut self, holder: Holder) {
        self.users.remove(&holder);
        if self.users.is_empty() {
            self.regions.clear();
        }
    }
}
