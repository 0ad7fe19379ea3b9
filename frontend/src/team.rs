//! A team's page: what is typed goes into the outbox, and from there to the server.

use crate::clock::Clock;
use crate::socket::{self, Session, Shared, Wake};
use app::{Link, PlayState, Status, TeamIntent};
use leptos::prelude::*;
use protocol::answer::Document;
use protocol::client::FromTeam;
use protocol::codec::{decode, encode};
use protocol::ids::{QuestionId, WriterId};
use protocol::outbox::{Full, Outbox};
use protocol::server::ToTeam;
use protocol::view::{TeamStage, TeamView};
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

const FULL: &str = "You have been offline for too long: what you type now cannot be kept. Tell the quizmaster.";
const LATE: &str = "That came after the time was up and does not count. The quizmaster can see it.";

struct Team {
    outbox: Outbox,
    clock: Clock,
    /// Frames beside the outbox: the greeting and answers to beats.
    urgent: VecDeque<Vec<u8>>,
    connected: bool,
    view: WriteSignal<PlayState>,
    status: WriteSignal<Status>,
    question: Option<QuestionId>,
}

/// Connects the page.
pub fn link() -> Link<PlayState, TeamIntent> {
    let (view, set_view) = signal(PlayState::default());
    let (status, set_status) = signal(Status::default());
    let clock = Clock::default();
    let now_ms = clock.signal();
    let team = Team {
        outbox: Outbox::new(new_writer()),
        clock,
        urgent: VecDeque::new(),
        connected: false,
        view: set_view,
        status: set_status,
        question: None,
    };
    let team = Rc::new(RefCell::new(team));
    let wake = socket::keep("/link/play".into(), team.clone());
    // The browser has one thread; the wrapper only satisfies the signature that the server shares.
    let inside = SendWrapper::new((team, wake));
    let send = Callback::new(move |intent| {
        let (team, wake): &(Shared<Team>, Wake) = &inside;
        team.borrow_mut().take(intent);
        let _ = wake.unbounded_send(());
    });
    Link { view, status, now_ms, send }
}

/// A number that no other page load has.
fn new_writer() -> WriterId {
    let mut bytes = [0; 8];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    WriterId(u64::from_le_bytes(bytes))
}

impl Team {
    fn take(&mut self, intent: TeamIntent) {
        let at_ms = self.clock.now_ms();
        let taken = match intent {
            TeamIntent::Edit(question, change) => self.outbox.edit(question, change, at_ms),
            TeamIntent::Rate { round, slot, stars } => self.outbox.rate(round, slot, stars, at_ms),
        };
        self.trouble(matches!(taken, Err(Full)).then_some(FULL));
        self.show_content();
        self.show_status();
    }

    fn show_content(&self) {
        let content = self.question.map(|question| self.outbox.content(question)).unwrap_or_default();
        self.view.update(|state| state.content = content);
    }

    fn show_status(&self) {
        self.status.set(match (self.connected, self.outbox.unsaved()) {
            (false, _) => Status::Offline,
            (true, 0) => Status::Saved,
            (true, _) => Status::Saving,
        });
    }

    fn show(&mut self, view: TeamView) {
        self.question = match &view.stage {
            TeamStage::Armed { heading, .. } => Some(heading.id),
            TeamStage::Open { question, .. }
            | TeamStage::Closed { question, .. }
            | TeamStage::Shown { question, .. } => Some(question.heading.id),
            // Covered, not gone: the field comes back with its text.
            TeamStage::Paused { .. } => self.question,
            _ => None,
        };
        let content = self.question.map(|question| self.outbox.content(question)).unwrap_or_default();
        self.view.update(|state| {
            if state.view.stage != view.stage {
                state.trouble = None;
            }
            state.view = view;
            state.content = content;
        });
    }

    fn trouble(&self, trouble: Option<&str>) {
        self.view.update(|state| state.trouble = trouble.map(str::to_owned));
    }

    fn refused(&mut self, reason: &str, document: Option<Document>) {
        self.outbox.reset(new_writer(), document);
        self.trouble(Some(reason));
        self.urgent.push_back(encode(&self.outbox.hello()));
    }
}

impl Session for Team {
    fn opened(&mut self) {
        self.urgent.clear();
        self.urgent.push_back(encode(&self.outbox.hello()));
    }

    fn receive(&mut self, frame: &[u8]) {
        let Ok(message) = decode(frame) else { return };
        match message {
            ToTeam::Welcome { view, acked, missed, documents } => {
                self.connected = true;
                self.outbox.welcome(acked, missed, documents);
                self.show(view);
            }
            ToTeam::View(view) => self.show(view),
            ToTeam::Ack { number, revision } => self.outbox.acked(number, revision),
            ToTeam::Edited { question, revision, step } => {
                self.outbox.edited(question, revision, step);
                self.show_content();
            }
            ToTeam::Late { number, document } => {
                self.outbox.late(number, document);
                self.show_content();
                self.trouble(Some(LATE));
            }
            ToTeam::Refused { reason, document } => {
                self.refused(&reason.to_string(), document);
                self.show_content();
            }
            ToTeam::Beat(beat) => {
                if let Some(probe) = self.clock.hear(&beat) {
                    self.urgent.push_back(encode(&FromTeam::Probe(probe)));
                }
            }
        }
        self.show_status();
    }

    fn next_frame(&mut self) -> Option<Vec<u8>> {
        self.urgent.pop_front().or_else(|| self.outbox.flush().map(|message| encode(&message)))
    }

    fn unwanted(&mut self, reason: &str) {
        self.trouble(Some(reason));
    }

    fn closed(&mut self) {
        self.connected = false;
        self.outbox.hello();
        self.show_status();
    }
}
