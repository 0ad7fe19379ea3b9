//! The big screen.

use crate::clock::Clock;
use crate::connection::{self, Session};
use app::{Link, Status};
use leptos::prelude::*;
use protocol::client::FromScreen;
use protocol::codec::{decode, encode};
use protocol::server::ToScreen;
use protocol::view::ScreenView;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

struct Screen {
    clock: Clock,
    frames: VecDeque<Vec<u8>>,
    view: WriteSignal<ScreenView>,
    status: WriteSignal<Status>,
}

/// Connects the page.
pub fn link(code: &str) -> Link<ScreenView, ()> {
    let (view, set_view) = signal(ScreenView::default());
    let (status, set_status) = signal(Status::default());
    let clock = Clock::default();
    let now_ms = clock.signal();
    let screen = Screen { clock, frames: VecDeque::new(), view: set_view, status: set_status };
    connection::keep(format!("/link/screen/{code}"), Rc::new(RefCell::new(screen)));
    Link { view, status, now_ms, send: Callback::new(|()| {}) }
}

impl Session for Screen {
    fn opened(&mut self) {
        self.frames.clear();
        self.clock.reconnected();
    }

    fn receive(&mut self, frame: &[u8]) {
        let Ok(message) = decode(frame) else { return };
        match message {
            ToScreen::View(view) => self.view.set(*view),
            ToScreen::Beat(beat) => {
                let probe = self.clock.hear(&beat);
                self.frames.extend(probe.map(|probe| encode(&FromScreen::Probe(probe))));
            }
        }
        self.status.set(Status::Saved);
    }

    fn next_frame(&mut self) -> Option<Vec<u8>> {
        self.frames.pop_front()
    }

    fn closed(&mut self) {
        self.status.set(Status::Offline);
    }
}
