//! Who is in the room: pages that come and go, and what is known of their lines.

use super::audience::Role;
use super::outbound::Outbound;
use super::turn::Turn;
use super::{ConnectionId, Room};
use game::hall::Page;
use game::phase::Phase;
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
        turn: &mut Turn,
        role: Role,
        transport: Transport,
        queue: Outbound,
    ) -> Result<ConnectionId, &'static str> {
        let (most, full) = match role {
            Role::Team(_) => (limits::DEVICES_PER_TEAM, "This team has too many open pages. Close one."),
            Role::Desk => (limits::DESKS_PER_GAME, "This game has too many open desks. Close one."),
            Role::Screen => (limits::SCREENS_PER_GAME, "This game has too many big screens. Close one."),
            Role::Visitor => (limits::SCREENS_WAITING, "Too many screens wait to be let in."),
        };
        if self.audience.count(role) >= most {
            return Err(full);
        }
        let connection = self.audience.add(role, transport, queue);
        match role {
            // A team's page is there once it has introduced itself.
            Role::Team(_) => {}
            Role::Desk => turn.new_desk(connection),
            Role::Screen => {
                self.hall.screens.insert(connection.0, Page::new(transport));
                turn.touched.crowd.desk |= self.is_mustering();
                turn.new_screen(connection);
            }
            Role::Visitor => self.receive(turn, connection),
        }
        Ok(connection)
    }

    pub(super) fn detach(&mut self, turn: &mut Turn, connection: ConnectionId) {
        match self.audience.remove(connection) {
            Some(Role::Team(team)) => self.seat(turn, team, connection, None),
            Some(Role::Screen) => {
                self.hall.screens.remove(&connection.0);
                turn.touched.crowd.desk |= self.is_mustering();
            }
            Some(Role::Visitor) => {
                self.hall.waiting.remove(&connection.0);
                self.has_visitors_to_tell = true;
            }
            Some(Role::Desk) | None => {}
        }
    }

    /// A screen has come that waits to be let in.
    fn receive(&mut self, turn: &mut Turn, connection: ConnectionId) {
        let mut numbers = std::iter::repeat_with(|| rand::random_range(VISITORS));
        let taken: Vec<_> = self.hall.waiting.values().copied().collect();
        let Some(number) = numbers.find(|number| !taken.contains(number)) else { return };
        self.hall.waiting.insert(connection.0, number);
        self.has_visitors_to_tell = true;
        turn.greet_visitor(connection, number);
    }

    /// Desks hear of the screens that wait. Not as they come and go, which anybody can make them do.
    pub(super) fn tell_of_visitors(&mut self) {
        if std::mem::take(&mut self.has_visitors_to_tell) {
            let numbers = self.hall.waiting.values().copied().collect();
            self.audience.send_all(self.audience.all(Role::Desk), &ToDesk::Screens(numbers));
        }
    }

    /// The quizmaster lets a screen in.
    pub(super) fn admit(&mut self, number: u16) {
        let visitor = self.hall.waiting.iter().find(|(_, waits)| **waits == number).map(|(visitor, _)| *visitor);
        if let Some(visitor) = visitor {
            self.hall.waiting.remove(&visitor);
            self.has_visitors_to_tell = true;
            self.audience.send_all(vec![ConnectionId(visitor)], &ToScreen::Admitted(self.hall.screen.clone()));
        }
    }

    /// A page of a team came or went.
    pub(super) fn seat(&mut self, turn: &mut Turn, team: TeamId, connection: ConnectionId, page: Option<Page>) {
        let Some(seat) = self.hall.seats.get_mut(&team) else { return };
        let before = seat.devices.len();
        match page {
            Some(page) => seat.devices.insert(connection.0, page),
            None => seat.devices.remove(&connection.0),
        };
        seat.seen_ms = Some(turn.now_ms);
        let came_or_went = (before == 0) != seat.devices.is_empty();
        // The page itself is being welcomed; the team's others see how many there are.
        if before > 0 && seat.is_here() {
            turn.touched.teams.insert(team);
        }
        turn.touched.crowd.rows.insert(team);
        turn.touched.crowd.desk |= self.is_mustering();
        if self.game.phase == Phase::Lobby && came_or_went {
            turn.touched.crowd.presence.insert(team);
        }
    }

    /// A page has answered a heartbeat. Its row on the wall follows once a person could tell the difference.
    pub(super) fn measure(&mut self, turn: &mut Turn, connection: ConnectionId, round_trip_us: u32) {
        let role = self.audience.role(connection);
        let before = self.seen(role, connection);
        let Some(page) = self.page(connection) else { return };
        page.line.hear(round_trip_us);
        if let Some(Role::Team(team)) = role
            && let Some(seat) = self.hall.seats.get_mut(&team)
        {
            seat.least_us = Some(seat.least_us.map_or(round_trip_us, |least_us| least_us.min(round_trip_us)));
            if self.seen(role, connection) != before {
                turn.touched.crowd.rows.insert(team);
            }
        }
    }

    /// What the wall shows of a page's line, in whole milliseconds.
    fn seen(&self, role: Option<Role>, connection: ConnectionId) -> Option<(u32, u32, Millis)> {
        let Some(Role::Team(team)) = role else { return None };
        let seat = self.hall.seats.get(&team)?;
        let line = seat.devices.get(&connection.0)?.line.seen()?;
        Some((line.delay_us / 1_000, line.jitter_us / 1_000, seat.grace_ms(connection.0)))
    }

    /// A team lights its tile in the lobby.
    pub(super) fn wave(&mut self, turn: &mut Turn, team: TeamId, connection: ConnectionId) {
        let Some(seat) = self.hall.seats.get_mut(&team).filter(|_| self.game.phase == Phase::Lobby) else { return };
        let line = seat.devices.get(&connection.0).and_then(|page| page.line.seen());
        let times = seat.waved.map_or(0, |(times, _)| times).saturating_add(1);
        seat.waved = Some((times, line.map_or(0, |line| line.delay_us.div_ceil(1_000))));
        turn.touched.crowd.presence.insert(team);
    }

    /// What is known of a team's page or a big screen.
    pub(super) fn page(&mut self, connection: ConnectionId) -> Option<&mut Page> {
        match self.audience.role(connection)? {
            Role::Team(team) => self.hall.seats.get_mut(&team)?.devices.get_mut(&connection.0),
            Role::Screen => self.hall.screens.get_mut(&connection.0),
            Role::Desk | Role::Visitor => None,
        }
    }
}
