//! Plain forms: logging in and out, and a new demo game.

use super::failure::Answer;
use super::pages;
use crate::app_state::App;
use crate::auth::{self, DESK_COOKIE, TEAM_COOKIE};
use crate::storage::{Identity, TeamRow, name_key};
use crate::{demo, origin};
use axum::Form;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use protocol::limits;
use serde::Deserialize;
use std::net::SocketAddr;

const WRONG: &str =
    "That team name and password do not match. Check both on your card; ask the quizmaster if it goes on.";
const WRONG_DESK: &str = "That is not the quizmaster's password. It was printed when the server first started; “quizwire password reset” sets a new one.";
const TOO_OFTEN: &str = "Too many attempts. Wait a minute, then try again.";
const NO_GAME: &str = "No game is open right now. Ask the quizmaster.";
const WHICH_GAME: &str = "More than one game is open. Type the game code from the big screen.";

/// The name under which attempts to be the quizmaster are counted; a team's has no line break.
const QUIZMASTER: &str = "\n";

/// What a team types.
#[derive(Debug, Deserialize)]
pub struct TeamLogin {
    #[serde(default)]
    code: String,
    name: String,
    password: String,
}

/// What the quizmaster types.
#[derive(Debug, Deserialize)]
pub struct DeskLogin {
    password: String,
}

/// A form of another site is refused; a browser names the origin of every form it posts.
pub(super) fn is_foreign(app: &App, headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN) && !origin::is_allowed(headers, &app.origins)
}

/// What such a form gets.
pub(super) fn refused() -> Response {
    (StatusCode::FORBIDDEN, "This form does not belong to this server.").into_response()
}

/// `POST /login`
pub async fn team_login(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    jar: CookieJar,
    headers: HeaderMap,
    Form(form): Form<TeamLogin>,
) -> Answer {
    if is_foreign(&app, &headers) {
        return Ok(refused());
    }
    let again = |app: App, status, error: &'static str, form: TeamLogin| async move {
        Ok((status, pages::login_page(&app, form.code, form.name, Some(error.into())).await?).into_response())
    };
    let is_long = |text: &str, most: usize| text.chars().count() > most;
    if is_long(&form.code, limits::CODE_CHARS) || is_long(&form.name, limits::TEAM_NAME_CHARS) {
        let empty = TeamLogin { code: String::new(), name: String::new(), password: String::new() };
        return again(app, StatusCode::UNAUTHORIZED, WRONG, empty).await;
    }
    // As names are compared, so that another way of writing one is not another try.
    let key = name_key(&form.name);
    if !app.attempts.allow(&key, peer.ip()) {
        return again(app, StatusCode::TOO_MANY_REQUESTS, TOO_OFTEN, form).await;
    }
    let team = match find_team(&app, &form).await? {
        Ok(team) => team,
        Err(error) => {
            app.attempts.forgive(&key, peer.ip());
            return again(app, StatusCode::UNPROCESSABLE_ENTITY, error, form).await;
        }
    };
    let hash = team.as_ref().map(|team| team.password_hash.clone());
    let is_right = auth::verify(form.password.clone(), hash).await?;
    let Some(team) = team.filter(|_| is_right) else {
        app.attempts.failed(peer.ip());
        return again(app, StatusCode::UNAUTHORIZED, WRONG, form).await;
    };
    app.attempts.forgive(&key, peer.ip());
    let identity = Identity::Team { team: team.id, game: team.game };
    let cookie = auth::begin(&*app.directory, identity, TEAM_COOKIE.into()).await?;
    Ok((jar.add(cookie), Redirect::to("/play")).into_response())
}

/// The team that is meant; an error when the game is not clear.
async fn find_team(app: &App, form: &TeamLogin) -> sqlx::Result<Result<Option<TeamRow>, &'static str>> {
    let game = match form.code.trim() {
        "" => match app.directory.open_games(2).await?.as_slice() {
            [_, _, ..] => return Ok(Err(WHICH_GAME)),
            games => games.first().cloned(),
        },
        code => app.directory.game(code).await?.filter(|game| game.is_open),
    };
    match game {
        Some(game) => app.directory.team(game.id, &form.name).await.map(Ok),
        None if app.directory.open_games(1).await?.is_empty() => Ok(Err(NO_GAME)),
        None => Ok(Ok(None)),
    }
}

/// `POST /logout`
pub async fn team_logout(State(app): State<App>, jar: CookieJar, headers: HeaderMap) -> Answer {
    logout(app, jar, headers, TEAM_COOKIE, "/").await
}

/// `POST /control/logout`
pub async fn desk_logout(State(app): State<App>, jar: CookieJar, headers: HeaderMap) -> Answer {
    logout(app, jar, headers, DESK_COOKIE, "/control").await
}

async fn logout(app: App, jar: CookieJar, headers: HeaderMap, name: &'static str, to: &'static str) -> Answer {
    if is_foreign(&app, &headers) {
        return Ok(refused());
    }
    if let Some((_, session)) = auth::identify(&*app.directory, &jar, name).await? {
        app.directory.end_session(&session).await?;
        // Nobody listening is no fault: the team's pages may all be closed.
        let _ = app.revoked.send(session);
    }
    Ok((jar.add(auth::removal(name)), Redirect::to(to)).into_response())
}

/// `POST /control/login`
pub async fn desk_login(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    jar: CookieJar,
    headers: HeaderMap,
    Form(form): Form<DeskLogin>,
) -> Answer {
    if is_foreign(&app, &headers) {
        return Ok(refused());
    }
    if !app.attempts.allow(QUIZMASTER, peer.ip()) {
        let page = pages::control_login_page(&app, Some(TOO_OFTEN.into())).await;
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    let hash = app.directory.quizmaster().await?;
    if !auth::verify(form.password.trim().to_owned(), hash).await? {
        app.attempts.failed(peer.ip());
        let page = pages::control_login_page(&app, Some(WRONG_DESK.into())).await;
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    }
    app.attempts.forgive(QUIZMASTER, peer.ip());
    let cookie = auth::begin(&*app.directory, Identity::Quizmaster, DESK_COOKIE.into()).await?;
    Ok((jar.add(cookie), Redirect::to("/control")).into_response())
}

/// `POST /control/demo`: a fresh demo game; earlier ones take no more logins.
pub async fn new_demo(State(app): State<App>, jar: CookieJar, request: Request) -> Answer {
    if is_foreign(&app, request.headers()) {
        return Ok(refused());
    }
    let to = match auth::identify(&*app.directory, &jar, DESK_COOKIE).await? {
        Some((Identity::Quizmaster, _)) => format!("/control/games/{}", demo::create(&*app.directory).await?),
        _ => "/control".to_owned(),
    };
    Ok(Redirect::to(&to).into_response())
}
