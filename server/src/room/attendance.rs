//! Who is in the room: pages that come and go, and what is known of their lines.

use super::audience::Role;
use super::outbound::Outbound;
use super::turn::Turn;
use super::{ConnectionId, Room};
use game::hall::Page;
use game::phase::Phase;
use protocol::ids::TeamId;
use protocol::limits;
use protocol::view::Transport;

impl Room {
    pub(super) fn attach(
        &mut self,
        turn: &mut Turn,
        role: Role,
        transport: Transport,
        queue: Outbound,
    ) -> Result<ConnectionId, &'static str> {
        let devices = |role| self.audience.count(role);
        match role {
            _ if self.audience.len() >= limits::CONNECTIONS_PER_GAME => {
                return Err("This game has as many open pages as it can have.");
            }
            Role::Team(_) if devices(role) >= limits::DEVICES_PER_TEAM => {
                return Err("This team has too many open pages. Close one.");
            }
            _ => {}
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
            Some(Role::Desk) | None => {}
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
        let whole_ms = |page: &Page| page.line.seen().map(|line| (line.delay_us / 1_000, line.jitter_us / 1_000));
        let role = self.audience.role(connection);
        let Some(page) = self.page(connection) else { return };
        let before_ms = whole_ms(page);
        page.line.hear(round_trip_us);
        let has_changed = whole_ms(page) != before_ms;
        if let Some(Role::Team(team)) = role
            && let Some(seat) = self.hall.seats.get_mut(&team)
        {
            seat.least_us = Some(seat.least_us.map_or(round_trip_us, |least_us| least_us.min(round_trip_us)));
            if has_changed {
                turn.touched.crowd.rows.insert(team);
            }
        }
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
            Role::Desk => None,
        }
    }
}
