//! An open file: what SQLite asks of it, as results with SQLite's codes.

use crate::content::FileContent;
use crate::folder::FileId;
use crate::holder::Holder;
use crate::state::{Fault, SharedState, State};
use libsqlite3_sys::{
    SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR_FSTAT, SQLITE_IOERR_FSYNC, SQLITE_IOERR_LOCK, SQLITE_IOERR_READ,
    SQLITE_IOERR_SHMLOCK, SQLITE_IOERR_SHMMAP, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_SHORT_READ, SQLITE_IOERR_TRUNCATE,
    SQLITE_IOERR_WRITE,
};
use std::ffi::{c_int, c_void};
use std::sync::MutexGuard;
use std::sync::atomic::{Ordering, fence};

/// An open file.
pub struct Handle {
    disk: SharedState,
    file: FileId,
    holder: Holder,
    is_temporary: bool,
}

impl Handle {
    /// Opens a file; one without a name goes when it is closed.
    pub fn open(disk: &SharedState, name: Option<&str>, create: bool) -> Result<Self, c_int> {
        let mut state = disk.lock();
        if state.is_off {
            return Err(SQLITE_CANTOPEN);
        }
        let found = name.and_then(|name| state.folder.find(name));
        let file = match found {
            Some(file) => file,
            None if create || name.is_none() => state.folder.make(name),
            None => return Err(SQLITE_CANTOPEN),
        };
        let holder = state.holder();
        Ok(Self { disk: disk.clone(), file, holder, is_temporary: name.is_none() })
    }

    /// Reads from `offset`; beyond the end there are zeros and `SQLITE_IOERR_SHORT_READ`.
    pub fn read(&self, offset: usize, into: &mut [u8]) -> Result<(), c_int> {
        let whole = self.content(SQLITE_IOERR_READ, |content| content.read(offset, into))?;
        if whole { Ok(()) } else { Err(SQLITE_IOERR_SHORT_READ) }
    }

    /// Writes at `offset`, if there is room.
    pub fn write(&self, offset: usize, bytes: &[u8]) -> Result<(), c_int> {
        let mut state = self.on(SQLITE_IOERR_WRITE)?;
        state.spend_power(SQLITE_IOERR_WRITE)?;
        let len = state.folder.content(self.file).ok_or(SQLITE_IOERR_WRITE)?.len();
        if !state.has_room((offset + bytes.len()).saturating_sub(len)) {
            return Err(SQLITE_FULL);
        }
        state.folder.content(self.file).ok_or(SQLITE_IOERR_WRITE)?.write(offset, bytes);
        Ok(())
    }

    /// Sets the length.
    pub fn truncate(&self, len: usize) -> Result<(), c_int> {
        self.content(SQLITE_IOERR_TRUNCATE, |content| content.truncate(len))
    }

    /// Makes durable what was written.
    pub fn sync(&self) -> Result<(), c_int> {
        let mut state = self.on(SQLITE_IOERR_FSYNC)?;
        state.spend_power(SQLITE_IOERR_FSYNC)?;
        match state.fault {
            Some(Fault::Sync) => return Err(SQLITE_IOERR_FSYNC),
            Some(Fault::Forget) => {
                state.folder.content(self.file).into_iter().for_each(FileContent::forget);
                return Err(SQLITE_IOERR_FSYNC);
            }
            Some(Fault::Full) | None => state.folder.sync(self.file),
        }
        Ok(())
    }

    /// Its length.
    pub fn len(&self) -> Result<usize, c_int> {
        self.content(SQLITE_IOERR_FSTAT, |content| content.len())
    }

    /// Raises the level of its lock.
    pub fn lock(&self, level: c_int) -> Result<(), c_int> {
        let mut state = self.on(SQLITE_IOERR_LOCK)?;
        state.locks.entry(self.file).or_default().raise(self.holder, level)
    }

    /// Lowers the level of its lock.
    pub fn unlock(&self, level: c_int) {
        self.disk.lock().locks.entry(self.file).or_default().lower(self.holder, level);
    }

    /// Whether anybody is about to write to it.
    pub fn is_reserved(&self) -> bool {
        self.disk.lock().locks.entry(self.file).or_default().is_reserved()
    }

    /// Address of a region; null if it is not there and is not to be made.
    pub fn shm_map(&self, region: usize, bytes: usize, extend: bool) -> Result<*mut c_void, c_int> {
        let mut state = self.on(SQLITE_IOERR_SHMMAP)?;
        let there = state.shm.entry(self.file).or_default().has(region);
        if !there && !extend {
            return Ok(std::ptr::null_mut());
        }
        if !there && !state.has_room(bytes) {
            return Err(SQLITE_IOERR_SHMSIZE);
        }
        let address = state.shm.entry(self.file).or_default().map(self.holder, region, bytes);
        if address.is_null() { Err(SQLITE_IOERR_SHMMAP) } else { Ok(address) }
    }

    /// Takes locks of the shared memory, one bit each.
    pub fn shm_lock(&self, mask: u32, exclusive: bool) -> Result<(), c_int> {
        let mut state = self.on(SQLITE_IOERR_SHMLOCK)?;
        state.shm.entry(self.file).or_default().lock(self.holder, mask, exclusive)
    }

    /// Gives locks of the shared memory back.
    pub fn shm_unlock(&self, mask: u32) {
        self.disk.lock().shm.entry(self.file).or_default().unlock(self.holder, mask);
    }

    /// Lets everybody see what was written to the shared memory so far.
    pub fn shm_barrier(&self) {
        drop(self.disk.lock());
        fence(Ordering::SeqCst);
    }

    /// Leaves the shared memory.
    pub fn shm_unmap(&self) {
        self.disk.lock().shm.entry(self.file).or_default().unmap(self.holder);
    }

    /// The disk, if it has power.
    fn on(&self, otherwise: c_int) -> Result<MutexGuard<'_, State>, c_int> {
        let state = self.disk.lock();
        if state.is_off { Err(otherwise) } else { Ok(state) }
    }

    fn content<T>(&self, otherwise: c_int, what: impl FnOnce(&mut FileContent) -> T) -> Result<T, c_int> {
        self.on(otherwise)?.folder.content(self.file).map(what).ok_or(otherwise)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.unlock(0);
        self.shm_unmap();
        if self.is_temporary {
            self.disk.lock().folder.discard(self.file);
        }
    }
}
