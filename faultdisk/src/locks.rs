//! The lock of a database file: many that share, one that reserves, one that excludes.

use crate::holder::Holder;
use libsqlite3_sys::{
    SQLITE_BUSY, SQLITE_LOCK_EXCLUSIVE, SQLITE_LOCK_NONE, SQLITE_LOCK_PENDING, SQLITE_LOCK_RESERVED, SQLITE_LOCK_SHARED,
};
use std::collections::BTreeMap;
use std::ffi::c_int;

/// Who holds which level of a file's lock, by SQLite's numbers.
#[derive(Default)]
pub struct Locks {
    levels: BTreeMap<Holder, c_int>,
}

impl Locks {
    /// Raises a holder's level.
    ///
    /// # Errors
    /// `SQLITE_BUSY` when others are in the way; who wants to exclude them then lets no further ones in.
    pub fn raise(&mut self, holder: Holder, level: c_int) -> Result<(), c_int> {
        let own = self.levels.get(&holder).copied().unwrap_or(SQLITE_LOCK_NONE);
        if own >= level {
            return Ok(());
        }
        let others = self.levels.iter().filter(|(other, _)| **other != holder).map(|(_, level)| *level).max();
        let others = others.unwrap_or(SQLITE_LOCK_NONE);
        let (reached, bearable) = match level {
            SQLITE_LOCK_SHARED => (own, SQLITE_LOCK_RESERVED),
            SQLITE_LOCK_RESERVED => (own, SQLITE_LOCK_SHARED),
            _ if others >= SQLITE_LOCK_RESERVED => (own, SQLITE_LOCK_NONE),
            _ => (SQLITE_LOCK_PENDING, SQLITE_LOCK_NONE),
        };
        let fits = others <= bearable;
        self.levels.insert(holder, if fits { level.min(SQLITE_LOCK_EXCLUSIVE) } else { reached });
        if fits { Ok(()) } else { Err(SQLITE_BUSY) }
    }

    /// Lowers a holder's level.
    pub fn lower(&mut self, holder: Holder, level: c_int) {
        match self.levels.get_mut(&holder) {
            Some(own) if level > SQLITE_LOCK_NONE => *own = level.min(*own),
            _ => drop(self.levels.remove(&holder)),
        }
    }

    /// Whether anybody is about to write.
    pub fn is_reserved(&self) -> bool {
        self.levels.values().any(|level| *level >= SQLITE_LOCK_RESERVED)
    }
}
