//! `/control/quizzes/{id}/print`: a quiz on paper, for a host who reads from it.

use super::cards::{CardRound, Cards};
use leptos::prelude::*;

/// All questions, with or without their solutions.
#[component]
pub fn PrintPage(title: String, rounds: Vec<CardRound>, with_solutions: bool) -> impl IntoView {
    view! {
        <main class="library paper">
            <h1>{title}</h1>
            <Cards rounds with_solutions />
        </main>
    }
}
