//! Rating as only the quizmaster sees it: with names, moving with every click.

use super::DeskLink;
use super::wall::MarkField;
use leptos::prelude::*;
use protocol::view::RatedAnswer;

/// All answers of the round with their stars, while and after they are rated.
#[component]
pub fn Rating(link: DeskLink) -> impl IntoView {
    let rating = Memo::new(move |_| link.view.with(|view| view.rating.clone()));
    move || {
        rating.get().map(|rating| view! {
        <section class="panel ratings" aria-label="Ratings">
            <h2>"Ratings"<small>{format!("{} of {} given", rating.given, rating.dealt)}</small></h2>
            <ul class="secret">{rating.answers.into_iter().map(|answer| view! { <Answer answer link /> }).collect::<Vec<_>>()}</ul>
        </section>
    })
    }
}

#[component]
fn Answer(answer: RatedAnswer, link: DeskLink) -> impl IntoView {
    let stars: Vec<_> =
        answer.stars.iter().map(|stars| if *stars == 0 { "–".to_owned() } else { format!("{stars}★") }).collect();
    view! {
        <li>
            <b>{answer.name}</b>
            <blockquote>{answer.text}</blockquote>
            <span class="given">{stars.join(" ")}</span>
            <MarkField team=answer.team question=answer.question mark=answer.mark link />
        </li>
    }
}
