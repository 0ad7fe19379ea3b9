//! Names of files, as they are now and as they are durable.

use crate::content::FileContent;
use crate::image::Image;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};

/// A file, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(u64);

/// All files of a disk.
#[derive(Default)]
pub struct Folder {
    made: u64,
    files: BTreeMap<FileId, FileContent>,
    names: BTreeMap<String, FileId>,
    durable: BTreeMap<String, FileId>,
}

impl Folder {
    /// The file with this name.
    pub fn find(&self, name: &str) -> Option<FileId> {
        self.names.get(name).copied()
    }

    /// Makes an empty file; one without a name is for its maker alone.
    pub fn make(&mut self, name: Option<&str>) -> FileId {
        self.made += 1;
        let file = FileId(self.made);
        self.files.insert(file, FileContent::default());
        if let Some(name) = name {
            self.names.insert(name.to_owned(), file);
        }
        file
    }

    /// Takes a name away. Until the folder is synced the file may come back.
    pub fn remove(&mut self, name: &str, sync: bool) -> bool {
        if sync {
            self.durable.remove(name);
        }
        self.names.remove(name).is_some()
    }

    /// Forgets a file that never had a name.
    pub fn discard(&mut self, file: FileId) {
        self.files.remove(&file);
    }

    /// What is in a file.
    pub fn content(&mut self, file: FileId) -> Option<&mut FileContent> {
        self.files.get_mut(&file)
    }

    /// Bytes of all files.
    pub fn len(&self) -> usize {
        self.files.values().map(FileContent::len).sum()
    }

    /// Makes a file durable. With the first sync of a file the whole folder is synced, as the ordinary VFS does for a
    /// new journal: what was removed before does not come back after it.
    pub fn sync(&mut self, file: FileId) {
        if let Some(content) = self.files.get_mut(&file) {
            content.sync();
        }
        if !self.durable.values().any(|durable| *durable == file) {
            self.durable = self.names.clone();
        }
    }

    /// What the disk may hold after a power cut.
    pub fn after_power_cut(&self, random: &mut ChaCha8Rng) -> Image {
        let names: BTreeSet<_> = self.names.keys().chain(self.durable.keys()).collect();
        let files = names.into_iter().filter_map(|name| {
            let (now, durable) = (self.names.get(name), self.durable.get(name));
            let found = if random.random() { now } else { durable };
            Some((name.clone(), self.files.get(found?)?.after_power_cut(random)))
        });
        Image { files: files.collect() }
    }
}
