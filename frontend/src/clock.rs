//! The server's clock as this page knows it, carried on by the monotonic clock of the browser.

use leptos::prelude::*;
use protocol::client::Probe;
use protocol::clock::Estimator;
use protocol::ids::Millis;
use protocol::server::Beat;
use std::cell::RefCell;
use std::rc::Rc;

/// A difference between wall and monotonic clock that changes by more than this means that the laptop slept or its
/// clock was set: earlier measurements are worthless.
const STEP_MS: Millis = 500;

/// The clock of one page.
#[derive(Clone, Default)]
pub struct Clock {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Default)]
struct Inner {
    estimator: Estimator,
    /// Wall clock minus monotonic clock when last looked at.
    gap_ms: Option<Millis>,
    /// Whether what was measured belongs to an earlier connection, perhaps to an earlier run of the server.
    stale: bool,
}

/// Milliseconds of the browser's monotonic clock.
fn page_ms() -> Millis {
    window().performance().map_or(0.0, |performance| performance.now()) as Millis
}

impl Clock {
    /// The server's clock; 0 until it is known.
    pub fn now_ms(&self) -> Millis {
        self.inner.borrow().estimator.offset_ms().map_or(0, |offset_ms| page_ms() + offset_ms)
    }

    /// A new connection stands: its first beat begins a new measurement. Until then the old one has to do.
    pub fn reconnected(&self) {
        self.inner.borrow_mut().stale = true;
    }

    /// Takes the server's part of an exchange; a beat is to be answered with what this returns.
    pub fn hear(&self, beat: &Beat) -> Option<Probe> {
        let page_ms = page_ms();
        let inner = &mut *self.inner.borrow_mut();
        let gap_ms = js_sys::Date::now() as Millis - page_ms;
        let stepped = inner.gap_ms.is_some_and(|before| (before - gap_ms).abs() > STEP_MS);
        if stepped || std::mem::take(&mut inner.stale) {
            inner.estimator.reset();
        }
        inner.gap_ms = Some(gap_ms);
        match *beat {
            Beat::Beat { sent_ms } => {
                // Good enough to start with; replaced as soon as an exchange is complete.
                if inner.estimator.offset_ms().is_none() {
                    inner.estimator.add(page_ms, sent_ms, sent_ms, page_ms);
                }
                Some(Probe { beat_ms: sent_ms, sent_ms: page_ms })
            }
            Beat::Echo { probe_ms, received_ms, sent_ms } => {
                inner.estimator.add(probe_ms, received_ms, sent_ms, page_ms);
                None
            }
        }
    }

    /// A signal that follows the clock with every frame of the screen.
    pub fn signal(&self) -> ReadSignal<Millis> {
        let (now_ms, set_now_ms) = signal(0);
        tick(self.clone(), set_now_ms);
        now_ms
    }
}

fn tick(clock: Clock, set_now_ms: WriteSignal<Millis>) {
    request_animation_frame(move || {
        let now_ms = clock.now_ms();
        if now_ms > 0 {
            set_now_ms.set(now_ms);
        }
        tick(clock, set_now_ms);
    });
}
