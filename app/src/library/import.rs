//! `/control/quizzes/import`: a file is brought in, looked at, and only then taken.

use super::cards::{CardRound, Cards};
use super::{Frame, QuizLine, count};
use leptos::prelude::*;
use protocol::limits;

/// The form: a file, or text as people have it.
#[component]
pub fn ImportPage(error: Option<String>) -> impl IntoView {
    view! {
        <Frame heading="Import">
            {error.map(|error| view! { <p class="error" role="alert">{error}</p> })}
            <form class="sheet" method="post" action="/control/quizzes/import" enctype="multipart/form-data">
                <label for="file">"A file"</label>
                <input id="file" name="file" type="file" aria-describedby="formats" />
                <p class="hint" id="formats">
                    "Kahoot’s spreadsheet, Excel, OpenDocument and CSV tables ("<a href="/control/quizzes/template.csv" download>"a template"</a>"), GIFT, Aiken and Moodle XML,
                    OpenTDB (JSON), OpenTriviaQA, and Quizwire’s own archives. Up to "{limits::IMPORT_BYTES >> 20}" MB."
                </p>
                <label for="text">"Or paste text"</label>
                <textarea id="text" name="text" rows="10" spellcheck="false" placeholder=EXAMPLE></textarea>
                <button class="primary" type="submit">"Look at it"</button>
                <p class="hint">"Nothing is kept before you have seen it."</p>
            </form>
        </Frame>
    }
}

const EXAMPLE: &str =
    "1. Which planet is the largest?\na) Mars\n*b) Jupiter\nc) Venus\n\n2. What is the capital of Peru?\nAnswer: Lima";

/// Notes that are shown without being asked for.
const NOTES_OPEN: usize = 12;

/// What came of a file, before it is taken.
#[component]
pub fn PreviewPage(
    /// The address at which it is taken or thrown away.
    address: String,
    /// The file's name.
    file: String,
    /// What its format is called.
    format: String,
    /// Title of the quiz.
    title: String,
    /// Its questions.
    rounds: Vec<CardRound>,
    /// Questions beyond those that are shown; they are taken or not together.
    further: u32,
    /// How many were repaired.
    repaired: u32,
    /// How much was left out.
    left_out: u32,
    /// What was left out and what was done to the file as a whole, in words.
    notes: Vec<String>,
    /// Quizzes that they could be added to.
    quizzes: Vec<QuizLine>,
) -> impl IntoView {
    let shown = rounds.iter().map(|round| round.cards.len()).sum::<usize>() as u32;
    let all = count(shown + further, "question");
    let summary = format!("{file}: {format}. {all}, {repaired} repaired, {left_out} left out.");
    let are_few = notes.len() <= NOTES_OPEN;
    let notes: Vec<_> = notes.into_iter().map(|note| view! { <li>{note}</li> }).collect();
    let choices: Vec<_> = quizzes
        .into_iter()
        .map(|quiz| view! { <option value=quiz.id>{format!("Add to: {}", quiz.title)}</option> })
        .collect();
    let is_any = shown + further > 0;
    view! {
        <Frame heading="Look at it first">
            <p class="lead" role="status">{summary}</p>
            {(!notes.is_empty()).then(|| view! {
                <details class="notes" open=are_few>
                    <summary>"What was not understood, or changed in the whole file"</summary>
                    <ul>{notes}</ul>
                </details>
            })}
            <form method="post" action=address.clone()>
                {is_any.then(|| view! {
                    <div class="sheet take">
                        <label for="title">"Title"</label>
                        <input id="title" name="title" value=title maxlength=limits::TITLE_CHARS required />
                        <label for="into">"Take them into"</label>
                        <select id="into" name="into"><option value="">"A new quiz"</option>{choices}</select>
                        <button class="primary" type="submit">"Take what is ticked"</button>
                    </div>
                })}
                <Cards rounds with_solutions=true />
                {(further > 0).then(|| view! {
                    <p><label><input type="checkbox" name="further" value="1" checked />" "{format!("Take the {further} others, too, which are not shown here")}</label></p>
                })}
            </form>
            <form method="post" action=format!("{address}/drop")><button class="quiet">"Do not take anything"</button></form>
        </Frame>
    }
}
