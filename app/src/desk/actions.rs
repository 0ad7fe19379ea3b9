//! The buttons: one that is always the next sensible step, and whatever else makes sense.

use super::DeskLink;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use protocol::client::{Action, FromDesk};
use protocol::limits;
use std::time::Duration;

/// How long buttons wait for the outcome of a press; by then it was refused or the line is down.
const PENDING_MAX: Duration = Duration::from_millis(1_500);
/// How long a button that ends the evening early has to be held.
const HOLD: Duration = Duration::from_millis(900);

fn label(action: Action) -> &'static str {
    match action {
        Action::OpenQuestion => "Open question",
        Action::OpenNow => "Open now, without waiting",
        Action::CloseNow => "Close now",
        Action::Pause => "Pause",
        Action::Resume => "Resume",
        Action::AddTime => "Add 30 seconds",
        Action::Withdraw => "Withdraw",
        Action::ShowSolution => "Show solution",
        Action::StartRating => "Start rating",
        Action::SkipRating => "Skip rating",
        Action::ShowScores => "Show scores",
        Action::NextRound => "Next round",
        Action::Finish => "Finish game",
        Action::TakeBack => "Take back the end",
    }
}

/// The bar of buttons.
#[component]
pub fn Actions(link: DeskLink) -> impl IntoView {
    let primary = Memo::new(move |_| link.view.with(|view| view.primary));
    let others = Memo::new(move |_| link.view.with(|view| view.actions.clone()));
    let after = Memo::new(move |_| link.view.with(|view| view.after.clone()));
    // From a press until the desk shows what came of it: what is pressed meanwhile would be meant for a desk that is
    // already gone.
    let pending = RwSignal::new(false);
    let shown = Memo::new(move |_| link.view.with(|view| (view.turn, view.clock)));
    Effect::new(move |_| {
        shown.track();
        pending.set(false);
    });
    let act = move |action| {
        pending.set(true);
        set_timeout(move || pending.set(false), PENDING_MAX);
        let turn = link.view.with_untracked(|view| view.turn);
        link.send.run(FromDesk::Act { turn, action });
    };
    // Dead for a moment after they have changed, so that a second click does not do the next thing, nor a click that
    // was meant for a button which has just moved.
    let resting = RwSignal::new(true);
    let turn = Memo::new(move |_| link.view.with(|view| (view.primary, view.turn)));
    Effect::new(move |_| {
        turn.track();
        resting.set(true);
        let awake = Duration::from_millis(limits::BUTTON_REST_MS.unsigned_abs());
        if let Ok(timer) = set_timeout_with_handle(move || resting.set(false), awake) {
            on_cleanup(move || timer.clear());
        }
    });
    let dead = Memo::new(move |_| resting.get() || pending.get());
    // Keyed, so that a button that is under the finger, or has the focus, never turns into another one.
    view! {
        <section class="actions" aria-label="Actions">
            <div class="next-step">
                <For each=move || primary.get() key=|action| *action let:action>
                    <button class="primary" type="button" disabled=dead on:click=move |_| act(action)>{label(action)}</button>
                </For>
                <p class="hint">{after}</p>
            </div>
            <div class="others">
                <For each=move || others.get() key=|action| *action let:action>
                    {match action {
                        Action::Finish => view! { <HoldButton label=label(action) confirmed=Callback::new(move |()| act(action)) /> }.into_any(),
                        _ => view! { <button class="secondary" type="button" disabled=dead on:click=move |_| act(action)>{label(action)}</button> }.into_any(),
                    }}
                </For>
            </div>
        </section>
    }
}

/// A button that has to be held, by mouse, finger or key.
#[component]
fn HoldButton(label: &'static str, confirmed: Callback<()>) -> impl IntoView {
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
                    confirmed.run(())
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
            on:pointerdown=move |_| press()
            on:pointerup=move |_| release()
            on:pointerleave=move |_| release()
            on:keydown=move |event| if matches!(event.key().as_str(), "Enter" | " ") { press() }
            on:keyup=move |_| release()
        >
            {label}<small aria-hidden="true">"hold"</small>
        </button>
    }
}
