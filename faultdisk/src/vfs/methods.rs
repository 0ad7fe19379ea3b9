//! An open file as SQLite knows it, and its methods: each hands its arguments on to the [`Handle`].
//!
//! What SQLite promises of every call, and every SAFETY comment here rests on: `file` is one that `open` has filled in
//! and that is not yet closed, one thread uses it at a time, and buffers are as long as their length says.

use crate::handle::Handle;
use libsqlite3_sys::{
    SQLITE_IOCAP_POWERSAFE_OVERWRITE, SQLITE_NOTFOUND, SQLITE_OK, SQLITE_SHM_EXCLUSIVE, SQLITE_SHM_LOCK, sqlite3_file,
    sqlite3_int64, sqlite3_io_methods,
};
use std::ffi::{c_int, c_void};

/// What the ordinary VFS reports.
const SECTOR_BYTES: c_int = 4_096;

/// SQLite's bytes for an open file.
#[repr(C)]
pub struct OpenFile {
    /// What SQLite reads of it.
    pub base: sqlite3_file,
    /// A `Box` from opening to closing.
    handle: *mut Handle,
}

impl OpenFile {
    /// An open file with this disk's methods.
    pub fn new(handle: Handle) -> Self {
        Self { base: sqlite3_file { pMethods: &METHODS }, handle: Box::into_raw(Box::new(handle)) }
    }
}

/// The methods; version 2 is with shared memory and without memory-mapped files.
static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// # Safety
/// `file` is open, and stays so while the result is used.
unsafe fn handle<'a>(file: *mut sqlite3_file) -> &'a Handle {
    // SAFETY: `open` has stored a box there that only `close` takes away.
    unsafe { &*(*file.cast::<OpenFile>()).handle }
}

fn code(result: Result<(), c_int>) -> c_int {
    result.err().unwrap_or(SQLITE_OK)
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: open until here; SQLite uses the file no more, so the box is dropped once.
    drop(unsafe { Box::from_raw((*file.cast::<OpenFile>()).handle) });
    SQLITE_OK
}

unsafe extern "C" fn read(file: *mut sqlite3_file, into: *mut c_void, len: c_int, offset: sqlite3_int64) -> c_int {
    // SAFETY: an open file and a buffer of this length.
    let (file, into) = unsafe { (handle(file), std::slice::from_raw_parts_mut(into.cast(), len as usize)) };
    code(file.read(offset as usize, into))
}

unsafe extern "C" fn write(file: *mut sqlite3_file, from: *const c_void, len: c_int, offset: sqlite3_int64) -> c_int {
    // SAFETY: an open file and a buffer of this length.
    let (file, bytes) = unsafe { (handle(file), std::slice::from_raw_parts(from.cast(), len as usize)) };
    code(file.write(offset as usize, bytes))
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, len: sqlite3_int64) -> c_int {
    // SAFETY: an open file.
    code(unsafe { handle(file) }.truncate(len as usize))
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: an open file.
    code(unsafe { handle(file) }.sync())
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, size: *mut sqlite3_int64) -> c_int {
    // SAFETY: an open file.
    let len = unsafe { handle(file) }.len();
    // SAFETY: SQLite's own variable.
    unsafe { *size = len.unwrap_or_default() as sqlite3_int64 };
    code(len.map(drop))
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open file.
    code(unsafe { handle(file) }.lock(level))
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open file.
    unsafe { handle(file) }.unlock(level);
    SQLITE_OK
}

unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, reserved: *mut c_int) -> c_int {
    // SAFETY: an open file and SQLite's own variable.
    unsafe { *reserved = c_int::from(handle(file).is_reserved()) };
    SQLITE_OK
}

unsafe extern "C" fn file_control(_: *mut sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut sqlite3_file) -> c_int {
    SECTOR_BYTES
}

unsafe extern "C" fn device_characteristics(_: *mut sqlite3_file) -> c_int {
    SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn shm_map(
    file: *mut sqlite3_file,
    region: c_int,
    bytes: c_int,
    extend: c_int,
    address: *mut *mut c_void,
) -> c_int {
    // SAFETY: an open file.
    let mapped = unsafe { handle(file) }.shm_map(region as usize, bytes as usize, extend != 0);
    // SAFETY: SQLite's own variable.
    unsafe { *address = mapped.unwrap_or(std::ptr::null_mut()) };
    code(mapped.map(drop))
}

unsafe extern "C" fn shm_lock(file: *mut sqlite3_file, first: c_int, count: c_int, flags: c_int) -> c_int {
    // SAFETY: an open file.
    let file = unsafe { handle(file) };
    let mask = (1 << (first + count)) - (1 << first);
    if flags & SQLITE_SHM_LOCK == 0 {
        file.shm_unlock(mask);
        return SQLITE_OK;
    }
    code(file.shm_lock(mask, flags & SQLITE_SHM_EXCLUSIVE != 0))
}

unsafe extern "C" fn shm_barrier(file: *mut sqlite3_file) {
    // SAFETY: an open file.
    unsafe { handle(file) }.shm_barrier();
}

unsafe extern "C" fn shm_unmap(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: an open file.
    unsafe { handle(file) }.shm_unmap();
    SQLITE_OK
}
