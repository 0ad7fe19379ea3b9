//! `/control/quizzes/{id}`: a quiz as it will look, and what can be done with it.

use super::cards::{CardRound, Cards};
use super::list::Move;
use super::{Frame, QuizLine, Shelf, ago};
use leptos::prelude::*;
use protocol::limits;

/// Formats that a quiz can be taken out in, by the ending of the file.
const FORMATS: [(&str, &str); 4] =
    [("quizwire", "Quizwire, with everything"), ("gift", "GIFT"), ("xml", "Moodle XML"), ("csv", "Table (CSV)")];

/// A quiz.
#[component]
pub fn QuizPage(
    /// What the list shows of it.
    line: QuizLine,
    /// Words to find it by.
    tags: String,
    /// Where it lies.
    shelf: Shelf,
    /// Its questions.
    rounds: Vec<CardRound>,
    /// What keeps the quiz as a whole from being played, in words.
    faults: Vec<String>,
    /// Questions that have faults of their own.
    faulty: u32,
    /// Whether the last change can be taken back.
    can_undo: bool,
    /// Whether one that was taken back can be made again.
    can_redo: bool,
) -> impl IntoView {
    let address = format!("/control/quizzes/{}", line.id);
    let can_play = faults.is_empty() && faulty == 0;
    let why_not = match faulty {
        0 => faults.first().cloned(),
        1 => Some("One question cannot be played yet; it says why below.".into()),
        many => Some(format!("{many} questions cannot be played yet; they say why below.")),
    };
    let formats = FORMATS
        .map(|(ending, name)| view! { <li><a href=format!("{address}/export.{ending}") download>{name}</a></li> });
    let moves: Vec<_> = shelf
        .moves()
        .iter()
        .map(|(to, label)| view! { <Move id=line.id to=*to label name=(*label).to_owned() /> })
        .collect();
    view! {
        <Frame heading=line.title.clone()>
            <p class="lead">{line.extent()}" "<small>"Changed "{ago(line.age_ms)}</small></p>
            <div class="tools">
                {if can_play {
                    view! { <a class="primary" href=format!("{address}/game")>"Make a game of it"</a> }.into_any()
                } else {
                    view! { <p class="notice">{why_not}</p> }.into_any()
                }}
                <details class="menu">
                    <summary class="secondary">"Take it out"</summary>
                    <ul>{formats}</ul>
                </details>
                <details class="menu">
                    <summary class="secondary">"Print"</summary>
                    <ul>
                        <li><a href=format!("{address}/print?solutions=1")>"With solutions, for the host"</a></li>
                        <li><a href=format!("{address}/print")>"Without solutions"</a></li>
                    </ul>
                </details>
                <form method="post" action=address.clone()>
                    <button class="quiet" name="do" value="undo" disabled=!can_undo>"Undo"</button>
                    <button class="quiet" name="do" value="redo" disabled=!can_redo>"Redo"</button>
                </form>
                <form method="post" action=format!("{address}/copy")><button class="quiet">"Duplicate"</button></form>
                {moves}
            </div>
            <details class="menu">
                <summary class="quiet">"Title and tags"</summary>
                <form class="sheet" method="post" action=address.clone()>
                    <label>"Title"<input name="title" value=line.title.clone() maxlength=limits::TITLE_CHARS required /></label>
                    <label>"Tags, with commas between"<input name="tags" value=tags maxlength=limits::TAGS * limits::TAG_CHARS /></label>
                    <button class="primary" name="do" value="save">"Save"</button>
                </form>
            </details>
            <Cards rounds with_solutions=true />
            <form method="post" action=address><button class="secondary" name="do" value="add_round">"Add a round"</button></form>
        </Frame>
    }
}
