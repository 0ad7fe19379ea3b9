//! The quizmaster's library: quizzes are found, brought in, looked at, printed, and made games of. Plain forms, like the
//! logins: they work before, and without, any script.

mod cards;
mod copying;
mod editor;
mod import;
mod list;
mod new_game;
mod print;
mod quiz;

pub use cards::{Card, CardKey, CardOption, CardRound};
pub use copying::{FoundQuestion, SearchPage};
pub use editor::EditorPage;
pub use import::{ImportPage, PreviewPage};
pub use list::{LibraryPage, Shelf};
pub use new_game::{CardsPage, NewGamePage};
pub use print::PrintPage;
pub use quiz::QuizPage;

use crate::wordmark::Wordmark;
use leptos::prelude::*;

/// A quiz in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizLine {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// How many rounds it has.
    pub rounds: u32,
    /// How many questions.
    pub questions: u32,
    /// How long its questions take together, in seconds.
    pub seconds: i64,
    /// How long ago it was changed, in milliseconds.
    pub age_ms: i64,
}

impl QuizLine {
    /// How much is in it, in words.
    pub fn extent(&self) -> String {
        let minutes = (self.seconds + 59) / 60;
        format!(
            "{} · {} · {}",
            count(self.rounds, "round"),
            count(self.questions, "question"),
            count(u32::try_from(minutes).unwrap_or(u32::MAX), "minute")
        )
    }
}

/// `1 round`, `2 rounds`.
pub fn count(number: u32, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// How long ago something was.
fn ago(age_ms: i64) -> String {
    let minutes = u32::try_from(age_ms / 60_000).unwrap_or_default();
    match minutes {
        0 => "just now".into(),
        1..=59 => format!("{} ago", count(minutes, "minute")),
        60..=1_439 => format!("{} ago", count(minutes / 60, "hour")),
        _ => format!("{} ago", count(minutes / 1_440, "day")),
    }
}

/// What all pages of the library have around them.
#[component]
fn Frame(
    /// What the page is about.
    #[prop(into)]
    heading: String,
    children: Children,
) -> impl IntoView {
    view! {
        <header class="bar">
            <a href="/control" class="home" aria-label="Control panel"><Wordmark /></a>
            <nav aria-label="Control panel"><a href="/control">"Games"</a><a href="/control/quizzes">"Quizzes"</a></nav>
        </header>
        <main class="library">
            <h1>{heading}</h1>
            {children()}
        </main>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_much_and_how_long_ago_in_words() {
        let line = QuizLine { id: 1, title: String::new(), rounds: 1, questions: 12, seconds: 61, age_ms: 0 };
        assert_eq!(line.extent(), "1 round · 12 questions · 2 minutes");
        assert_eq!(
            [0, 59_999, 60_000, 3_599_999, 3_600_000, 86_400_000 * 3, -5].map(ago),
            ["just now", "just now", "1 minute ago", "59 minutes ago", "1 hour ago", "3 days ago", "just now"]
        );
    }
}
