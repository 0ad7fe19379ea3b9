//! `/play`: a team's page.

mod answer;
mod caret;
mod choice;
mod editor;
mod element;
mod lobby;
mod rating;
mod result;
mod save_state;
mod text_field;

use crate::countdown::{Countdown, clock_face};
use crate::link::{Link, PlayState, Status, TeamIntent, Trouble};
use crate::question::QuestionCard;
use crate::scene::{Scene, anew, armed, between, clock, connecting, picture, scene};
use crate::wordmark::Wordmark;
use crate::words;
use answer::AnswerField;
use caret::Caret;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use lobby::Lobby;
use protocol::ids::Millis;
use protocol::limits;
use protocol::view::{Span, TeamPart, TeamStage};
use rating::RatingSheets;
use result::{Board, Closed, Solved};
use save_state::SaveState;

/// A team's link.
pub type TeamLink = Link<PlayState, TeamIntent>;

/// The page.
#[component]
pub fn PlayPage(link: TeamLink) -> impl IntoView {
    let stage = Memo::new(move |_| link.view.with(|state| state.view.stage.clone()));
    let scene = scene(stage);
    let name = Memo::new(move |_| link.view.with(|state| state.view.own.name.clone()));
    let warned = RwSignal::new(false);
    let notice = Memo::new(move |_| {
        let warning = (warned.get() && link.status.get() != Status::Saved).then_some(Trouble::Unsaved);
        let (trouble, notice) = link.view.with(|state| (state.trouble, state.view.own.notice));
        let trouble = warning.or(trouble).map(|trouble| words::trouble(trouble).to_owned());
        trouble.or_else(|| notice.map(words::notice))
    });
    let log_out = move |event: SubmitEvent| match link.status.get_untracked() {
        Status::Saved | Status::Connecting => Caret::forget_on_leaving(),
        _ if warned.get_untracked() => {
            Caret::forget_on_leaving();
            link.send.run(TeamIntent::Forget);
        }
        _ => {
            event.prevent_default();
            warned.set(true);
        }
    };
    view! {
        <header class="bar">
            <Wordmark />
            <span class="team">{name}</span>
            <SaveState link />
            <form method="post" action="/logout" on:submit=log_out><button class="quiet" type="submit">"Log out"</button></form>
        </header>
        <main class="play">
            <p class="notice" role="note" hidden=move || notice.get().is_none()>{notice}</p>
            {move || anew(scene, || stage_view(stage, link))}
        </main>
        <Shield stage scene now_ms=link.now_ms />
    }
}

fn stage_view(stage: Memo<TeamStage>, link: TeamLink) -> AnyView {
    match stage.get_untracked() {
        TeamStage::Connecting => connecting().into_any(),
        TeamStage::Lobby { .. } => view! { <Lobby stage link /> }.into_any(),
        TeamStage::Between { next, intro } => between(next, intro, Some("Hands off the keys: it goes on soon.")).into_any(),
        TeamStage::Armed { heading, .. } => armed(heading, stage, link.now_ms).into_any(),
        TeamStage::Open { question, .. } => {
            let clock = clock(stage);
            let over = Memo::new(move |_| clock.get().is_some_and(|Span { to_ms, .. }| link.now_ms.get() >= to_ms));
            view! {
                <section class="open">
                    <Countdown clock now_ms=link.now_ms />
                    <QuestionCard question=question.clone() picture=picture(stage) />
                    <AnswerField question over link />
                </section>
            }
            .into_any()
        }
        TeamStage::Closed { question, .. } => view! { <Closed question stage link /> }.into_any(),
        TeamStage::Solution { question, solution, .. } => view! { <Solved question solution stage link /> }.into_any(),
        TeamStage::Rating { round, own, .. } => view! { <RatingSheets round jury=own stage link /> }.into_any(),
        TeamStage::Rated { .. } => view! {
            <div class="waiting">
                <h1>"Thank you."</h1>
                <p class="lead">"Your ratings are in. The scores come on the big screen."</p>
            </div>
        }
        .into_any(),
        TeamStage::Scores { .. } => view! { <Board stage is_end=false link /> }.into_any(),
        TeamStage::Finished { .. } => view! { <Board stage is_end=true link /> }.into_any(),
        TeamStage::Paused { left_ms } => view! {
            <div class="waiting">
                <h1>"Paused"</h1>
                <p class="lead">{format!("{} left. What you wrote is kept; it goes on where it stopped.", clock_face(left_ms / 1_000))}</p>
            </div>
        }
        .into_any(),
    }
}

/// Swallows clicks for a moment after the page has changed, so that none lands on what has just come.
#[component]
fn Shield(stage: Memo<TeamStage>, scene: Memo<Scene<TeamPart>>, now_ms: ReadSignal<Millis>) -> impl IntoView {
    let since = Memo::new(move |_| {
        // A question that opens takes keys at once; the count-in was its shield.
        let is_open = |stage: &TeamStage| matches!(stage, TeamStage::Open { .. } | TeamStage::Connecting);
        let shields = anew(scene, || !stage.with_untracked(is_open));
        shields.then(|| now_ms.get_untracked())
    });
    let up = Memo::new(move |_| {
        since.get().is_some_and(|since_ms| now_ms.get() - since_ms < limits::SHIELD_MS && since_ms > 0)
    });
    view! { <div class="shield" aria-hidden="true" hidden=move || !up.get()></div> }
}
