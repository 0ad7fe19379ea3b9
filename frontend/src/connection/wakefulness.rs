//! When a laptop wakes or its network comes back, the page looks after its connection at once.

use super::{Nudge, Wake};
use leptos::ev;
use leptos::prelude::*;

/// Nudges the connection for as long as the page is.
pub fn watch(wake: &Wake) {
    let look = |wake: &Wake| {
        let wake = wake.clone();
        move || drop(wake.unbounded_send(Nudge::Look))
    };
    let online = look(wake);
    let shown = look(wake);
    let visible = look(wake);
    window_event_listener(ev::online, move |_| online());
    window_event_listener(ev::pageshow, move |_| shown());
    window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() {
            visible();
        }
    });
}
