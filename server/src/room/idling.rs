//! How long a room stays when nobody is there: whoever comes back soon finds it, and the memory of all the others is free.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Rooms without pages that stay for a while.
pub const ROOMS: usize = 16;
/// How long they do: longer than a team counts as present without a page.
const STAY: Duration = Duration::from_secs(120);
/// How long any other one does: until the page that it was restored for is there.
const PAUSE: Duration = Duration::from_secs(5);

/// One room's idling.
pub struct Idling {
    places: Arc<Semaphore>,
    since: Option<(Instant, Option<OwnedSemaphorePermit>)>,
}

impl Idling {
    /// A room that shares so many places with the others.
    pub fn new(places: Arc<Semaphore>) -> Self {
        Self { places, since: None }
    }

    /// Whether it has lasted long enough; to be asked now and then.
    pub fn is_over(&mut self, is_needed: bool) -> bool {
        if is_needed {
            self.since = None;
            return false;
        }
        let place = || (Instant::now(), self.places.clone().try_acquire_owned().ok());
        let (since, place) = self.since.get_or_insert_with(place);
        since.elapsed() >= if place.is_some() { STAY } else { PAUSE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn few_rooms_stay_and_none_for_ever() {
        let places = Arc::new(Semaphore::new(1));
        let mut rooms = [Idling::new(places.clone()), Idling::new(places)];
        assert!(rooms.iter_mut().all(|room| !room.is_over(false)));
        tokio::time::advance(PAUSE).await;
        assert!(!rooms[0].is_over(false) && rooms[1].is_over(false));
        assert!(!rooms[1].is_over(true));
        tokio::time::advance(STAY).await;
        assert!(rooms[0].is_over(false) && !rooms[1].is_over(false), "who was needed meanwhile begins anew");
    }
}
