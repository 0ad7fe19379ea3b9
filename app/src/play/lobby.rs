//! The lobby: the rules in four lines, a check of this laptop, and who is here.

use super::TeamLink;
use crate::link::TeamIntent;
use leptos::prelude::*;
use protocol::view::{Attendance, TeamStage};

/// Before the first question.
#[component]
pub fn Lobby(stage: Memo<TeamStage>, link: TeamLink) -> impl IntoView {
    let attendance = Memo::new(move |_| match stage.get() {
        TeamStage::Lobby { attendance, .. } => attendance,
        _ => Attendance::default(),
    });
    view! {
        <div class="lobby">
            <h1>"You are in."</h1>
            <ul class="rules">
                <li>"Everything you type is seen by the quizmaster as you type it, even what you delete."</li>
                <li>"There is no submit button: whatever stands there when the time is up counts."</li>
                <li>"After some rounds you rate other teams’ answers. Nobody learns whose they are."</li>
                <li>"Closed the browser by accident? Open it again: everything is where it was."</li>
            </ul>
            <Check stage link />
            <h2>"Who is here"</h2>
            <p class="hint">{move || attendance.with(here)}</p>
            <ul class="teams">
                {move || attendance.get().teams.into_iter().map(|team| view! {
                    <li class:online=team.online>{team.name}<span class="visually-hidden">{if team.online { " (here)" } else { " (not here yet)" }}</span></li>
                }).collect::<Vec<_>>()}
            </ul>
        </div>
    }
}

/// How many are here, in a hall too large to list all of them.
fn here(attendance: &Attendance) -> Option<String> {
    (!attendance.is_whole())
        .then(|| format!("{} of {} teams are here; these came last.", attendance.here, attendance.of))
}

/// Shows how well this laptop is connected, and lets it light the team's tile on the big screen.
#[component]
fn Check(stage: Memo<TeamStage>, link: TeamLink) -> impl IntoView {
    let laptop = Memo::new(move |_| link.view.with(|state| state.laptop));
    let line = move || match laptop.get() {
        Some(laptop) => format!(
            "{} ms to the server and back. Its clock agrees with the server’s within {} ms, so you see every question at the same instant as everybody.",
            laptop.delay_ms, laptop.clock_error_ms
        ),
        None => "Measuring how far away the server is…".into(),
    };
    let own = Memo::new(move |_| {
        let name = link.view.with(|state| state.view.own.name.clone());
        stage.with(|stage| match stage {
            TeamStage::Lobby { attendance, .. } => {
                attendance.teams.iter().find(|team| team.name == name).and_then(|team| team.waved)
            }
            _ => None,
        })
    });
    let outcome = move || own.get().map(|_| "Your tile lights up on the big screen. This laptop is ready.");
    view! {
        <section class="check" aria-labelledby="check">
            <h2 id="check">"This laptop"</h2>
            <p>{line}</p>
            <button class="secondary" type="button" on:click=move |_| link.send.run(TeamIntent::Wave)>"Light our tile on the big screen"</button>
            <p class="hint" aria-live="polite">{outcome}</p>
        </section>
    }
}
