//! The podium: the first three places, ties side by side.

use crate::points::points;
use leptos::prelude::*;
use protocol::view::Standing;

/// Second, first, third, as on a real one.
const ORDER: [u32; 3] = [2, 1, 3];

/// The three steps.
#[component]
pub fn Podium(standings: Signal<Vec<Standing>>) -> impl IntoView {
    let step = move |place: u32| {
        let on_it: Vec<_> = standings.get().into_iter().filter(|standing| standing.place == place).collect();
        let cents = on_it.first().map(|standing| standing.cents);
        let names = on_it.into_iter().map(|standing| view! { <li>{standing.name}</li> }).collect::<Vec<_>>();
        cents.map(|cents| {
            view! {
                <div class=format!("step step-{place}")>
                    <ul>{names}</ul>
                    <div class="block"><b>{place}</b><span>{points(cents)}</span></div>
                </div>
            }
        })
    };
    view! { <div class="podium">{move || ORDER.map(step).into_iter().collect::<Vec<_>>()}</div> }
}
