//! Finds the room of a game, or restores it.

use crate::auth;
use crate::qr;
use crate::room::{self, Door, IDLE_ROOMS};
use crate::storage::Storage;
use game::live::{Entrance, LiveState};
use game::presence::Presence;
use game::reveal::RevealState;
use game::roster::Roster;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Mutex as AsyncMutex, Semaphore};

/// All rooms of this server.
pub struct Hub {
    storage: Storage,
    /// Address that teams join at, without a path: `http://192.168.0.5:3000`.
    address: String,
    /// Each game's room behind a lock of its own, so that one that takes long to restore keeps no other waiting.
    rooms: Mutex<HashMap<i64, Arc<AsyncMutex<Option<Door>>>>>,
    /// What opens the big screen of each game that was restored; new with each start of the server.
    screen_keys: Mutex<HashMap<i64, String>>,
    /// What rooms without pages share.
    idle_places: Arc<Semaphore>,
}

impl Hub {
    /// The address that teams join at.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A hub without rooms.
    pub fn new(storage: Storage, address: String) -> Self {
        Self {
            storage,
            address,
            rooms: Mutex::default(),
            screen_keys: Mutex::default(),
            idle_places: Arc::new(Semaphore::new(IDLE_ROOMS)),
        }
    }

    /// Way into a game's room; restores it if it is not running.
    ///
    /// # Errors
    /// When the game does not exist or its journal cannot be read.
    pub async fn door(&self, game: i64) -> anyhow::Result<Door> {
        let room = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).entry(game).or_default().clone();
        let mut room = room.lock().await;
        if let Some(door) = room.as_ref().filter(|door| !door.is_closed()) {
            return Ok(door.clone());
        }
        let live = self.live(game).await?;
        let door = room::open(&self.storage, (game, live), self.idle_places.clone()).await?;
        *room = Some(door.clone());
        Ok(door)
    }

    /// Way into a game's room, if it is running.
    pub fn running(&self, game: i64) -> Option<Door> {
        let room = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).get(&game)?.clone();
        // One that is being restored will be there in a moment.
        room.try_lock().ok()?.as_ref().filter(|door| !door.is_closed()).cloned()
    }

    /// Whether this opens the big screen of a game.
    pub fn is_screen_key(&self, game: i64, key: &str) -> bool {
        let keys = self.screen_keys.lock().unwrap_or_else(PoisonError::into_inner);
        // Hashes, so that the time it takes tells nothing.
        keys.get(&game).is_some_and(|right| auth::digest(right.as_bytes()) == auth::digest(key.as_bytes()))
    }

    fn screen_key(&self, game: i64) -> String {
        let mut keys = self.screen_keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.entry(game).or_insert_with(auth::random_hex).clone()
    }

    async fn live(&self, game: i64) -> anyhow::Result<LiveState> {
        let row = self.storage.directory.game_by_id(game).await?;
        let row = row.ok_or_else(|| anyhow::anyhow!("there is no game {game}"))?;
        let teams = self.storage.directory.teams(game).await?.into_iter();
        let roster: Roster = teams.map(|team| (team.id, team.name)).collect();
        let pictures = self.storage.directory.picture_seals(game).await?;
        let bare = self.address.trim_start_matches("http://").trim_start_matches("https://");
        Ok(LiveState {
            entrance: Entrance {
                screen: format!("/screen/{}?key={}", row.code, self.screen_key(game)),
                code: row.code,
                address: bare.to_owned(),
                qr: qr::modules(&self.address)?,
            },
            presence: Presence::of(roster.teams()),
            roster,
            reveal: RevealState::new(pictures),
            ..LiveState::default()
        })
    }
}
