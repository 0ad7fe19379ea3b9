//! What a page shows of a stage: when it is built anew, and the parts that every page has.

use crate::countdown::CountIn;
use crate::question::heading_line;
use leptos::prelude::*;
use protocol::ids::{Millis, QuestionId};
use protocol::question::{Heading, Picture};
use protocol::view::{Audience, Span, Stage, Standing};

/// What is shown; it is built anew only when this changes, so that fields keep focus and caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// The link is not up.
    Connecting,
    /// Before the first question.
    Lobby,
    /// Before this one.
    Between(QuestionId),
    /// It is counted in.
    Armed(QuestionId),
    /// It is answered.
    Open(QuestionId),
    /// It was.
    Closed(QuestionId),
    /// Its solution is shown.
    Solved(QuestionId),
    /// A round's answers are rated.
    Rating(u16),
    /// They were.
    Rated,
    /// The leaderboard.
    Scores,
    /// The end.
    Finished,
    /// The question is covered.
    Paused,
}

impl Scene {
    /// What is shown of a stage.
    pub fn of<A: Audience>(stage: &Stage<A>) -> Self {
        match stage {
            Stage::Connecting => Self::Connecting,
            Stage::Lobby { .. } => Self::Lobby,
            Stage::Between { next, .. } => Self::Between(next.id),
            Stage::Armed { heading, .. } => Self::Armed(heading.id),
            Stage::Open { question, .. } => Self::Open(question.heading.id),
            Stage::Closed { question, .. } => Self::Closed(question.heading.id),
            Stage::Solution { question, .. } => Self::Solved(question.heading.id),
            Stage::Rating { round, .. } => Self::Rating(*round),
            Stage::Rated { .. } => Self::Rated,
            Stage::Scores { .. } => Self::Scores,
            Stage::Finished { .. } => Self::Finished,
            Stage::Paused { .. } => Self::Paused,
        }
    }
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
