//! Screens that were opened without the desk's key, for the quizmaster to let in.

use super::DeskLink;
use leptos::prelude::*;
use protocol::client::FromDesk;

/// A line for each.
#[component]
pub fn Screens(link: DeskLink) -> impl IntoView {
    let screens = Memo::new(move |_| link.view.with(|view| view.screens.clone()));
    view! {
        <div class="late-arrivals" role="region" aria-label="Screens" hidden=move || screens.with(Vec::is_empty)>
            <For each=move || screens.get() key=|number| *number let:number>
                <div class="panel late">
                    <p><b>{format!("Screen {number}")}</b>" wants to show this game. Let it in only if you see this number on it."</p>
                    <button class="secondary" type="button" on:click=move |_| link.send.run(FromDesk::AdmitScreen(number))>
                        {format!("Let screen {number} in")}
                    </button>
                </div>
            </For>
        </div>
    }
}
