//! Who is in the room: pages that come and go, and what is known of their lines.

use super::outbound::Outbound;
use super::subscribers::Role;
use super::transaction::Transaction;
use super::{ConnectionId, Full, Room};
use game::phase::Phase;
use game::presence::ConnectedPage;
use protocol::ids::{Millis, TeamId};
use protocol::limits;
use protocol::server::{ToDesk, ToScreen};
use protocol::view::Transport;
use std::ops::RangeInclusive;

/// Numbers by which screens are known that wait to be let in.
const VISITORS: RangeInclusive<u16> = 1_000..=9_999;

impl Room {
    pub(super) fn attach(
        &mut self,
        transaction: &mut Transaction,
        role: Role,
        transport: Transport,
        queue: Outbound,
    ) -> Result<ConnectionId, Full> {
        let most = match role {
            Role::Team(_) => limits::DEVICES_PER_TEAM,
            Role::Desk => limits::DESKS_PER_GAME,
            Role::Screen => limits::SCREENS_PER_GAME,
            Role::Visitor => limits::SCREENS_WAITING,
        };
        if self.subscribers.count(role) >= most {
            return Err(Full);
        }
        let connection = self.subscribers.add(role, transport, queue);
        match role {
            // A team's page is there once it has introduced itself.
            Role::Team(_) => {}
            Role::Desk => transaction.new_desk(connection),
            Role::Screen => {
                self.live.presence.screens.insert(connection.0, ConnectedPage::new(transport));
                transaction.invalidation.throttled.desk |= self.is_calling_roll();
                transaction.new_screen(connection);
            }
            Role::Visitor => self.receive(transaction, connection),
        }
        Ok(connection)
    }

    pub(super) fn detach(&mut self, transaction: &mut Transaction, connection: ConnectionId) {
        match self.subscribers.remove(connection) {
            Some(Role::Team(team)) => self.note_presence(transaction, team, connection, None),
            Some(Role::Screen) => {
                self.live.presence.screens.remove(&connection.0);
                transaction.invalidation.throttled.desk |= self.is_calling_roll();
            }
            Some(Role::Visitor) => {
                self.live.presence.waiting.remove(&connection.0);
                self.has_visitors_to_tell = true;
            }
            Some(Role::Desk) | None => {}
        }
    }

    /// A screen has come that waits to be let in.
    fn receive(&mut self, transaction: &mut Transaction, connection: ConnectionId) {
        let mut numbers = std::iter::repeat_with(|| rand::random_range(VISITORS));
        let taken: Vec<_> = self.live.presence.waiting.values().copied().collect();
        let Some(number) = numbers.find(|number| !taken.contains(number)) else { return };
        self.live.presence.waiting.insert(connection.0, number);
        self.has_visitors_to_tell = true;
        transaction.greet_visitor(connection, number);
    }

    /// Desks hear of the screens that wait. Not as they come and go, which anybody can make them do.
    pub(super) fn tell_of_visitors(&mut self) {
        if std::mem::take(&mut self.has_visitors_to_tell) {
            let numbers = self.live.presence.waiting.values().copied().collect();
            self.subscribers.send_all(self.subscribers.all(Role::Desk), ToDesk::Screens(numbers));
        }
    }

    /// The quizmaster lets a screen in.
    pub(super) fn admit(&mut self, number: u16) {
        let visitor =
            self.live.presence.waiting.iter().find(|(_, waits)| **waits == number).map(|(visitor, _)| *visitor);
        if let Some(visitor) = visitor {
            self.live.presence.waiting.remove(&visitor);
            self.has_visitors_to_tell = true;
            self.subscribers
                .send_all(vec![ConnectionId(visitor)], ToScreen::Admitted(self.live.entrance.screen.clone()));
        }
    }

    /// A page of a team came or went.
    pub(super) fn note_presence(
        &mut self,
        transaction: &mut Transaction,
        team: TeamId,
        connection: ConnectionId,
        page: Option<ConnectedPage>,
    ) {
        let Some(presence) = self.live.presence.teams.get_mut(&team) else { return };
        let before = presence.pages.len();
        match page {
            Some(page) => presence.pages.insert(connection.0, page),
            None => presence.pages.remove(&connection.0),
        };
        presence.seen_ms = Some(transaction.now_ms);
        let came_or_went = (before == 0) != presence.pages.is_empty();
        // The page itself is being welcomed; the team's others see how many there are.
        if before > 0 && presence.is_here() {
            transaction.invalidation.now.teams.insert(team);
        }
        transaction.invalidation.throttled.rows.insert(team);
        transaction.invalidation.throttled.desk |= self.is_calling_roll();
        if self.game.phase() == Phase::Lobby && came_or_went {
            transaction.invalidation.throttled.presence.insert(team);
        }
    }

    /// A page has answered a heartbeat. Its row on the wall follows once a person could tell the difference.
    pub(super) fn measure(&mut self, transaction: &mut Transaction, connection: ConnectionId, round_trip_us: u32) {
        let role = self.subscribers.role(connection);
        let before = self.seen(role, connection);
        let Some(page) = self.page(connection) else { return };
        page.round_trips.hear(round_trip_us);
        if let Some(Role::Team(team)) = role
            && let Some(presence) = self.live.presence.teams.get_mut(&team)
        {
            presence.least_us = Some(presence.least_us.map_or(round_trip_us, |least_us| least_us.min(round_trip_us)));
            if self.seen(role, connection) != before {
                transaction.invalidation.throttled.rows.insert(team);
            }
        }
    }

    /// What the wall shows of a page's line, in whole milliseconds.
    fn seen(&self, role: Option<Role>, connection: ConnectionId) -> Option<(u32, u32, Millis)> {
        let Some(Role::Team(team)) = role else { return None };
        let presence = self.live.presence.teams.get(&team)?;
        let line = presence.pages.get(&connection.0)?.round_trips.seen()?;
        Some((line.delay_us / 1_000, line.jitter_us / 1_000, presence.grace_ms(connection.0)))
    }

    /// A team lights its tile in the lobby.
    pub(super) fn wave(&mut self, transaction: &mut Transaction, team: TeamId, connection: ConnectionId) {
        let Some(presence) = self.live.presence.teams.get_mut(&team).filter(|_| self.game.phase() == Phase::Lobby)
        else {
            return;
        };
        let line = presence.pages.get(&connection.0).and_then(|page| page.round_trips.seen());
        let times = presence.waved.map_or(0, |(times, _)| times).saturating_add(1);
        presence.waved = Some((times, line.map_or(0, |line| line.delay_us.div_ceil(1_000))));
        transaction.invalidation.throttled.presence.insert(team);
    }

    /// What is known of a team's page or a big screen.
    pub(super) fn page(&mut self, connection: ConnectionId) -> Option<&mut ConnectedPage> {
        match self.subscribers.role(connection)? {
            Role::Team(team) => self.live.presence.teams.get_mut(&team)?.pages.get_mut(&connection.0),
            Role::Screen => self.live.presence.screens.get_mut(&connection.0),
            Role::Desk | Role::Visitor => None,
        }
    }
}
