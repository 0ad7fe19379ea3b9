//! The name, drawn: a taut wire with a heartbeat running along it.

use leptos::prelude::*;

/// The wordmark.
#[component]
pub fn Wordmark() -> impl IntoView {
    view! {
        <span class="wordmark">
            <svg class="wordmark-sign" viewBox="0 0 48 32" aria-hidden="true">
                <path class="wire" d="M2 20h11l4-12 7 20 5-14 3 6h6" />
                <circle class="heartbeat" cx="43" cy="20" r="4" />
            </svg>
            <span>"Quiz"<b>"wire"</b></span>
        </span>
    }
}
