//! Logging in: plain forms that work before, and without, any script.

use crate::wordmark::Wordmark;
use leptos::prelude::*;
use protocol::limits;

/// `/`: a team logs in.
#[component]
pub fn LoginPage(code: String, name: String, error: Option<String>, ask_code: bool) -> impl IntoView {
    let failed = error.is_some();
    view! {
        <main class="card-page">
            <h1><Wordmark /></h1>
            <form class="card" method="post" action="/login">
                {error.map(|error| view! { <p class="error" role="alert" id="error">{error}</p> })}
                {ask_code.then(|| view! {
                    <label for="code">"Game code"</label>
                    <input id="code" name="code" value=code autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength=limits::CODE_CHARS required />
                })}
                <label for="name">"Team name"</label>
                <input id="name" name="name" value=name autocomplete="username" spellcheck="false" maxlength=limits::TEAM_NAME_CHARS required autofocus=!failed />
                <label for="password">"Password"</label>
                <input id="password" name="password" type="password" autocomplete="current-password" maxlength=limits::PASSWORD_CHARS required autofocus=failed />
                <button class="primary" type="submit">"Log in"</button>
            </form>
            <p class="hint">"Your card has the team name and the password. Quizmaster? "<a href="/control">"Control panel"</a></p>
        </main>
    }
}

/// An address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <main class="card-page">
            <h1><Wordmark /></h1>
            <div class="card">
                <p>"There is nothing at this address. Check the game code, or start over."</p>
                <a class="primary" href="/">"To the login"</a>
            </div>
        </main>
    }
}
