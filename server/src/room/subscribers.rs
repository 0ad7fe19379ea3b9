//! The pages connected to a room, each with a bounded queue: one that does not keep up is cut off and comes back to
//! a fresh view, rather than slowing everybody. Found by whose they are, so that a keypress asks nobody else's.

use super::ConnectionId;
use super::message::{Content, Message};
use super::outbound::{Outbound, Outgoing, outbound};
use protocol::close;
use protocol::ids::{TeamId, WriterId};
use protocol::limits;
use protocol::server::ToScreen;
use protocol::view::{ScreenView, Transport};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How long a page that was cut off has to take the frames before its close code.
const PARTING: Duration = Duration::from_millis(limits::SILENCE_MS);

/// Who a connection belongs to; fixed at its handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A team's page.
    Team(TeamId),
    /// The quizmaster's desk.
    Desk,
    /// The big screen.
    Screen,
    /// A screen that the quizmaster has not let in.
    Visitor,
}

struct Subscriber {
    role: Role,
    queue: Outbound,
    transport: Transport,
    /// Whether the page hears what happens: a team's, once it has introduced itself.
    greeted: bool,
    /// Whom a team's page has introduced: its own writer, then those of earlier page loads that it sends for.
    writers: Vec<WriterId>,
}

/// The pages of one room.
#[derive(Default)]
pub struct Subscribers {
    pages: BTreeMap<ConnectionId, Subscriber>,
    by_role: BTreeMap<Role, BTreeSet<ConnectionId>>,
    next: u64,
    /// What the screens show, without its sequence number: most keypresses do not change it.
    shown: ScreenView,
}

impl Subscribers {
    /// Whether anybody is here but screens that wait to be let in.
    pub fn has_guests(&self) -> bool {
        self.pages.values().any(|page| page.role != Role::Visitor)
    }

    /// Adds a page.
    pub fn add(&mut self, role: Role, transport: Transport, queue: Outbound) -> ConnectionId {
        self.next += 1;
        let connection = ConnectionId(self.next);
        let greeted = !matches!(role, Role::Team(_));
        self.pages.insert(connection, Subscriber { role, queue, transport, greeted, writers: Vec::new() });
        self.by_role.entry(role).or_default().insert(connection);
        connection
    }

    /// Removes a page and tells whose it was.
    pub fn remove(&mut self, connection: ConnectionId) -> Option<Role> {
        let role = self.pages.remove(&connection)?.role;
        if let Some(of_role) = self.by_role.get_mut(&role) {
            of_role.remove(&connection);
            if of_role.is_empty() {
                self.by_role.remove(&role);
            }
        }
        Some(role)
    }

    /// Whose page it is.
    pub fn role(&self, connection: ConnectionId) -> Option<Role> {
        self.pages.get(&connection).map(|page| page.role)
    }

    /// Number of pages of a role.
    pub fn count(&self, role: Role) -> usize {
        self.by_role.get(&role).map_or(0, BTreeSet::len)
    }

    /// The page load that a page of a team, once it has introduced itself, belongs to; else the connection.
    pub fn page_load(&self, connection: ConnectionId) -> u64 {
        let page = self.pages.get(&connection);
        page.and_then(|page| page.writers.first()).map_or(connection.0, |writer| writer.0)
    }

    /// A team's page has introduced a writer. The first time, tells how the page is connected.
    pub fn greet(&mut self, connection: ConnectionId, writer: WriterId) -> Option<Transport> {
        let page = self.pages.get_mut(&connection)?;
        if !page.writers.contains(&writer) && page.writers.len() <= limits::ORPHANS {
            page.writers.push(writer);
        }
        let is_first = !std::mem::replace(&mut page.greeted, true);
        is_first.then_some(page.transport)
    }

    /// All pages of a role that have introduced themselves.
    pub fn all(&self, role: Role) -> Vec<ConnectionId> {
        let of_role = self.by_role.get(&role).into_iter().flatten().copied();
        of_role.filter(|page| self.is_greeted(*page)).collect()
    }

    /// A team's pages that have introduced themselves.
    pub fn greeted(&self, team: TeamId) -> Vec<ConnectionId> {
        self.all(Role::Team(team))
    }

    fn is_greeted(&self, connection: ConnectionId) -> bool {
        self.pages.get(&connection).is_some_and(|page| page.greeted)
    }

    /// The pages of a team that have to hear what `writer` did over `connection`: all others, and that one too if it
    /// sends for several writers, for each of them has to follow what the others do.
    pub fn followers(&self, team: TeamId, connection: ConnectionId, writer: WriterId) -> Vec<ConnectionId> {
        let knows = |page: &ConnectionId| self.pages.get(page).is_some_and(|page| page.writers == [writer]);
        self.greeted(team).into_iter().filter(|page| *page != connection || !knows(page)).collect()
    }

    /// Queues a message.
    pub fn send(&mut self, connection: ConnectionId, message: Message) {
        self.post(connection, Outgoing::Message(message));
    }

    /// Queues the same for all pages that have introduced themselves.
    pub fn post_all(&mut self, outgoing: &Outgoing) {
        let pages: Vec<_> = self.pages.iter().filter(|(_, page)| page.greeted).map(|(page, _)| *page).collect();
        pages.into_iter().for_each(|page| self.post(page, outgoing.clone()));
    }

    /// Queues anything; a page whose queue is full is cut off.
    fn post(&mut self, connection: ConnectionId, outgoing: Outgoing) {
        let Some(page) = self.pages.get_mut(&connection) else { return };
        if !page.queue.post(outgoing) {
            // Dropping the queue ends the connection's task once it has drained; the room hears of it as a detach.
            let queue = std::mem::replace(&mut page.queue, outbound(0).0);
            page.greeted = false;
            tracing::warn!(connection = connection.0, "page does not keep up: cut off");
            // One that takes nothing at all any more is given up by its connection's own limit.
            tokio::spawn(queue.close(close::LAGGING, PARTING));
        }
    }

    /// Queues one message for many pages.
    pub fn send_all(&mut self, connections: Vec<ConnectionId>, message: impl Into<Content>) {
        if connections.is_empty() {
            return;
        }
        let message = Message::new(message);
        connections.into_iter().for_each(|connection| self.send(connection, message.clone()));
    }

    /// All team pages that have introduced themselves.
    pub fn teams(&self) -> Vec<ConnectionId> {
        let of_teams = self.by_role.range(Role::Team(TeamId(0))..=Role::Team(TeamId(u32::MAX)));
        of_teams.flat_map(|(_, pages)| pages).copied().filter(|page| self.is_greeted(*page)).collect()
    }

    /// Shows a view on all screens if it differs from the last one, and on new ones in any case.
    pub fn show(&mut self, view: ScreenView, new: &[ConnectionId]) {
        let shown = ScreenView { seq: 0, ..view.clone() };
        let screens = if shown == self.shown { new.to_vec() } else { self.all(Role::Screen) };
        self.shown = shown;
        self.send_all(screens, ToScreen::View(Box::new(view)));
    }

    /// Ends all connections.
    pub fn dismiss(&mut self, code: u16) {
        self.by_role.clear();
        for page in std::mem::take(&mut self.pages).into_values() {
            page.queue.post(Outgoing::Close(code));
        }
    }
}
