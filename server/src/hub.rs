//! Finds the room of a game, or restores it.

use crate::auth;
use crate::room::{self, Door, IDLE_ROOMS};
use crate::store::{Journal, Store};
use game::hall::{Hall, Seat};
use qrcode::{EcLevel, QrCode};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Mutex as AsyncMutex, Semaphore};

/// All rooms of this server.
pub struct Hub {
    store: Store,
    journal: Journal,
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
    /// A hub without rooms.
    pub fn new(store: Store, journal: Journal, address: String) -> Self {
        Self {
            store,
            journal,
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
        let hall = self.hall(game).await?;
        let door = room::open(&self.store, &self.journal, (game, hall), self.idle_places.clone()).await?;
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

    async fn hall(&self, game: i64) -> anyhow::Result<Hall> {
        let row = self.store.game_by_id(game).await?;
        let row = row.ok_or_else(|| anyhow::anyhow!("there is no game {game}"))?;
        let seats = self.store.teams(game).await?.into_iter();
        let seats = seats.map(|team| (team.id, Seat { name: team.name, ..Seat::default() })).collect();
        let pictures = self.store.picture_seals(game).await?;
        let bare = self.address.trim_start_matches("http://").trim_start_matches("https://");
        Ok(Hall {
            screen: format!("/screen/{}?key={}", row.code, self.screen_key(game)),
            code: row.code,
            address: bare.to_owned(),
            qr: modules(&self.address)?,
            seats,
            pictures,
            ..Hall::default()
        })
    }
}

/// A QR code as a square of modules, true is dark.
///
/// # Errors
/// When the text is too long for a QR code.
pub fn modules(text: &str) -> anyhow::Result<Vec<bool>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    Ok(code.to_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect())
}
