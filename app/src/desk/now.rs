//! What is on and what is next.

use super::DeskLink;
use super::reveal::{Spread, Waiting};
use crate::countdown::{CountIn, Countdown};
use crate::question::{Options, QuestionCard};
use crate::words;
use leptos::prelude::*;
use protocol::question::Field;
use protocol::view::DeskQuestion;

/// What is on, with its clock.
#[component]
pub fn Now(link: DeskLink) -> impl IntoView {
    let now = Memo::new(move |_| link.view.with(|view| view.now));
    let clock = Memo::new(move |_| link.view.with(|view| view.clock));
    let reveal_ms = Memo::new(move |_| link.view.with(|view| view.reveal_ms));
    let reveal = Memo::new(move |_| link.view.with(|view| view.reveal.clone()));
    let current = Memo::new(move |_| link.view.with(|view| view.current.clone()));
    view! {
        <section class="panel now" aria-label="Now">
            <div class="now-line">
                <h2>{move || words::moment(now.get())}</h2>
                <Show when=move || clock.get().is_some()><Countdown clock now_ms=link.now_ms /></Show>
                <Show when=move || reveal_ms.get().is_some()><CountIn reveal_ms now_ms=link.now_ms /></Show>
            </div>
            <Waiting link />
            <Spread reveal />
            <div class="secret">{move || current.get().map(|question| view! { <Preview question /> })}</div>
        </section>
    }
}

/// What "Open question" opens.
#[component]
pub fn Next(link: DeskLink) -> impl IntoView {
    let next = Memo::new(move |_| link.view.with(|view| view.next.clone()));
    view! {
        <section class="panel next" aria-label="Next question">
            <h2>"Next question"</h2>
            <div class="secret">
                {move || match next.get() {
                    Some(question) => view! { <Preview question /> }.into_any(),
                    None => view! { <p class="hint">"None: this is the last one."</p> }.into_any(),
                }}
            </div>
        </section>
    }
}

#[component]
fn Preview(question: DeskQuestion) -> impl IntoView {
    let DeskQuestion { question, solution, note } = question;
    let is_rated = question.field == Field::LongText;
    let picture = question.picture.clone();
    let (field, right) = (question.field.clone(), Some(solution.right));
    view! {
        <QuestionCard question picture=Signal::stored(picture) />
        <Options field right />
        <p class="key"><b>{if is_rated { "Raters judge: " } else { "Solution: " }}</b>{solution.text}</p>
        {note.map(|note| view! { <p class="note">{note}</p> })}
    }
}
