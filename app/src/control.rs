//! `/control`: the quizmaster logs in and finds the games.

use crate::wordmark::Wordmark;
use leptos::prelude::*;
use protocol::limits;

/// A game in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GameLink {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Whether teams can log in.
    pub is_open: bool,
}

/// The list of games; without one, the login form.
#[component]
pub fn ControlPage(games: Option<Vec<GameLink>>, error: Option<String>) -> impl IntoView {
    view! {
        <main class="card-page">
            <h1><Wordmark /></h1>
            {match games {
                Some(games) => view! { <Games games /> }.into_any(),
                None => view! { <ControlLogin error /> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn ControlLogin(error: Option<String>) -> impl IntoView {
    view! {
        <form class="card" method="post" action="/control/login">
            <h2>"Control panel"</h2>
            {error.map(|error| view! { <p class="error" role="alert">{error}</p> })}
            <input type="text" name="username" value="quizmaster" autocomplete="username" hidden />
            <label for="password">"Password"</label>
            <input id="password" name="password" type="password" autocomplete="current-password" maxlength=limits::PASSWORD_CHARS required autofocus />
            <button class="primary" type="submit">"Log in"</button>
        </form>
        <p class="hint">"The terminal printed this password when the server first started. Playing? "<a href="/">"Team login"</a></p>
    }
}

#[component]
fn Games(games: Vec<GameLink>) -> impl IntoView {
    let rows: Vec<_> = games
        .into_iter()
        .map(|game| {
            let state = if game.is_open { "open" } else { "closed to logins" };
            view! {
                <li>
                    <a class="game" href=format!("/control/games/{}", game.code)>
                        <b>{game.title}</b>
                        <span>{format!("{} · {state}", game.code)}</span>
                    </a>
                    <a class="quiet" href=format!("/screen/{}", game.code) target="_blank">"Big screen"</a>
                </li>
            }
        })
        .collect();
    view! {
        <section class="card">
            <h2>"Games"</h2>
            {rows.is_empty().then(|| view! { <p>"There is no game yet. Make one of a quiz, or try the demo."</p> })}
            <ul class="games">{rows}</ul>
            <a class="primary" href="/control/quizzes">"Quizzes"</a>
            <form method="post" action="/control/demo">
                <button class="secondary" type="submit">"New demo game"</button>
            </form>
        </section>
        <form method="post" action="/control/logout"><button class="quiet" type="submit">"Log out"</button></form>
    }
}
