//! `/control/quizzes`: all quizzes.

use super::{Frame, QuizLine, ago};
use leptos::prelude::*;
use protocol::limits;

/// Which quizzes a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Those at hand.
    Current,
    /// Those put away.
    Archived,
    /// Those deleted, for some days.
    Bin,
}

impl Shelf {
    const ALL: [Self; 3] = [Self::Current, Self::Archived, Self::Bin];

    /// Its name in an address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Archived => "archived",
            Self::Bin => "bin",
        }
    }

    /// The shelf of this name.
    pub fn named(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shelf| shelf.slug() == slug)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Current => "At hand",
            Self::Archived => "Archived",
            Self::Bin => "Bin",
        }
    }

    /// What can be done with a quiz that lies there: where it goes, and what the button says.
    pub fn moves(self) -> &'static [(Self, &'static str)] {
        match self {
            Self::Current => &[(Self::Archived, "Archive"), (Self::Bin, "Delete")],
            Self::Archived => &[(Self::Current, "Bring back"), (Self::Bin, "Delete")],
            Self::Bin => &[(Self::Current, "Bring back")],
        }
    }
}

/// The list of a shelf; the three ways to begin where there is no quiz at all.
#[component]
pub fn LibraryPage(shelf: Shelf, quizzes: Vec<QuizLine>, is_empty: bool) -> impl IntoView {
    let tabs = Shelf::ALL.map(|tab| {
        let current = (tab == shelf).then_some("page");
        view! { <a href=format!("/control/quizzes?shelf={}", tab.slug()) aria-current=current>{tab.name()}</a> }
    });
    let is_bare = quizzes.is_empty();
    let rows: Vec<_> = quizzes.into_iter().map(|quiz| view! { <Row quiz shelf /> }).collect();
    view! {
        <Frame heading="Quizzes">
            {if is_empty {
                view! { <Doors /> }.into_any()
            } else {
                view! {
                    <div class="tools">
                        <form method="post" action="/control/quizzes/new"><button class="primary">"Write a quiz"</button></form>
                        <a class="secondary" href="/control/quizzes/import">"Import"</a>
                        <form class="search" action="/control/quizzes/search" role="search">
                            <label class="visually-hidden" for="q">"Search all questions"</label>
                            <input id="q" name="q" type="search" placeholder="Search all questions" maxlength=limits::TITLE_CHARS />
                            <button class="secondary">"Search"</button>
                        </form>
                    </div>
                    <nav class="tabs" aria-label="Shelves">{tabs}</nav>
                    {is_bare.then(|| view! { <p class="hint">"Nothing lies here."</p> })}
                    {(shelf == Shelf::Bin && !is_bare).then(|| view! { <p class="hint">"What is deleted can be brought back for 30 days."</p> })}
                    <ul class="quizzes">{rows}</ul>
                }.into_any()
            }}
        </Frame>
    }
}

#[component]
fn Row(quiz: QuizLine, shelf: Shelf) -> impl IntoView {
    let address = format!("/control/quizzes/{}", quiz.id);
    let moves = shelf.moves().iter().map(|(to, label)| {
        let name = format!("{label} “{}”", quiz.title);
        view! { <Move id=quiz.id to=*to label name /> }
    });
    let moves: Vec<_> = moves.collect();
    view! {
        <li>
            <a class="quiz" href=address>
                <b>{quiz.title.clone()}</b>
                <span>{quiz.extent()}</span>
                <small>"Changed "{ago(quiz.age_ms)}</small>
            </a>
            {moves}
        </li>
    }
}

/// A button that puts a quiz on another shelf.
#[component]
pub(super) fn Move(id: i64, to: Shelf, label: &'static str, name: String) -> impl IntoView {
    view! {
        <form method="post" action=format!("/control/quizzes/{id}/shelf")>
            <button class="quiet" name="to" value=to.slug() aria-label=name>{label}</button>
        </form>
    }
}

/// A library in which nothing was ever kept.
#[component]
pub fn Doors() -> impl IntoView {
    view! {
        <p class="lead">"No quiz here yet. Three ways to begin:"</p>
        <div class="doors">
            <form method="post" action="/control/quizzes/new">
                <button class="door"><b>"Write"</b><span>"Begin with an empty quiz."</span></button>
            </form>
            <a class="door" href="/control/quizzes/import">
                <b>"Import"</b>
                <span>"Kahoot, Moodle, GIFT, Aiken, Excel, CSV, trivia collections – or paste your text."</span>
            </a>
            <form method="post" action="/control/quizzes/demo">
                <button class="door"><b>"Try the demo"</b><span>"A finished quiz to look at, play and change."</span></button>
            </form>
        </div>
    }
}
