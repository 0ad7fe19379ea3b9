//! `/control/quizzes/{id}/game`: a game of a quiz, with the teams that play it.

use super::{Frame, count};
use leptos::prelude::*;
use protocol::limits;

/// The form: the teams, a line each.
#[component]
pub fn NewGamePage(
    /// Number of the quiz.
    quiz: i64,
    /// Its title.
    title: String,
    /// What was typed before.
    teams: String,
    /// What was wrong with it.
    error: Option<String>,
) -> impl IntoView {
    view! {
        <Frame heading=format!("A game of “{title}”")>
            {error.map(|error| view! { <p class="error" role="alert">{error}</p> })}
            <form class="sheet" method="post" action=format!("/control/quizzes/{quiz}/game")>
                <label for="teams">"Teams, one name a line"</label>
                <textarea id="teams" name="teams" rows="10" spellcheck="false" required aria-describedby="about">{teams}</textarea>
                <p class="hint" id="about">
                    {format!("Up to {} teams, {} letters each. Every team gets a password, which you see once, on the next page.", limits::TEAMS, limits::TEAM_NAME_CHARS)}
                </p>
                <button class="primary" type="submit">"Make the game"</button>
                <p class="hint">"The game keeps the quiz as it is now, whatever you change later."</p>
            </form>
        </Frame>
    }
}

/// The passwords of a game that was just made: a list to print or to copy.
#[component]
pub fn CardsPage(
    /// Code of the game.
    code: String,
    /// Where teams join.
    address: String,
    /// The teams with their passwords.
    teams: Vec<(String, String)>,
) -> impl IntoView {
    let much = count(teams.len() as u32, "team");
    let rows: Vec<_> = teams
        .into_iter()
        .map(|(name, password)| view! { <tr><th scope="row">{name}</th><td><code>{password}</code></td></tr> })
        .collect();
    view! {
        <Frame heading=format!("Game {code}")>
            <p class="notice">"Print this page or copy the list now: the passwords are not shown again."</p>
            <p class="lead">{format!("{much} · join at {address}")}</p>
            <table class="passwords">
                <thead><tr><th scope="col">"Team"</th><th scope="col">"Password"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="tools"><a class="primary" href=format!("/control/games/{code}")>"Go to the desk"</a></div>
        </Frame>
    }
}
