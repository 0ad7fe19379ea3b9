//! What came too late, for the quizmaster to accept or leave.

use super::DeskLink;
use leptos::prelude::*;
use protocol::client::FromDesk;
use protocol::view::LateArrival;

/// A line for each question of which something came too late.
#[component]
pub fn Late(link: DeskLink) -> impl IntoView {
    let late = Memo::new(move |_| link.view.with(|view| view.late.clone()));
    // Keyed by everything it says, because an answer that comes now is not what the press was meant for.
    view! {
        <div class="late-arrivals" role="region" aria-label="Late" hidden=move || late.with(Vec::is_empty)>
            <For each=move || late.get() key=|arrival| (arrival.question, arrival.teams.clone(), arrival.acceptable) let:arrival>
                <Arrival arrival link />
            </For>
        </div>
    }
}

#[component]
fn Arrival(arrival: LateArrival, link: DeskLink) -> impl IntoView {
    let LateArrival { question, prompt, teams, acceptable } = arrival;
    let settle = move |accept| link.send.run(FromDesk::SettleLate { question, accept });
    let count = match teams.len() {
        1 => "1 team arrived late".to_owned(),
        count => format!("{count} teams arrived late"),
    };
    view! {
        <div class="panel late">
            <p><b>{count}</b>": "{teams.join(", ")}<span class="secret hint">{prompt}</span></p>
            {if acceptable {
                view! { <button class="secondary" type="button" on:click=move |_| settle(true)>"Accept"</button> }.into_any()
            } else {
                view! { <span class="hint">"The answers are dealt out already."</span> }.into_any()
            }}
            <button class="quiet" type="button" on:click=move |_| settle(false)>"Leave"</button>
        </div>
    }
}
