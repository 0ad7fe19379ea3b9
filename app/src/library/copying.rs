//! `/control/quizzes/search`: questions of all quizzes, to be copied into one.

use super::cards::{Card, QuestionCard};
use super::{Frame, QuizLine, count};
use leptos::prelude::*;
use protocol::limits;

/// A question that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundQuestion {
    /// Title of its quiz.
    pub quiz: String,
    /// The question.
    pub card: Card,
}

/// What was found, and where it can go.
#[component]
pub fn SearchPage(
    /// What was looked for.
    query: String,
    /// What was found.
    found: Vec<FoundQuestion>,
    /// Whether there is more than is shown.
    more: bool,
    /// Quizzes that questions can be copied into.
    quizzes: Vec<QuizLine>,
) -> impl IntoView {
    let much = count(found.len() as u32, "question");
    let summary = if more { format!("The first {much}; say more to find others.") } else { format!("{much} found.") };
    let is_any = !found.is_empty();
    let most = found.len();
    let rows = found.into_iter().map(|FoundQuestion { quiz, card }| {
        view! { <p class="heading">{quiz}</p><ol class="cards"><QuestionCard card with_solutions=true /></ol> }
    });
    let rows: Vec<_> = rows.collect();
    let choices: Vec<_> = quizzes
        .into_iter()
        .map(|quiz| view! { <option value=quiz.id>{format!("Add to: {}", quiz.title)}</option> })
        .collect();
    view! {
        <Frame heading="Search all questions">
            <form class="tools search" action="/control/quizzes/search" role="search">
                <label class="visually-hidden" for="q">"Words in questions, answers, tags or titles"</label>
                <input id="q" name="q" type="search" value=query.clone() maxlength=limits::TITLE_CHARS />
                <button class="secondary">"Search"</button>
            </form>
            <p class="hint" role="status">{summary}</p>
            {is_any.then(|| view! {
                <form method="post" action="/control/quizzes/search">
                    <div class="sheet take">
                        <label for="into">"Copy into"</label>
                        <select id="into" name="into"><option value="">"A new quiz"</option>{choices}</select>
                        <label for="draw">"How many"</label>
                        <input id="draw" name="draw" type="number" min="1" max=most placeholder="All that are ticked" aria-describedby="drawn" />
                        <p class="hint" id="drawn">"A number draws so many at random from those that are ticked."</p>
                        <input type="hidden" name="title" value=query />
                        <button class="primary" type="submit">"Copy what is ticked"</button>
                    </div>
                    {rows}
                </form>
            })}
        </Frame>
    }
}
