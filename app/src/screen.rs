//! `/screen/{code}`: the big screen, to be read from 20 m.

mod lobby;
mod podium;
mod sound;

use crate::countdown::{Countdown, clock_face};
use crate::leaderboard::Leaderboard;
use crate::link::Link;
use crate::question::{Options, QuestionCard, SolutionCard};
use crate::scene::{anew, armed, between, clock, connecting, picture, scene, standings};
use crate::wordmark::Wordmark;
use leptos::prelude::*;
use lobby::Lobby;
use podium::Podium;
use protocol::view::{Progress, ScreenStage, ScreenView, Tally, Together, Turnout};
use sound::Sound;

/// The screen's link: it has nothing to say.
pub type ScreenLink = Link<ScreenView, ()>;

/// The page.
#[component]
pub fn ScreenPage(link: ScreenLink) -> impl IntoView {
    let stage = Memo::new(move |_| link.view.with(|view| view.stage.clone()));
    let scene = scene(stage);
    let title = Memo::new(move |_| link.view.with(|view| view.title.clone()));
    let address = Memo::new(move |_| link.view.with(|view| view.own.address.clone()));
    view! {
        <div class="screen-page">
            <main class="screen">{move || anew(scene, || stage_view(stage, link))}</main>
            <footer class="bar">
                <Wordmark />
                <span class="team">{title}</span>
                <span class="join" hidden=move || address.with(String::is_empty)>"Join at "<b>{address}</b></span>
                <Sound stage now_ms=link.now_ms />
            </footer>
        </div>
    }
}

fn stage_view(stage: Memo<ScreenStage>, link: ScreenLink) -> AnyView {
    match stage.get_untracked() {
        ScreenStage::Connecting => connecting().into_any(),
        ScreenStage::Lobby { .. } => view! { <Lobby stage link /> }.into_any(),
        ScreenStage::Between { next, intro } => between(next, intro, None).into_any(),
        ScreenStage::Armed { heading, .. } => armed(heading, stage, link.now_ms).into_any(),
        ScreenStage::Open { question, .. } => {
            let clock = clock(stage);
            let field = question.field.clone();
            view! {
                <section class="open">
                    <Countdown clock now_ms=link.now_ms />
                    <QuestionCard question picture=picture(stage) />
                    <Options field />
                    <p class="answered">{move || answered(&stage.get())}<span class="together">{move || together(&stage.get())}</span></p>
                </section>
            }
            .into_any()
        }
        ScreenStage::Closed { question, .. } => {
            let field = question.field.clone();
            view! {
                <section class="open closed">
                    <p class="pencils">{move || pencils(&stage.get())}</p>
                    <QuestionCard question picture=picture(stage) />
                    <Options field />
                </section>
            }
            .into_any()
        }
        ScreenStage::Solution { question, solution, .. } => {
            let (field, marked) = (question.field.clone(), Some(solution.right.clone()));
            view! {
                <section class="shown">
                    <QuestionCard question picture=picture(stage) />
                    <Options field right=marked />
                    <SolutionCard solution />
                    <p class="answered">{move || right(&stage.get())}</p>
                </section>
            }
            .into_any()
        }
        ScreenStage::Rating { .. } => {
            let clock = clock(stage);
            view! {
                <section class="rating">
                    <Countdown clock now_ms=link.now_ms />
                    <h1>"You are the jury."</h1>
                    <p class="lead">"Rate the anonymous answers on your laptop."</p>
                    <ul class="progress">{move || progress(&stage.get())}</ul>
                </section>
            }
            .into_any()
        }
        ScreenStage::Rated { .. } => view! {
            <div class="waiting"><h1>"The jury has spoken."</h1><p class="lead">"Scores in a moment."</p></div>
        }
        .into_any(),
        ScreenStage::Scores { .. } => view! {
            <section class="board"><h1>"Scores"</h1><Leaderboard standings=standings(stage) /></section>
        }
        .into_any(),
        ScreenStage::Finished { .. } => view! {
            <section class="board finished">
                <Podium standings=standings(stage) />
                <Leaderboard standings=standings(stage) />
            </section>
        }
        .into_any(),
        ScreenStage::Paused { left_ms } => view! {
            <div class="waiting"><h1>"Paused"</h1><p class="lead">{format!("{} left", clock_face(left_ms / 1_000))}</p></div>
        }
        .into_any(),
    }
}

fn answered(stage: &ScreenStage) -> String {
    match stage {
        ScreenStage::Open { own: Turnout { answered, teams, .. }, .. } if *teams > 0 => {
            format!("{answered} of {teams} teams have written something")
        }
        _ => String::new(),
    }
}

/// "24 laptops, 3 ms apart": what nobody in the room can see for themselves.
fn together(stage: &ScreenStage) -> String {
    match stage {
        ScreenStage::Open { own: Turnout { together: Some(Together { laptops, spread_us }), .. }, .. }
            if *laptops > 1 =>
        {
            format!("{laptops} laptops, {} ms apart", spread_us.div_ceil(1_000))
        }
        _ => String::new(),
    }
}

/// Followed, because the quizmaster may correct marks while the solution is shown.
fn right(stage: &ScreenStage) -> String {
    match stage {
        ScreenStage::Solution { own: Tally { right, teams }, .. } => format!("{right} of {teams} teams got it all"),
        _ => String::new(),
    }
}

fn pencils(stage: &ScreenStage) -> String {
    match stage {
        ScreenStage::Closed { own: Turnout { answered, teams, .. }, collecting: true, .. } => {
            format!("Pencils down. Collecting {answered} of {teams}…")
        }
        ScreenStage::Closed { own: Turnout { answered, teams, .. }, .. } => {
            format!("Pencils down. {answered} of {teams} teams answered.")
        }
        _ => String::new(),
    }
}

/// A ring for each team that fills as it rates.
fn progress(stage: &ScreenStage) -> Vec<impl IntoView + use<>> {
    let ScreenStage::Rating { own, .. } = stage else { return Vec::new() };
    let rings = own.iter().map(|Progress { name, given, of }| {
        let part = given * 1_000 / (*of).max(1);
        view! {
            <li class:full={given == of}>
                <svg viewBox="0 0 100 100" aria-hidden="true">
                    <circle class="track" cx="50" cy="50" r="42" />
                    <circle class="rest" cx="50" cy="50" r="42" pathLength="1000" stroke-dasharray=format!("{part} 1000") />
                </svg>
                <span>{name.clone()}</span>
                <span class="visually-hidden">{format!(" {given} of {of} rated")}</span>
            </li>
        }
    });
    rings.collect()
}
