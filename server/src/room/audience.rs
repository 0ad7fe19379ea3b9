//! The pages connected to a room, each with a bounded queue: one that does not keep up is cut off and comes back to
//! a fresh view, rather than slowing everybody.

use super::ConnectionId;
use protocol::codec::{close, encode};
use protocol::ids::TeamId;
use protocol::server::ToScreen;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Who a connection belongs to; fixed at its handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A team's page.
    Team(TeamId),
    /// The quizmaster's desk.
    Desk,
    /// The big screen.
    Screen,
}

/// What a connection's queue holds.
#[derive(Debug, Clone)]
pub enum Outgoing {
    /// A frame.
    Frame(Arc<[u8]>),
    /// The end, with a close code.
    Close(u16),
}

struct Page {
    role: Role,
    queue: mpsc::Sender<Outgoing>,
    /// Whether the page has introduced itself; until then it hears nothing.
    greeted: bool,
}

/// The pages of one room.
#[derive(Default)]
pub struct Audience {
    pages: BTreeMap<ConnectionId, Page>,
    next: u64,
    /// What the screens show, without its sequence number: most keypresses do not change it.
    shown: Vec<u8>,
}

impl Audience {
    /// Number of pages.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Adds a page.
    pub fn add(&mut self, role: Role, queue: mpsc::Sender<Outgoing>) -> ConnectionId {
        self.next += 1;
        let connection = ConnectionId(self.next);
        self.pages.insert(connection, Page { role, queue, greeted: !matches!(role, Role::Team(_)) });
        connection
    }

    /// Removes a page and tells whose it was.
    pub fn remove(&mut self, connection: ConnectionId) -> Option<Role> {
        self.pages.remove(&connection).map(|page| page.role)
    }

    /// Whose page it is.
    pub fn role(&self, connection: ConnectionId) -> Option<Role> {
        self.pages.get(&connection).map(|page| page.role)
    }

    /// Number of pages of a role.
    pub fn count(&self, role: Role) -> usize {
        self.pages.values().filter(|page| page.role == role).count()
    }

    /// A team's page has introduced itself.
    pub fn greet(&mut self, connection: ConnectionId) {
        if let Some(page) = self.pages.get_mut(&connection) {
            page.greeted = true;
        }
    }

    /// All pages of a role that have introduced themselves.
    pub fn all(&self, role: Role) -> Vec<ConnectionId> {
        let pages = self.pages.iter().filter(|(_, page)| page.role == role && page.greeted);
        pages.map(|(connection, _)| *connection).collect()
    }

    /// A team's pages that have introduced themselves.
    pub fn greeted(&self, team: TeamId) -> Vec<ConnectionId> {
        self.all(Role::Team(team))
    }

    /// A team's other pages.
    pub fn others(&self, team: TeamId, connection: ConnectionId) -> Vec<ConnectionId> {
        self.greeted(team).into_iter().filter(|other| *other != connection).collect()
    }

    /// Queues a frame; a page whose queue is full is cut off.
    pub fn send(&mut self, connection: ConnectionId, frame: Arc<[u8]>) {
        let Some(page) = self.pages.get_mut(&connection) else { return };
        if page.queue.try_send(Outgoing::Frame(frame)).is_err() {
            // Dropping the queue ends the connection's task once it has drained; the room hears of it as a detach.
            let (closed, _) = mpsc::channel(1);
            let queue = std::mem::replace(&mut page.queue, closed);
            page.greeted = false;
            tracing::warn!(connection = connection.0, "page does not keep up: cut off");
            tokio::spawn(async move { queue.send(Outgoing::Close(close::LAGGING)).await });
        }
    }

    /// Queues one message for many pages, encoded once.
    pub fn send_all<T: Serialize>(&mut self, connections: Vec<ConnectionId>, message: &T) {
        let frame: Arc<[u8]> = encode(message).into();
        connections.into_iter().for_each(|connection| self.send(connection, frame.clone()));
    }

    /// Shows a view on all screens if it differs from the last one, and on new ones in any case.
    pub fn show(&mut self, view: &ToScreen, new: &[ConnectionId]) {
        let ToScreen::View(content) = view else { return };
        let mut content = content.clone();
        content.seq = 0;
        let shown = encode(&content);
        let screens = if shown == self.shown { new.to_vec() } else { self.all(Role::Screen) };
        self.shown = shown;
        self.send_all(screens, view);
    }

    /// Ends all connections.
    pub fn dismiss(&mut self, code: u16) {
        for page in std::mem::take(&mut self.pages).into_values() {
            let _ = page.queue.try_send(Outgoing::Close(code));
        }
    }
}
