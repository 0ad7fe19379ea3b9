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

// Functions, not components: components whose roots are of one kind share it from scene to scene, and what is new would
// come as something that has moved.

/// The link is not up yet.
pub fn connecting() -> impl IntoView {
    view! { <div class="waiting"><p class="lead">"Connecting…"</p></div> }
}

/// Before a round, or a question that was withdrawn.
pub fn between(next: Heading, intro: String, hint: Option<&'static str>) -> impl IntoView {
    view! {
        <div class="waiting">
            <p class="heading">{heading_line(&next)}</p>
            <h1>{next.round}</h1>
            <p class="lead">{intro}</p>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
        </div>
    }
}

/// A question is on its way, then counted in.
pub fn armed<A: Audience>(heading: Heading, stage: Memo<Stage<A>>, now_ms: ReadSignal<Millis>) -> impl IntoView {
    let reveal_ms = Memo::new(move |_| stage.with(Stage::reveal_ms));
    view! {
        <div class="waiting">
            <p class="heading">{heading_line(&heading)}</p>
            <CountIn reveal_ms now_ms />
        </div>
    }
}
