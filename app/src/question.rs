//! A question and its solution, as everybody reads them.

use leptos::prelude::*;
use protocol::question::{Field, Heading, Picture, Question, Solution};

/// "Round · question 3 of 5 · 10 points".
pub fn heading_line(heading: &Heading) -> String {
    format!("{} · question {} of {} · {} points", heading.round, heading.number, heading.of, heading.points)
}

/// Heading, prompt and picture. The picture may come after the rest.
#[component]
pub fn QuestionCard(question: Question, #[prop(into)] picture: Signal<Option<Picture>>) -> impl IntoView {
    let picture = move || {
        picture.get().map(|Picture { url, description }| match url.is_empty() {
            true => view! { <p class="picture coming">"The picture is on its way…"</p> }.into_any(),
            false => view! { <img class="picture" src=url alt=description decoding="sync" /> }.into_any(),
        })
    };
    view! {
        <div class="question">
            <p class="heading">{heading_line(&question.heading)}</p>
            <h1 class="prompt">{question.prompt}</h1>
            {picture}
        </div>
    }
}

/// The options of a choice to look at, the right ones marked once there is a solution.
#[component]
pub fn Options(field: Field, #[prop(optional_no_strip)] right: Option<Vec<u8>>) -> impl IntoView {
    let options = match field {
        Field::OneChoice { options } | Field::SeveralChoices { options } => options,
        _ => Vec::new(),
    };
    let shown = right.is_some();
    let right = right.unwrap_or_default();
    let items: Vec<_> = options
        .into_iter()
        .zip(0u8..)
        .map(|(text, index)| {
            let is_right = right.contains(&index);
            view! {
                <li class:right=is_right class:wrong=shown && !is_right>
                    <span class="letter" aria-hidden="true">{char::from(b'A' + index).to_string()}</span>
                    <span>{text}</span>
                    {is_right.then(|| view! { <span class="tick">"✓"<span class="visually-hidden">" right"</span></span> })}
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| view! { <ol class="options">{items}</ol> })
}

/// The solution with its reason.
#[component]
pub fn SolutionCard(solution: Solution) -> impl IntoView {
    view! {
        <div class="solution">
            <p class="label">"Solution"</p>
            <p class="answer">{solution.text}</p>
            {solution.explanation.map(|explanation| view! { <p class="why">{explanation}</p> })}
        </div>
    }
}
