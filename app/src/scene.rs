//! What a page shows of a stage: when it is built anew, and the parts that every page has.

use crate::countdown::CountIn;
use crate::question::heading_line;
use leptos::prelude::*;
use protocol::ids::Millis;
use protocol::question::{Heading, Picture};
use protocol::view::{Audience, Span, Stage, Standing};
use std::mem::{Discriminant, discriminant};

/// What a page builds anew when it changes, so that fields keep focus and caret until then: which stage it is, and of what.
pub type Scene<A> = (Discriminant<Stage<A>>, u16);

/// The scene of a stage.
pub fn scene<A: Audience>(stage: Memo<Stage<A>>) -> Memo<Scene<A>> {
    Memo::new(move |_| stage.with(|stage| (discriminant(stage), stage.subject())))
}

/// Does something anew with each scene.
pub fn anew<A: Audience, T>(scene: Memo<Scene<A>>, work: impl FnOnce() -> T) -> T {
    // Read, not only tracked: a memo that nobody has read follows nothing.
    let _ = scene.get();
    work()
}

/// The clock that runs.
pub fn clock<A: Audience>(stage: Memo<Stage<A>>) -> Memo<Option<Span>> {
    Memo::new(move |_| stage.with(Stage::clock))
}

/// The picture of the question that is shown; it may come after the question.
pub fn picture<A: Audience>(stage: Memo<Stage<A>>) -> Signal<Option<Picture>> {
    Memo::new(move |_| stage.with(|stage| stage.question().and_then(|question| question.picture.clone()))).into()
}

/// The leaderboard.
pub fn standings<A: Audience>(stage: Memo<Stage<A>>) -> Signal<Vec<Standing>> {
    Signal::derive(move || stage.with(|stage| stage.standings().to_vec()))
}

/// The link is not up yet.
#[component]
pub fn Connecting() -> impl IntoView {
    view! { <div class="waiting"><p class="lead">"Connecting…"</p></div> }
}

/// Before a round, or a question that was withdrawn.
#[component]
pub fn Between(next: Heading, intro: String, #[prop(optional)] hint: &'static str) -> impl IntoView {
    view! {
        <div class="waiting">
            <p class="heading">{heading_line(&next)}</p>
            <h1>{next.round}</h1>
            <p class="lead">{intro}</p>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
        </div>
    }
}

/// A question is on its way, then counted in.
#[component]
pub fn Armed(
    heading: Heading,
    #[prop(into)] reveal_ms: Signal<Option<Millis>>,
    now_ms: ReadSignal<Millis>,
) -> impl IntoView {
    view! {
        <div class="waiting">
            <p class="heading">{heading_line(&heading)}</p>
            <CountIn reveal_ms now_ms />
        </div>
    }
}
