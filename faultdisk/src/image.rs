//! What is on a disk after its power was cut.

use std::collections::BTreeMap;
use std::path::Path;

/// The files that are left, by name.
#[derive(Debug, Clone)]
pub struct Image {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Image {
    /// Writes them into a folder, for the ordinary VFS to open.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn write_to(&self, folder: &Path) -> std::io::Result<()> {
        self.files.iter().try_for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes))
    }
}
