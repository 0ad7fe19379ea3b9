//! Earlier questions: any mark can still be looked at and changed.

use super::DeskLink;
use super::wall::MarkField;
use leptos::prelude::*;
use protocol::client::FromDesk;
use protocol::ids::QuestionId;

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
    let rows = move || {
        let review = review.get()?;
        let rows = review.rows.into_iter().map(|(team, name, text, mark)| {
            view! {
                <li>
                    <b>{name}</b>
                    <span class="text">{text}</span>
                    <MarkField team question=review.question mark link />
                </li>
            }
        });
        Some(view! { <ul class="secret">{rows.collect::<Vec<_>>()}</ul> })
    };
    view! {
        <section class="panel review" aria-label="Earlier questions" hidden=move || over.with(Vec::is_empty)>
            <h2><label for="review">"Earlier questions"</label></h2>
            <select id="review" on:change=choose>
                <option value="">"Choose one to see or change its marks"</option>
                {options}
            </select>
            {rows}
        </section>
    }
}
