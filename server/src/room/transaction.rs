//! One transaction of a room: facts to be committed, and everything that may be said once they are.

use super::ConnectionId;
use super::message::Message;
use super::outbound::Outgoing;
use super::subscribers::{Role, Subscribers};
use game::invalidation::{Invalidation, StaleViews};
use game::live::LiveState;
use game::phase::Phase;
use game::score::Scoreboard;
use game::{Event, Fact, Game, project};
use protocol::answer::Document;
use protocol::ids::{Millis, TeamId, WriterId};
use protocol::rejection::Rejection;
use protocol::seal::Unsealing;
use protocol::server::{ToDesk, ToScreen, ToTeam};

/// What one transaction brings about.
pub struct Transaction {
    /// The room's clock, read once.
    pub now_ms: Millis,
    /// Facts, in order.
    pub facts: Vec<Fact>,
    /// How many of them the scoreboard knows of.
    noted: usize,
    /// Views that the facts change.
    pub invalidation: Invalidation,
    direct: Vec<(ConnectionId, Message)>,
    desks: Vec<ConnectionId>,
    screens: Vec<ConnectionId>,
    visitors: Vec<(ConnectionId, u16)>,
    burst: Option<Outgoing>,
    unsealing: Option<Unsealing>,
}

impl Transaction {
    /// An empty one.
    pub fn new(now_ms: Millis) -> Self {
        Self {
            now_ms,
            facts: Vec::new(),
            noted: 0,
            invalidation: Invalidation::default(),
            direct: Vec::new(),
            desks: Vec::new(),
            screens: Vec::new(),
            visitors: Vec::new(),
            burst: None,
            unsealing: None,
        }
    }

    /// Lets an event happen and keeps it for the journal.
    pub fn record(&mut self, game: &mut Game, event: Event) {
        self.invalidation.add(&event);
        let fact = Fact { at_ms: self.now_ms, event };
        let was_written = game.is_written(&fact.event);
        game.apply(&fact);
        // The room sees how many have written something, not what.
        self.invalidation.throttled.screen |= game.is_written(&fact.event) != was_written;
        self.facts.push(fact);
    }

    /// Lets the scoreboard know what has happened since it was last told.
    pub fn note(&mut self, game: &Game, scoreboard: &mut Scoreboard) {
        let news = self.facts.get(self.noted..).unwrap_or_default();
        news.iter().for_each(|fact| scoreboard.note(game, &fact.event));
        self.noted = self.facts.len();
    }

    /// Holds a message back for one page of a team.
    pub fn tell(&mut self, connection: ConnectionId, message: ToTeam) {
        self.direct.push((connection, Message::new(message)));
    }

    /// Holds a message back for several pages of a team.
    pub fn tell_all(&mut self, connections: Vec<ConnectionId>, message: ToTeam) {
        if !connections.is_empty() {
            let message = Message::new(message);
            self.direct.extend(connections.into_iter().map(|connection| (connection, message.clone())));
        }
    }

    /// Holds a refusal back, and logs it.
    pub fn refuse_team(
        &mut self,
        connection: ConnectionId,
        writer: WriterId,
        reason: Rejection,
        document: Option<Document>,
    ) {
        tracing::warn!(connection = connection.0, ?reason, "team: message refused");
        self.tell(connection, ToTeam::Refused { writer, reason, document });
    }

    /// Holds a refusal back, and logs it.
    pub fn refuse_desk(&mut self, connection: ConnectionId, reason: Rejection) {
        tracing::info!(connection = connection.0, ?reason, "desk: command refused");
        self.direct.push((connection, Message::new(ToDesk::Refused(reason))));
    }

    /// A desk that needs its first view.
    pub fn new_desk(&mut self, connection: ConnectionId) {
        self.desks.push(connection);
    }

    /// A screen that needs its first view.
    pub fn new_screen(&mut self, connection: ConnectionId) {
        self.screens.push(connection);
    }

    /// A screen that is to show that it waits, and by which number it is known.
    pub fn greet_visitor(&mut self, connection: ConnectionId, number: u16) {
        self.visitors.push((connection, number));
    }

    /// Holds something back for all pages.
    pub fn post_all(&mut self, outgoing: Outgoing) {
        self.burst = Some(outgoing);
    }

    /// Holds a key back for all pages that show questions.
    pub fn unseal(&mut self, unsealing: &Unsealing) {
        self.unsealing = Some(unsealing.clone());
    }

    /// Says everything, after the commit. What nobody looks at is not worked out.
    pub fn deliver(self, game: &Game, live: &LiveState, scoreboard: &mut Scoreboard, subscribers: &mut Subscribers) {
        if let Some(unsealing) = self.unsealing {
            subscribers.send_all(subscribers.teams(), ToTeam::Unseal(unsealing.clone()));
            subscribers.send_all(subscribers.all(Role::Screen), ToScreen::Unseal(unsealing));
        }
        if let Some(burst) = &self.burst {
            subscribers.post_all(burst);
        }
        for (connection, message) in self.direct {
            subscribers.send(connection, message);
        }
        for (visitor, number) in self.visitors {
            subscribers.send_all(vec![visitor], ToScreen::View(Box::new(project::waiting(game, live, number))));
        }
        let StaleViews { all, desk, screen, teams, rows, presence } = self.invalidation.now;
        let desks = if all || desk { subscribers.all(Role::Desk) } else { self.desks };
        let teams: Vec<TeamId> = if all { game.teams().collect() } else { teams.into_iter().collect() };
        if !teams.is_empty() || !desks.is_empty() {
            scoreboard.update(game, &live.roster);
        }
        for team in teams {
            let pages = subscribers.greeted(team);
            if !pages.is_empty() {
                subscribers.send_all(pages, ToTeam::View(project::team(game, live, scoreboard, team)));
            }
        }
        if !all && !presence.is_empty() && game.phase() == Phase::Lobby {
            let attendance = live.presence.attendance_of(&live.roster, &presence);
            subscribers.send_all(subscribers.teams(), ToTeam::Attendance(attendance.clone()));
            subscribers.send_all(subscribers.all(Role::Screen), ToScreen::Attendance(attendance));
        }
        if !desks.is_empty() {
            subscribers.send_all(desks, ToDesk::View(Box::new(project::desk(game, live, scoreboard))));
        }
        let desks = if all || desk || rows.is_empty() { Vec::new() } else { subscribers.all(Role::Desk) };
        if !desks.is_empty() {
            let rows = rows.iter().map(|team| project::row(game, live, *team)).collect();
            subscribers.send_all(desks, ToDesk::Rows(rows));
        }
        let is_watched = (all || screen) && subscribers.count(Role::Screen) > 0;
        if is_watched || !self.screens.is_empty() {
            scoreboard.update(game, &live.roster);
            subscribers.show(project::screen(game, live, scoreboard), &self.screens);
        }
    }
}
