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

use crate::countdown::{CountIn, Countdown, clock_face};
use crate::link::{Link, PlayState, Status, TeamIntent};
use crate::question::{QuestionCard, heading_line};
use crate::wordmark::Wordmark;
use answer::AnswerField;
use caret::Caret;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use lobby::Lobby;
use protocol::ids::{Millis, QuestionId};
use protocol::limits;
use protocol::question::Picture;
use protocol::view::{Span, TeamStage};
use rating::RatingSheets;
use result::{Board, Closed, Solved};
use save_state::SaveState;

const UNSAVED: &str =
    "Not everything you typed is saved yet. Wait until it says “Saved”, or press “Log out” again to give it up.";

/// A team's link.
pub type TeamLink = Link<PlayState, TeamIntent>;

/// What the page shows; it is built anew only when this changes, so that fields keep focus and caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scene {
    Connecting,
    Lobby,
    Between(QuestionId),
    Armed(QuestionId),
    Open(QuestionId),
    Closed(QuestionId),
    Solved(QuestionId),
    Rating(u16),
    Rated,
    Scores,
    Finished,
    Paused,
}

impl Scene {
    fn of(stage: &TeamStage) -> Self {
        match stage {
            TeamStage::Connecting => Self::Connecting,
            TeamStage::Lobby { .. } => Self::Lobby,
            TeamStage::Between { next, .. } => Self::Between(next.id),
            TeamStage::Armed { heading, .. } => Self::Armed(heading.id),
            TeamStage::Open { question, .. } => Self::Open(question.heading.id),
            TeamStage::Closed { question, .. } => Self::Closed(question.heading.id),
            TeamStage::Solution { question, .. } => Self::Solved(question.heading.id),
            TeamStage::Rating { round, .. } => Self::Rating(*round),
            TeamStage::Rated { .. } => Self::Rated,
            TeamStage::Scores { .. } => Self::Scores,
            TeamStage::Finished { .. } => Self::Finished,
            TeamStage::Paused { .. } => Self::Paused,
        }
    }
}

/// The page.
#[component]
pub fn PlayPage(link: TeamLink) -> impl IntoView {
    let stage = Memo::new(move |_| link.view.with(|state| state.view.stage.clone()));
    let scene = Memo::new(move |_| stage.with(Scene::of));
    let name = Memo::new(move |_| link.view.with(|state| state.view.name.clone()));
    let warned = RwSignal::new(false);
    let notice = Memo::new(move |_| {
        let warning = (warned.get() && link.status.get() != Status::Saved).then(|| UNSAVED.to_owned());
        warning.or_else(|| link.view.with(|state| state.trouble.clone().or(state.view.notice.clone())))
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
            {move || stage_view(scene.get(), stage, link)}
        </main>
        <Shield scene now_ms=link.now_ms />
    }
}

fn stage_view(scene: Scene, stage: Memo<TeamStage>, link: TeamLink) -> AnyView {
    match stage.get_untracked() {
        TeamStage::Connecting => view! { <div class="waiting"><p class="lead">"Connecting…"</p></div> }.into_any(),
        TeamStage::Lobby { .. } => view! { <Lobby stage link /> }.into_any(),
        TeamStage::Between { next, intro } => view! {
            <div class="waiting">
                <p class="heading">{heading_line(&next)}</p>
                <h1>{next.round}</h1>
                <p class="lead">{intro}</p>
                <p class="hint">"Hands off the keys: it goes on soon."</p>
            </div>
        }
        .into_any(),
        TeamStage::Armed { heading, .. } => {
            let reveal_ms = Memo::new(move |_| match stage.get() {
                TeamStage::Armed { reveal_ms, .. } => reveal_ms,
                _ => None,
            });
            view! {
                <div class="waiting">
                    <p class="heading">{heading_line(&heading)}</p>
                    <CountIn reveal_ms now_ms=link.now_ms />
                </div>
            }
            .into_any()
        }
        TeamStage::Open { question, .. } => {
            let clock = Memo::new(move |_| match stage.get() {
                TeamStage::Open { clock, .. } => Some(clock),
                _ => None,
            });
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
        TeamStage::Rating { sheets, too_few, round, .. } => view! { <RatingSheets round sheets too_few stage link /> }.into_any(),
        TeamStage::Rated { .. } => view! {
            <div class="waiting">
                <h1>"Thank you."</h1>
                <p class="lead">"Your ratings are in. The scores come on the big screen."</p>
            </div>
        }
        .into_any(),
        TeamStage::Scores { .. } | TeamStage::Finished { .. } => view! { <Board stage is_end={scene == Scene::Finished} link /> }.into_any(),
        TeamStage::Paused { left_ms } => view! {
            <div class="waiting">
                <h1>"Paused"</h1>
                <p class="lead">{format!("{} left. What you wrote is kept; it goes on where it stopped.", clock_face(left_ms / 1_000))}</p>
            </div>
        }
        .into_any(),
    }
}

/// The picture of the question that is shown; it may come after the question.
fn picture(stage: Memo<TeamStage>) -> Signal<Option<Picture>> {
    Memo::new(move |_| stage.with(|stage| stage.question().and_then(|question| question.picture.clone()))).into()
}

/// Swallows clicks for a moment after the page has changed, so that none lands on what has just come.
#[component]
fn Shield(scene: Memo<Scene>, now_ms: ReadSignal<Millis>) -> impl IntoView {
    let since = Memo::new(move |_| {
        // A question that opens takes keys at once; the count-in was its shield.
        let shields = !matches!(scene.get(), Scene::Open(_) | Scene::Connecting);
        shields.then(|| now_ms.get_untracked())
    });
    let up = Memo::new(move |_| {
        since.get().is_some_and(|since_ms| now_ms.get() - since_ms < limits::SHIELD_MS && since_ms > 0)
    });
    view! { <div class="shield" aria-hidden="true" hidden=move || !up.get()></div> }
}
