//! Options to choose from.

use super::TeamLink;
use crate::link::TeamIntent;
use leptos::prelude::*;
use protocol::answer::Change;
use protocol::ids::QuestionId;

/// Radio buttons, or check boxes where several may be right.
#[component]
pub fn Choice(id: QuestionId, over: Memo<bool>, link: TeamLink, options: Vec<String>, several: bool) -> impl IntoView {
    let choices = Memo::new(move |_| link.view.with(|state| state.content.choices));
    let items: Vec<_> = options
        .into_iter()
        .zip(0u8..)
        .map(|(text, option)| {
            let change = move |event| {
                let on = event_target_checked(&event);
                let change = if several { Change::Tick { option, on } } else { Change::Pick { option } };
                link.send.run(TeamIntent::Edit(id, change));
            };
            view! {
                <label class="choice">
                    <input
                        type=if several { "checkbox" } else { "radio" }
                        name="choice"
                        prop:checked=move || choices.get().has(option)
                        disabled=over
                        on:change=change
                    />
                    <span class="letter" aria-hidden="true">{char::from(b'A' + option).to_string()}</span>
                    <span>{text}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="answer choices">
            <legend>{if several { "Your answer: tick all that are right" } else { "Your answer: choose one" }}</legend>
            {items}
        </fieldset>
    }
}
