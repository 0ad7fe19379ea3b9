//! After a question: what the team wrote, what was right, where it stands.

use super::TeamLink;
use crate::leaderboard::Leaderboard;
use crate::points::points;
use crate::question::{Options, QuestionCard, SolutionCard};
use crate::scene::{picture, standings};
use crate::words;
use leptos::prelude::*;
use protocol::question::{Field, Question, Solution};
use protocol::view::TeamStage;

/// The team's own answer in words.
fn own_words(question: &Question, link: TeamLink) -> impl Fn() -> String + Clone + Send + use<> {
    let options = match &question.field {
        Field::OneChoice { options } | Field::SeveralChoices { options } => options.clone(),
        _ => Vec::new(),
    };
    move || {
        let content = link.view.with(|state| state.content.clone());
        let ticked: Vec<_> =
            content.choices.iter().filter_map(|option| options.get(usize::from(option)).cloned()).collect();
        match (ticked.is_empty(), content.text.trim()) {
            (false, _) => ticked.join(", "),
            (true, "") => "nothing".to_owned(),
            (true, text) => text.to_owned(),
        }
    }
}

/// Time is up.
#[component]
pub fn Closed(question: Question, stage: Memo<TeamStage>, link: TeamLink) -> impl IntoView {
    let yours = own_words(&question, link);
    let collecting = move || matches!(stage.get(), TeamStage::Closed { collecting: true, .. });
    let heading = question.heading;
    let then = if heading.number < heading.of {
        format!("Next: question {} of {}.", heading.number + 1, heading.of)
    } else {
        "That was the last question of this round.".to_owned()
    };
    view! {
        <div class="waiting">
            <h1>"Time."</h1>
            <p class="lead">"Yours: "<q>{yours}</q></p>
            <p class="hint">{move || if collecting() { "Collecting what is still under way…" } else { "It is in." }}" "{then}</p>
        </div>
    }
}

/// The solution, and what the own answer was worth.
#[component]
pub fn Solved(question: Question, solution: Solution, stage: Memo<TeamStage>, link: TeamLink) -> impl IntoView {
    let yours = own_words(&question, link);
    // Followed, because the quizmaster may correct it while it is shown.
    let own = Memo::new(move |_| match stage.get() {
        TeamStage::Solution { own, .. } => Some(own),
        _ => None,
    });
    let full = move || own.with(|own| own.as_ref().is_some_and(|own| own.cents == Some(own.of)));
    let (field, right) = (question.field.clone(), Some(solution.right.clone()));
    view! {
        <section class="shown">
            <QuestionCard question picture=picture(stage) />
            <Options field right />
            <SolutionCard solution />
            <div class="own-answer" class:full=full>
                <p>"Yours: "<q>{yours}</q></p>
                {move || own.get().map(|own| view! { <p class="points">{words::mark(&own)}<span>{words::reason(&own)}</span></p> })}
            </div>
        </section>
    }
}

/// The leaderboard with the own team marked, and the own marks of the round.
#[component]
pub fn Board(stage: Memo<TeamStage>, is_end: bool, link: TeamLink) -> impl IntoView {
    let standings = standings(stage);
    let own = link.view.with_untracked(|state| state.view.own.team);
    let place = move || {
        let standing = standings.get().into_iter().find(|standing| Some(standing.team) == own);
        standing.map(|standing| format!("Place {} with {} points", standing.place, points(standing.cents)))
    };
    let marks = move || match stage.get() {
        TeamStage::Scores { own, .. } => own,
        _ => Vec::new(),
    };
    let rows = move || {
        marks().into_iter().map(|(prompt, own)| view! {
        <li><span class="prompt">{prompt}</span><b>{words::mark(&own)}</b><span class="why">{words::reason(&own)}</span></li>
    }).collect::<Vec<_>>()
    };
    view! {
        <section class="board">
            <p class="heading">{if is_end { "The end" } else { "Scores" }}</p>
            <h1>{place}</h1>
            <Leaderboard standings own />
            <ul class="marks">{rows}</ul>
        </section>
    }
}
