//! Rating as only the quizmaster sees it: with names, moving with every click.

use super::DeskLink;
use super::history::HistoryButton;
use super::mark::MarkField;
use leptos::prelude::*;
use protocol::ids::{QuestionId, TeamId};
use protocol::view::RatedAnswer;

/// All answers of the round with their stars, while and after they are rated.
#[component]
pub fn Rating(link: DeskLink) -> impl IntoView {
    let given = Memo::new(move |_| {
        link.view.with(|view| view.rating.as_ref().map(|rating| format!("{} of {} given", rating.given, rating.dealt)))
    });
    let answers = Memo::new(move |_| {
        link.view.with(|view| {
            let answers = view.rating.iter().flat_map(|rating| &rating.answers);
            answers.map(|answer| (answer.team, answer.question)).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="panel ratings" aria-label="Ratings" hidden=move || given.with(Option::is_none)>
            <h2>"Ratings"<small>{given}</small></h2>
            <ul class="secret">
                <For each=move || answers.get() key=|answer| *answer let((team, question))><Answer team question link /></For>
            </ul>
        </section>
    }
}

#[component]
fn Answer(team: TeamId, question: QuestionId, link: DeskLink) -> impl IntoView {
    let answer = Memo::new(move |_| {
        link.view.with(|view| {
            let mut answers = view.rating.iter().flat_map(|rating| &rating.answers);
            answers.find(|answer| (answer.team, answer.question) == (team, question)).cloned()
        })
    });
    let text = move |of: fn(&RatedAnswer) -> String| answer.with(|answer| answer.as_ref().map(of));
    let mark = Memo::new(move |_| answer.with(|answer| answer.as_ref().map(|answer| answer.mark.clone())));
    view! {
        <li>
            <b>{move || text(|answer| answer.name.clone())}</b>
            <blockquote>{move || text(|answer| answer.text.clone())}</blockquote>
            <span class="given">{move || text(stars)}</span>
            <MarkField team question mark link />
            <HistoryButton team question link />
        </li>
    }
}

fn stars(answer: &RatedAnswer) -> String {
    let star = |stars: &u8| if *stars == 0 { "–".to_owned() } else { format!("{stars}★") };
    answer.stars.iter().map(star).collect::<Vec<_>>().join(" ")
}
