//! Earlier questions: any mark can still be looked at and changed.

use super::DeskLink;
use super::history::HistoryButton;
use super::mark::MarkField;
use super::reveal::Spread;
use leptos::prelude::*;
use protocol::client::FromDesk;
use protocol::ids::{QuestionId, TeamId};
use protocol::view;

/// A choice of the questions that are over, and the answers to the chosen one.
#[component]
pub fn Review(link: DeskLink) -> impl IntoView {
    let over = Memo::new(move |_| link.view.with(|view| view.over.clone()));
    let review = Memo::new(move |_| link.view.with(|view| view.review.clone()));
    let choose = move |event| {
        let question = event_target_value(&event).parse().ok().map(QuestionId);
        link.send.run(FromDesk::Review(question));
    };
    let options = move || {
        let chosen = review.with(|review| review.as_ref().map(|review| review.question));
        let option = |(id, prompt): (QuestionId, String)| {
            view! { <option value=id.0.to_string() selected={chosen == Some(id)}>{prompt}</option> }
        };
        over.get().into_iter().map(option).collect::<Vec<_>>()
    };
    let reveal = Memo::new(move |_| review.with(|review| review.as_ref().and_then(|review| review.reveal.clone())));
    let rows = Memo::new(move |_| {
        review.with(|review| {
            let rows = review.iter().flat_map(|review| review.rows.iter().map(|(team, ..)| (review.question, *team)));
            rows.collect::<Vec<_>>()
        })
    });
    view! {
        <section class="panel review" aria-label="Earlier questions" hidden=move || over.with(Vec::is_empty)>
            <h2><label for="review">"Earlier questions"</label></h2>
            <select id="review" on:change=choose>
                <option value="">"Choose one to see or change its marks"</option>
                {options}
            </select>
            <Spread reveal />
            <ul class="secret">
                <For each=move || rows.get() key=|row| *row let((question, team))><Row question team review link /></For>
            </ul>
        </section>
    }
}

#[component]
fn Row(question: QuestionId, team: TeamId, review: Memo<Option<view::Review>>, link: DeskLink) -> impl IntoView {
    let row = Memo::new(move |_| {
        review.with(|review| {
            let mut rows = review.iter().flat_map(|review| &review.rows);
            rows.find(|(of, ..)| *of == team).cloned()
        })
    });
    let mark = Memo::new(move |_| row.with(|row| row.as_ref().map(|(.., mark)| mark.clone())));
    view! {
        <li>
            <b>{move || row.with(|row| row.as_ref().map(|(_, name, ..)| name.clone()))}</b>
            <span class="text">{move || row.with(|row| row.as_ref().map(|(_, _, text, _)| text.clone()))}</span>
            <MarkField team question mark link />
            <HistoryButton team question link />
        </li>
    }
}
