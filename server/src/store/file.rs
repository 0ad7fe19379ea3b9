//! The database's file: what every team typed and deleted is in it, so it is its owner's alone.

use std::fs::{DirBuilder, OpenOptions, Permissions, set_permissions};
use std::io::Result;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Mode of a folder that is made for it.
const FOLDER: u32 = 0o700;
/// Mode of the file. SQLite gives it to the files that it makes beside it, too.
const FILE: u32 = 0o600;

/// Makes file and folder if they are not there, and keeps others out of a file that is.
///
/// # Errors
/// When that is not possible.
pub fn prepare(path: &Path) -> Result<()> {
    // A name that only SQLite understands is no path.
    if path.to_str().is_some_and(|name| name.starts_with("file:")) {
        return Ok(());
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(FOLDER).create(folder)?;
    }
    OpenOptions::new().append(true).create(true).mode(FILE).open(path)?;
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        match set_permissions(&name, Permissions::from_mode(FILE)) {
            Err(error) if end.is_empty() => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
