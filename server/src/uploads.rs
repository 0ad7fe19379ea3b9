//! Files that were sent and not yet taken: in the file system without a name, so that nothing is left of them when the
//! server ends, however it ends.

use crate::auth;
use crate::clock;
use crate::library::{self, Read as Outcome};
use protocol::ids::Millis;
use protocol::limits;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Mutex as AsyncMutex;
use tokio::task::spawn_blocking;

/// Files that wait to be taken, at most; of more, the oldest goes.
const WAITING: usize = 8;
/// How long one waits.
const WAITING_MS: Millis = 2 * 3_600_000;

/// A file that was sent.
#[derive(Debug)]
pub struct Upload {
    /// What it is asked for by.
    pub key: String,
    /// Its name, as it was sent.
    pub name: String,
    at_ms: Millis,
    file: Mutex<File>,
}

/// A file that is just being sent.
#[derive(Debug)]
pub struct Incoming {
    file: File,
    bytes: usize,
}

/// The files.
#[derive(Debug)]
pub struct Uploads {
    folder: PathBuf,
    waiting: Mutex<VecDeque<Arc<Upload>>>,
    /// What came of the one that was read last: a page with many pictures asks for each of them.
    last: AsyncMutex<Option<(String, Arc<Outcome>)>>,
}

impl Uploads {
    /// Files that lie on the disk of this folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, waiting: Mutex::default(), last: AsyncMutex::default() }
    }

    /// Begins one.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn begin(&self) -> std::io::Result<Incoming> {
        Ok(Incoming { file: tempfile::tempfile_in(&self.folder)?, bytes: 0 })
    }

    /// Lets a file that came as a whole wait, and returns what it is asked for by.
    pub fn finish(&self, incoming: Incoming, name: String) -> String {
        let upload = Upload { key: auth::random_hex(), name, at_ms: clock::now_ms(), file: Mutex::new(incoming.file) };
        let key = upload.key.clone();
        let mut waiting = self.waiting();
        waiting.push_back(Arc::new(upload));
        while waiting.len() > WAITING {
            waiting.pop_front();
        }
        key
    }

    /// What comes of the one with this key, and its name; who asks meanwhile waits.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn read(&self, key: &str) -> anyhow::Result<Option<(String, Arc<Outcome>)>> {
        let mut last = self.last.lock().await;
        let Some(upload) = self.get(key) else {
            last.take_if(|(known, _)| known == key);
            return Ok(None);
        };
        let name = upload.name.clone();
        if let Some((known, outcome)) = &*last
            && known == key
        {
            return Ok(Some((name, outcome.clone())));
        }
        // The one before need not stay in memory beside it.
        *last = None;
        let bytes = spawn_blocking(move || upload.bytes()).await??;
        let outcome = Arc::new(library::read(name.clone(), bytes).await);
        *last = Some((key.to_owned(), outcome.clone()));
        Ok(Some((name, outcome)))
    }

    /// Throws one away.
    pub async fn remove(&self, key: &str) {
        self.waiting().retain(|upload| upload.key != key);
        self.last.lock().await.take_if(|(known, _)| known == key);
    }

    fn get(&self, key: &str) -> Option<Arc<Upload>> {
        self.waiting().iter().find(|upload| upload.key == key).cloned()
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Arc<Upload>>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let since_ms = clock::now_ms() - WAITING_MS;
        waiting.retain(|upload| upload.at_ms >= since_ms);
        waiting
    }
}

impl Incoming {
    /// Writes what came; false when it is more than a file may have.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn write(&mut self, bytes: &[u8]) -> std::io::Result<bool> {
        self.bytes += bytes.len();
        if self.bytes > limits::IMPORT_BYTES {
            return Ok(false);
        }
        self.file.write_all(bytes).map(|()| true)
    }

    /// Whether nothing came.
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }
}

impl Upload {
    /// What is in it.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::new();
        file.rewind()?;
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_waits_until_it_is_taken_or_others_came() {
        let folder = tempfile::tempdir().unwrap();
        let uploads = Uploads::new(folder.path().into());
        let send = |text: &str| {
            let mut incoming = uploads.begin().unwrap();
            assert!(incoming.is_empty() && incoming.write(text.as_bytes()).unwrap());
            uploads.finish(incoming, "a.txt".into())
        };
        let (first, second) = (send("one"), send("two"));
        for _ in 0..2 {
            assert_eq!(uploads.get(&first).unwrap().bytes().unwrap(), b"one");
        }
        uploads.remove(&second).await;
        assert!(uploads.get(&second).is_none());
        (0..WAITING).for_each(|_| drop(send("more")));
        assert!(uploads.get(&first).is_none());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing has a name");
    }

    #[test]
    fn a_file_that_is_too_large_is_refused() {
        let uploads = Uploads::new(std::env::temp_dir());
        let mut incoming = uploads.begin().unwrap();
        let piece = vec![0; limits::IMPORT_BYTES];
        assert!(incoming.write(&piece).unwrap());
        assert!(!incoming.write(b"x").unwrap());
    }
}
