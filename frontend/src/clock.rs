//! The server's clock as this page knows it, carried on by the monotonic clock of the browser.

mod tick;

use leptos::prelude::*;
use protocol::clock::{Estimate, Estimator};
use protocol::ids::{Micros, Millis};
use protocol::limits;
use protocol::stamp::{Echo, Stamp};
use std::cell::RefCell;
use std::rc::Rc;
use tick::Tick;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// A difference between wall and monotonic clock that changes by more than this means that the laptop slept or its
/// clock was set: earlier measurements are worthless.
const STEP_US: Micros = 500_000;
/// The clock that is shown does not go back by less than this: digits that have changed stay changed.
const BACK_MS: Millis = 1_000;

/// The clock of one page.
#[derive(Clone, Default)]
pub struct Clock {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Default)]
struct Inner {
    estimator: Estimator,
    /// What an earlier connection had found out; good until this one has.
    before: Option<Estimate>,
    /// Wall clock minus monotonic clock when last looked at.
    gap_us: Option<Micros>,
    /// Whether what was measured belongs to an earlier connection, perhaps to an earlier run of the server.
    stale: bool,
    /// The newest stamp of the server, for the next frame to tell.
    heard: Option<Echo>,
    tick: Tick,
}

/// Microseconds of the browser's monotonic clock.
fn page_us() -> Micros {
    window().performance().map_or(0.0, |performance| performance.now() * 1_000.0) as Micros
}

impl Clock {
    /// What is known of the server's clock.
    pub fn estimate(&self) -> Option<Estimate> {
        let inner = self.inner.borrow();
        // Before both directions are known, what an earlier connection knew is better.
        inner.before.or_else(|| inner.estimator.estimate(page_us()))
    }

    /// The server's clock at an instant of the browser's, in microseconds, and how far off that may be; nothing until it
    /// is known.
    pub fn at_us(&self, page_us: Micros) -> Option<(Micros, Micros)> {
        let tick_us = self.inner.borrow().tick.us();
        self.estimate().map(|estimate| (page_us + estimate.offset_us, estimate.error_us + tick_us))
    }

    /// Whether the browser blurs its clock so much that what the page tells of instants says little.
    pub fn is_coarse(&self) -> bool {
        self.inner.borrow().tick.us() > limits::CLOCK_TICK_US_MAX
    }

    /// Milliseconds of the server's clock; 0 until it is known.
    pub fn now_ms(&self) -> Millis {
        self.at_us(page_us()).map_or(0, |(now_us, _)| now_us.div_euclid(1_000))
    }

    /// A new connection stands: its first frame begins a new measurement. Until then the old one has to do.
    pub fn reconnected(&self) {
        let inner = &mut *self.inner.borrow_mut();
        (inner.stale, inner.heard) = (true, None);
    }

    /// What goes before a frame that leaves now.
    pub fn stamp(&self) -> Stamp {
        Stamp { sent_us: page_us(), echo: self.inner.borrow_mut().heard.take() }
    }

    /// A frame has come.
    pub fn hear(&self, stamp: &Stamp) {
        let page_us = page_us();
        let inner = &mut *self.inner.borrow_mut();
        inner.tick.see(page_us);
        let gap_us = (js_sys::Date::now() * 1_000.0) as Micros - page_us;
        let has_stepped = inner.gap_us.replace(gap_us).is_some_and(|before| (before - gap_us).abs() > STEP_US);
        if has_stepped || std::mem::take(&mut inner.stale) {
            // As it was known then: that nothing was heard since is explained.
            inner.before = inner.estimator.as_heard().or(inner.before).filter(|_| !has_stepped);
            inner.estimator.reset();
        }
        inner.estimator.down(stamp.sent_us, page_us, inner.tick.us());
        if let Some(echo) = stamp.echo {
            inner.estimator.up(echo.sent_us, echo.received_us, page_us);
            inner.before = None;
        }
        inner.heard = Some(Echo { sent_us: stamp.sent_us, received_us: page_us });
    }

    /// Calls back with every frame of the screen, and gives a signal that follows the clock with it.
    pub fn each_frame(&self, work: impl FnMut() + 'static) -> ReadSignal<Millis> {
        let (now_ms, set_now_ms) = signal(0);
        frame(self.clone(), set_now_ms, 0, work);
        now_ms
    }
}

/// Calls back when the browser makes the next frame of the screen, with the instant at which it began to, by its
/// monotonic clock in microseconds.
pub fn next_frame(work: impl FnOnce(Micros) + 'static) {
    let work = Closure::once_into_js(move |at_ms: f64| work((at_ms * 1_000.0) as Micros));
    let _ = window().request_animation_frame(work.unchecked_ref());
}

fn frame(clock: Clock, set_now_ms: WriteSignal<Millis>, before_ms: Millis, mut work: impl FnMut() + 'static) {
    next_frame(move |_| {
        clock.inner.borrow_mut().tick.see(page_us());
        let mut now_ms = clock.now_ms();
        if (before_ms - BACK_MS..before_ms).contains(&now_ms) {
            now_ms = before_ms;
        }
        if now_ms > 0 {
            set_now_ms.set(now_ms);
        }
        work();
        frame(clock, set_now_ms, now_ms, work);
    });
}
