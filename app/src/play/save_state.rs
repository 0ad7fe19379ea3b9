//! Whether what was typed is safe. It never says so before it is.

use crate::link::Status;
use leptos::prelude::*;

/// The save state; what to do is said beside it when it lasts.
#[component]
pub fn SaveState(status: ReadSignal<Status>) -> impl IntoView {
    let word = move || match status.get() {
        Status::Connecting => "Connecting",
        Status::Saved => "Saved",
        Status::Saving => "Saving",
        Status::Offline => "Offline",
    };
    let advice =
        move || (status.get() == Status::Offline).then_some("Keep typing: it is kept and sent when the line is back.");
    // Announced only when it goes wrong: a screen reader that says "Saved" at each key would be in the way.
    view! {
        <span class="save" data-state=word>
            <span role="status" aria-live="off">{word}</span>
        </span>
        <span class="advice" aria-live="polite">{advice}</span>
    }
}
