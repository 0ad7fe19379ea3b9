//! Pictures as they are sent. The last few are held ready: each is read and sealed once, and all who fetch it are sent the
//! same bytes.

use axum::body::Bytes;
use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::OnceCell;

/// Pictures that are held, each of at most [`protocol::limits::PICTURE_BYTES`].
const HELD: usize = 12;

/// A picture as it is sent.
#[derive(Clone)]
pub struct Picture {
    /// Its kind.
    pub mime: String,
    /// What is sent.
    pub bytes: Bytes,
}

/// What becomes of a picture that is asked for: there is none, or there it is.
pub type Found = Option<Picture>;

/// The last pictures that were asked for.
#[derive(Default)]
pub struct Pictures(Mutex<VecDeque<(String, Arc<OnceCell<Found>>)>>);

impl Pictures {
    /// The picture of this address; who asks first makes it, and the others wait.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn get(&self, path: String, make: impl Future<Output = anyhow::Result<Found>>) -> anyhow::Result<Found> {
        let cell = {
            let mut held = self.held();
            let place = held.iter().position(|(held, _)| *held == path);
            let picture = place.and_then(|place| held.remove(place)).unwrap_or_else(|| (path.clone(), Arc::default()));
            let cell = picture.1.clone();
            held.push_back(picture);
            cell
        };
        let found = cell.get_or_try_init(|| make).await.cloned();
        let mut held = self.held();
        if !matches!(found, Ok(Some(_))) {
            // What is not there takes no place.
            held.retain(|(held, _)| *held != path);
        }
        while held.len() > HELD {
            held.pop_front();
        }
        found
    }

    fn held(&self) -> MutexGuard<'_, VecDeque<(String, Arc<OnceCell<Found>>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn picture() -> Found {
        Some(Picture { mime: "image/png".into(), bytes: vec![1; 100].into() })
    }

    #[tokio::test]
    async fn a_picture_is_made_once_and_all_get_the_same_bytes() {
        let (pictures, made) = (Pictures::default(), AtomicUsize::new(0));
        let get = || {
            pictures.get("/sealed/1".into(), async {
                made.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                Ok(picture())
            })
        };
        let got: Vec<_> = futures::future::join_all((0..100).map(|_| get())).await;
        let at: Vec<_> = got.into_iter().map(|got| got.unwrap().unwrap().bytes.as_ptr()).collect();
        assert!(at.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(made.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn only_the_last_few_are_held_and_what_is_not_there_is_not() {
        let pictures = Pictures::default();
        for number in 0..100 {
            assert!(pictures.get(format!("/media/{number}"), async { Ok(picture()) }).await.unwrap().is_some());
        }
        for number in 0..100 {
            assert!(pictures.get(format!("/no/{number}"), async { Ok(None) }).await.unwrap().is_none());
        }
        let held: Vec<_> = pictures.held().iter().map(|(path, _)| path.clone()).collect();
        assert_eq!(held, (88..100).map(|number| format!("/media/{number}")).collect::<Vec<_>>());
    }
}
