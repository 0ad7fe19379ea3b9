//! The quizmaster's desk.

use crate::clock::Clock;
use crate::connection::{self, Endpoint, Nudge, Wake};
use app::{Link, Status};
use leptos::prelude::*;
use protocol::client::FromDesk;
use protocol::codec::{decode, encode};
use protocol::server::ToDesk;
use protocol::view::{DeskView, Notice};
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

struct Desk {
    frames: VecDeque<Vec<u8>>,
    view: WriteSignal<DeskView>,
    status: WriteSignal<Status>,
}

/// Connects the page.
pub fn link(code: &str) -> Link<DeskView, FromDesk> {
    let (view, set_view) = signal(DeskView::default());
    let (status, set_status) = signal(Status::default());
    let clock = Clock::default();
    let now_ms = clock.each_frame(|| ());
    let desk = Rc::new(RefCell::new(Desk { frames: VecDeque::new(), view: set_view, status: set_status }));
    let wake = connection::keep(format!("/link/desk/{code}"), clock, desk.clone());
    // The browser has one thread; the wrapper only satisfies the signature that the server shares.
    let inside = SendWrapper::new((desk, wake));
    let send = Callback::new(move |message: FromDesk| {
        let (desk, wake): &(Rc<RefCell<Desk>>, Wake) = &inside;
        // A command that could not be sent at once would surprise when it was sent later.
        if status.get_untracked() == Status::Saved {
            desk.borrow_mut().frames.push_back(encode(&message));
            let _ = wake.unbounded_send(Nudge::Send);
        }
    });
    Link { view, status, now_ms, send }
}

impl Endpoint for Desk {
    fn opened(&mut self) {
        self.frames.clear();
    }

    fn receive(&mut self, message: &[u8]) {
        let Ok(message) = decode(message) else { return };
        match message {
            ToDesk::View(view) => self.view.set(*view),
            ToDesk::Rows(rows) => self.view.update(|view| {
                for row in rows {
                    if let Some(old) = view.rows.iter_mut().find(|old| old.team == row.team) {
                        *old = row;
                    }
                }
            }),
            ToDesk::Screens(screens) => self.view.update(|view| view.screens = screens),
            ToDesk::Refused(reason) => self.view.update(|view| view.notice = Some(Notice::Refused(reason))),
        }
        self.status.set(Status::Saved);
    }

    fn next_message(&mut self) -> Option<Vec<u8>> {
        self.frames.pop_front()
    }

    fn closed(&mut self) {
        self.status.set(Status::Offline);
    }
}
