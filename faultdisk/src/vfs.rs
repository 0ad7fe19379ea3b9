//! Where SQLite comes in: the VFS, registered under the disk's name.
//!
//! A callback that panicked would end the process, as `extern "C"` does not unwind; none has a reason to.
#![allow(unsafe_code, reason = "SQLite calls a VFS through C function pointers")]

mod methods;

use crate::handle::Handle;
use crate::state::SharedState;
use libsqlite3_sys::{
    SQLITE_CANTOPEN, SQLITE_IOERR_DELETE_NOENT, SQLITE_OK, SQLITE_OPEN_CREATE, sqlite3_file, sqlite3_initialize,
    sqlite3_vfs, sqlite3_vfs_find, sqlite3_vfs_register,
};
use methods::OpenFile;
use std::ffi::{CStr, CString, c_char, c_int};

/// Longest name of a file.
const NAME_BYTES_MAX: c_int = 512;

/// Makes the disk known to SQLite, for as long as the process lives: nobody can tell when SQLite no longer holds the
/// pointer. A disk whose power was cut is small.
pub fn register(name: &str, disk: SharedState) -> std::io::Result<()> {
    let name = Box::leak(CString::new(name)?.into_boxed_c_str());
    // SAFETY: may be called at any time, from any thread.
    unsafe { sqlite3_initialize() };
    // SAFETY: null asks for the default VFS, which is valid as long as the process lives.
    let ordinary = unsafe { sqlite3_vfs_find(std::ptr::null()).as_ref() };
    let ordinary = ordinary.ok_or_else(|| std::io::Error::other("SQLite has no VFS of its own"))?;
    let vfs = Box::leak(Box::new(sqlite3_vfs {
        iVersion: 2,
        szOsFile: size_of::<OpenFile>() as c_int,
        mxPathname: NAME_BYTES_MAX,
        pNext: std::ptr::null_mut(),
        zName: name.as_ptr(),
        pAppData: std::ptr::from_mut(Box::leak(Box::new(disk))).cast(),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_pathname),
        // Clock, sleep and randomness are the ordinary ones.
        ..*ordinary
    }));
    // SAFETY: the VFS and all it points to are leaked, hence valid for ever, and never changed here again.
    match unsafe { sqlite3_vfs_register(vfs, 0) } {
        SQLITE_OK => Ok(()),
        code => Err(std::io::Error::other(format!("SQLite refuses the VFS with code {code}"))),
    }
}

/// # Safety
/// `vfs` is one that [`register`] has made.
unsafe fn disk<'a>(vfs: *mut sqlite3_vfs) -> &'a SharedState {
    // SAFETY: `register` has stored a leaked disk there.
    unsafe { &*(*vfs).pAppData.cast::<SharedState>() }
}

/// The name of a file, if it has one that can be read.
///
/// # Safety
/// `name` is null or a C string that lives as long as the result is used.
unsafe fn text<'a>(name: *const c_char) -> Option<&'a str> {
    // SAFETY: the caller's promise.
    if name.is_null() { None } else { unsafe { CStr::from_ptr(name) }.to_str().ok() }
}

unsafe extern "C" fn open(
    vfs: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let file = file.cast::<OpenFile>();
    // SAFETY: SQLite hands over `szOsFile` bytes for the file. Without methods it does not close what did not open.
    unsafe { (*file).base.pMethods = std::ptr::null() };
    // SAFETY: SQLite's arguments for this VFS.
    let (disk, text) = unsafe { (disk(vfs), text(name)) };
    if text.is_none() && !name.is_null() {
        return SQLITE_CANTOPEN;
    }
    match Handle::open(disk, text, flags & SQLITE_OPEN_CREATE != 0) {
        Ok(handle) => {
            let opened = OpenFile::new(handle);
            // SAFETY: as above; the bytes hold nothing yet that would have to be dropped.
            unsafe { file.write(opened) };
            if !out_flags.is_null() {
                // SAFETY: SQLite's own variable.
                unsafe { *out_flags = flags };
            }
            SQLITE_OK
        }
        Err(code) => code,
    }
}

unsafe extern "C" fn delete(vfs: *mut sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    // SAFETY: SQLite's arguments for this VFS.
    let (disk, name) = unsafe { (disk(vfs), text(name)) };
    let removed = name.is_some_and(|name| disk.lock().folder.remove(name, sync_folder != 0));
    if removed { SQLITE_OK } else { SQLITE_IOERR_DELETE_NOENT }
}

unsafe extern "C" fn access(vfs: *mut sqlite3_vfs, name: *const c_char, _: c_int, found: *mut c_int) -> c_int {
    // SAFETY: SQLite's arguments for this VFS.
    let (disk, name) = unsafe { (disk(vfs), text(name)) };
    let is_there = name.is_some_and(|name| disk.lock().folder.find(name).is_some());
    // SAFETY: SQLite's own variable.
    unsafe { *found = c_int::from(is_there) };
    SQLITE_OK
}

/// The disk has one folder: a name is a path.
unsafe extern "C" fn full_pathname(_: *mut sqlite3_vfs, name: *const c_char, bytes: c_int, out: *mut c_char) -> c_int {
    // SAFETY: SQLite's argument.
    let name = unsafe { CStr::from_ptr(name) }.to_bytes_with_nul();
    if name.len() > bytes as usize {
        return SQLITE_CANTOPEN;
    }
    // SAFETY: SQLite's buffer has `bytes` bytes, which are enough.
    unsafe { std::ptr::copy_nonoverlapping(name.as_ptr().cast(), out, name.len()) };
    SQLITE_OK
}
