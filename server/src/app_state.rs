//! What everything that answers a request shares.

use crate::auth::{Attempts, TokenHash};
use crate::hub::Hub;
use crate::pictures::Pictures;
use crate::polls::Polls;
use crate::storage::Directory;
use crate::uploads::Uploads;
use app::Assets;
use std::sync::Arc;
use tokio::sync::{broadcast, watch};

/// What handlers share.
pub type App = Arc<AppState>;

/// The same, behind its pointer.
pub struct AppState {
    /// Games, teams, sessions and pictures.
    pub directory: Arc<dyn Directory>,
    /// The rooms.
    pub hub: Hub,
    /// Pictures as they are sent.
    pub pictures: Pictures,
    /// Files that wait to be taken into the library.
    pub uploads: Uploads,
    /// Links over plain requests.
    pub polls: Polls,
    /// Login attempts.
    pub attempts: Attempts,
    /// Origins allowed beside the own one.
    pub origins: Vec<String>,
    /// Names of the page's files.
    pub assets: Assets,
    /// Sessions that were ended, for their connections to hear.
    pub revoked: broadcast::Sender<TokenHash>,
    /// Turns true when the server is to end.
    pub shutdown: watch::Receiver<bool>,
}
