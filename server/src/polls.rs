//! Links over plain requests that are open.

use crate::auth::TokenHash;
use crate::listener::Party;
use protocol::close::Close;
use protocol::limits;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;

/// Links of one team, of one game's screens, of all desks, and of one address without a session: those of their open
/// pages, and as many again that have not noticed yet that they are over.
const LINKS: usize = 2 * limits::DEVICES_PER_TEAM;

/// What is on its way to a page.
pub enum Down {
    /// A frame.
    Frame(Vec<u8>),
    /// The end.
    Close(Close),
}

/// One link.
#[derive(Clone)]
pub struct Poll {
    /// To its conversation.
    pub up: mpsc::Sender<Vec<u8>>,
    /// From its conversation, for one request at a time.
    pub down: Arc<tokio::sync::Mutex<mpsc::Receiver<Down>>>,
    /// The session that it lives by.
    pub token: Option<TokenHash>,
    /// Whose it is.
    pub party: Party,
}

/// All open links of this kind.
#[derive(Default)]
pub struct Polls(Mutex<HashMap<String, Poll>>);

impl Polls {
    /// Looks at them, or changes them.
    pub fn with<T>(&self, work: impl FnOnce(&mut HashMap<String, Poll>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds a link; false when whoever it belongs to has too many.
    pub fn add(&self, id: String, poll: Poll) -> bool {
        self.with(|polls| {
            let has_room = polls.values().filter(|other| other.party == poll.party).count() < LINKS;
            if has_room {
                polls.insert(id, poll);
            }
            has_room
        })
    }
}
