//! Whether what was typed is safe. It never says so before it is.

use super::TeamLink;
use crate::link::{Keeping, Status};
use leptos::prelude::*;
use protocol::ids::Millis;

/// Saving that takes longer than this is worth a word.
const SLOW_MS: Millis = 3_000;
/// Being offline for longer than this wants somebody to do something.
const LASTING_MS: Millis = 30_000;

/// The save state; what to do is said beside it when it lasts.
#[component]
pub fn SaveState(link: TeamLink) -> impl IntoView {
    let word = move || match link.status.get() {
        Status::Connecting => "Connecting",
        Status::Saved => "Saved",
        Status::Saving => "Saving",
        Status::Reconnecting => "Reconnecting",
        Status::Offline => "Offline",
    };
    let trouble = Memo::new(move |_| !matches!(link.status.get(), Status::Saved | Status::Connecting));
    let since_ms = Memo::new(move |_| trouble.get().then(|| link.now_ms.get_untracked()));
    let lasts = move |ms: Millis| since_ms.get().is_some_and(|since_ms| link.now_ms.get() - since_ms > ms);
    let slow = Memo::new(move |_| lasts(SLOW_MS));
    let lasting = Memo::new(move |_| lasts(LASTING_MS));
    let kept = Memo::new(move |_| link.view.with(|state| state.kept));
    let advice = move || match link.status.get() {
        Status::Saving if slow.get() => "The line is slow. Keep typing.",
        Status::Offline if lasting.get() => {
            "Still no line. Keep this page open and check this laptop’s network; if others are offline too, tell the quizmaster."
        }
        Status::Offline => match kept.get() {
            Keeping::Laptop => "Keep typing: it is kept on this laptop and sent when the line is back.",
            Keeping::Window => {
                "Keep typing: it is kept as long as this window is open, and sent when the line is back."
            }
            Keeping::Nowhere => "Keep typing: it is sent when the line is back. Do not close this page.",
        },
        _ => "",
    };
    // Announced only when it goes wrong: a screen reader that says "Saved" at each key would be in the way.
    view! {
        <span class="save" data-state=word>
            <span role="status" aria-live="off">{word}</span>
        </span>
        <span class="advice" aria-live="polite">{advice}</span>
    }
}
