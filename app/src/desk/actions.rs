//! The buttons: one that is always the next sensible step, and whatever else makes sense.

use super::DeskLink;
use super::rest::{Rest, within};
use crate::words;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use protocol::client::{Action, FromDesk};
use protocol::ids::Millis;
use std::time::Duration;

/// How long buttons wait for the outcome of a press; by then it was lost on the line.
const PENDING_MS_MAX: Millis = 1_500;
/// How long a button that ends the evening early has to be held.
const HOLD: Duration = Duration::from_millis(900);

/// Where a button stands. Each has a place of its own, so that none comes to stand under a finger that was meant for
/// another one.
fn place(action: Action) -> &'static str {
    match action {
        Action::CloseNow => "close",
        Action::Pause => "pause",
        Action::AddTime => "add",
        Action::Withdraw => "withdraw",
        Action::SkipRating => "skip",
        Action::ShowScores => "scores",
        Action::Finish => "finish",
        Action::TakeBack => "back",
        _ => "onward",
    }
}

/// What the buttons are for: they are others when this is another one.
#[derive(Clone, PartialEq)]
struct Offer {
    turn: u32,
    primary: Option<Action>,
    others: Vec<Action>,
}

/// The bar of buttons.
#[component]
pub fn Actions(link: DeskLink) -> impl IntoView {
    let offer = Memo::new(move |_| {
        link.view.with(|view| Offer { turn: view.turn, primary: view.primary, others: view.actions.clone() })
    });
    let after = Memo::new(move |_| link.view.with(|view| view.after.clone()));
    // Told by the offer itself, in the same breath: there is no frame in which new buttons are awake.
    let number = Memo::new(move |before: Option<&u32>| {
        offer.with(|_| ());
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let rest = Memo::new(move |before: Option<&Rest>| Rest::next(before, number.get(), link.now_ms.get()));
    // From a press until the desk shows what came of it: what is pressed meanwhile would be meant for a desk that is
    // already gone.
    let shown = Memo::new(move |_| link.view.with(|view| (view.turn, view.clock, view.notice)));
    let pressed = RwSignal::new(None);
    let pending = Memo::new(move |_| {
        let waits =
            |before: &(_, Millis)| before.0 == shown.get() && within(before.1, link.now_ms.get(), PENDING_MS_MAX);
        pressed.with(|pressed| pressed.as_ref().is_some_and(waits))
    });
    let dead = Signal::derive(move || !rest.get().is_over || pending.get());
    let act = Callback::new(move |action| {
        if !dead.get_untracked() {
            pressed.set(Some((shown.get_untracked(), link.now_ms.get_untracked())));
            link.send.run(FromDesk::Act { turn: offer.with_untracked(|offer| offer.turn), action });
        }
    });
    // Keyed, so that a button that is under the finger, or has the focus, never turns into another one.
    view! {
        <section class="actions" aria-label="Actions">
            <div class="next-step">
                <For each=move || offer.get().primary key=|action| *action let:action>
                    <button class="primary" type="button" disabled=dead on:click=move |_| act.run(action)>{words::action(action)}</button>
                </For>
                <p class="hint">{move || after.with(words::after)}</p>
            </div>
            <div class="others">
                <For each=move || offer.get().others key=|action| *action let:action>
                    {match action {
                        Action::Finish => view! { <HoldButton action dead confirmed=act /> }.into_any(),
                        _ => view! {
                            <button class="secondary" type="button" style:grid-area=place(action) disabled=dead on:click=move |_| act.run(action)>
                                {words::action(action)}
                            </button>
                        }
                        .into_any(),
                    }}
                </For>
            </div>
        </section>
    }
}

/// A button that has to be held, by mouse, finger or key.
#[component]
fn HoldButton(action: Action, dead: Signal<bool>, confirmed: Callback<Action>) -> impl IntoView {
    let held = StoredValue::new(None::<TimeoutHandle>);
    let holding = RwSignal::new(false);
    let release = move || {
        if let Some(timer) = held.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        holding.set(false);
    };
    let press = move || {
        if holding.get_untracked() {
            return;
        }
        holding.set(true);
        held.set_value(
            set_timeout_with_handle(
                move || {
                    holding.set(false);
                    confirmed.run(action)
                },
                HOLD,
            )
            .ok(),
        );
    };
    on_cleanup(move || {
        if let Some(timer) = held.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    });
    view! {
        <button
            class="secondary hold"
            class:holding=holding
            type="button"
            title="Hold to confirm"
            style:grid-area=place(action)
            disabled=dead
            on:pointerdown=move |_| press()
            on:pointerup=move |_| release()
            on:pointerleave=move |_| release()
            on:keydown=move |event| if matches!(event.key().as_str(), "Enter" | " ") { press() }
            on:keyup=move |_| release()
        >
            {words::action(action)}<small aria-hidden="true">"hold"</small>
        </button>
    }
}
