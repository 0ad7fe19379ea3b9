//! The big screen.

use crate::clock::Clock;
use crate::connection::{self, Endpoint};
use crate::reveal_gate::RevealGate;
use app::{Link, Status};
use leptos::prelude::*;
use protocol::client::FromScreen;
use protocol::codec::{decode, encode};
use protocol::server::ToScreen;
use protocol::view::{ScreenPart, ScreenView};
use std::cell::RefCell;
use std::rc::Rc;

struct Screen {
    gate: RevealGate<ScreenPart>,
    view: WriteSignal<ScreenView>,
    status: WriteSignal<Status>,
}

/// Connects the page.
pub fn link(code: &str) -> Link<ScreenView, ()> {
    let (view, set_view) = signal(ScreenView::default());
    let (status, set_status) = signal(Status::default());
    let clock = Clock::default();
    let gate = RevealGate::new(clock.clone());
    let screen = Rc::new(RefCell::new(Screen { gate, view: set_view, status: set_status }));
    let page = screen.clone();
    let now_ms = clock.each_frame(move || page.borrow_mut().frame());
    let wake = connection::keep(format!("/link/screen/{code}"), clock, screen.clone());
    screen.borrow_mut().gate.wakes(wake);
    Link { view, status, now_ms, send: Callback::new(|()| {}) }
}

impl Screen {
    fn frame(&mut self) {
        if let Some(view) = self.gate.frame() {
            self.view.set(view);
        }
    }
}

impl Endpoint for Screen {
    fn opened(&mut self) {
        self.gate.reconnected();
    }

    fn receive(&mut self, message: &[u8]) {
        match decode(message) {
            Ok(ToScreen::View(view)) => {
                if let Some(view) = self.gate.take(*view) {
                    self.view.set(view);
                }
            }
            Ok(ToScreen::Unseal(unsealing)) => self.gate.unseal(&unsealing),
            Ok(ToScreen::Attendance(news)) => {
                let follow = |view: &mut ScreenView| {
                    view.stage.attendance_mut().into_iter().for_each(|attendance| attendance.follow(news.clone()));
                };
                self.gate.amend(follow);
                self.view.update(follow);
            }
            Ok(ToScreen::Admitted(path)) => drop(window().location().replace(&path)),
            Err(_) => return,
        }
        self.status.set(Status::Saved);
    }

    fn next_message(&mut self) -> Option<Vec<u8>> {
        self.gate.say().map(|readiness| encode(&FromScreen::Ready(readiness)))
    }

    fn closed(&mut self) {
        self.status.set(Status::Offline);
    }
}
