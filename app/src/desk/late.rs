//! What came too late, for the quizmaster to accept or leave, team by team or all at once.

use super::DeskLink;
use leptos::prelude::*;
use protocol::client::FromDesk;
use protocol::ids::TeamId;
use protocol::view::LateArrival;

/// A panel for each question of which something came too late.
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
    let settle = move |team, accept| link.send.run(FromDesk::SettleLate { question, team, accept });
    let (count, many) = match teams.len() {
        1 => ("1 team arrived late".to_owned(), false),
        count => (format!("{count} teams arrived late"), true),
    };
    let buttons = move |team: Option<TeamId>, whose: String| {
        view! {
            {acceptable.then(|| view! {
                <button class="secondary" type="button" aria-label=format!("Accept {whose}") on:click=move |_| settle(team, true)>
                    {if team.is_some() { "Accept" } else { "Accept all" }}
                </button>
            })}
            <button class="quiet" type="button" aria-label=format!("Leave {whose}") on:click=move |_| settle(team, false)>
                {if team.is_some() { "Leave" } else { "Leave all" }}
            </button>
        }
    };
    let rows = teams.into_iter().map(|(team, name)| {
        view! { <li><b dir="auto">{name.clone()}</b>{buttons(Some(team), name)}</li> }
    });
    view! {
        <div class="panel late">
            <p><b>{count}</b><span class="secret hint">{prompt}</span></p>
            {(!acceptable).then(|| view! { <p class="hint">"The answers are dealt out already."</p> })}
            <ul>{rows.collect_view()}</ul>
            {many.then(|| view! { <p class="all">{buttons(None, "all".into())}</p> })}
        </div>
    }
}
