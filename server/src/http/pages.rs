//! The pages: rendered here first, with what `View::default()` shows, and taken over by the browser.

use super::failure::Answer;
use crate::app_state::App;
use crate::auth::{self, DESK_COOKIE, TEAM_COOKIE};
use crate::storage::Identity;
use app::{ControlPage, DeskPage, GameLink, LoginPage, Page, PlayPage, ScreenPage, Shell};
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::Deserialize;

/// Renders a page within its document, with a policy that lets only our own files and the one inline script run.
pub(super) async fn render<V: IntoView + 'static>(
    app: &App,
    page: Page,
    body: impl Fn() -> V + Clone + Send + Sync + 'static,
) -> Response {
    let assets = app.assets.clone();
    let document = move || {
        let nonce = leptos::nonce::use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
        let policy = format!(
            "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; \
             img-src 'self' data: blob:; connect-src 'self' ws: wss:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
             object-src 'none'"
        );
        if let (Some(options), Ok(policy)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&policy)) {
            options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
            options.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        let body = body.clone();
        view! { <Shell page assets=assets.clone() nonce>{body()}</Shell> }
    };
    leptos_axum::render_app_async(document)(Request::new(Body::empty())).await
}

/// `GET /`
pub async fn login(State(app): State<App>, jar: CookieJar) -> Answer {
    // A team of a game that takes no more logins wants to get into another one.
    let game = match auth::identify(&*app.directory, &jar, TEAM_COOKIE).await? {
        Some((Identity::Team { game, .. }, _)) => app.directory.game_by_id(game).await?,
        _ => None,
    };
    match game {
        Some(game) if game.is_open => Ok(Redirect::to("/play").into_response()),
        _ => login_page(&app, String::new(), String::new(), None).await,
    }
}

/// The login form, with what was typed before and what was wrong with it.
pub async fn login_page(app: &App, code: String, name: String, error: Option<String>) -> Answer {
    let open = app.directory.open_games(2).await?.len();
    let page = render(app, Page::Login, move || {
        view! { <LoginPage code=code.clone() name=name.clone() error=error.clone() ask_code={open > 1} /> }
    });
    Ok(page.await)
}

/// `GET /play`
pub async fn play(State(app): State<App>, jar: CookieJar) -> Answer {
    Ok(match auth::identify(&*app.directory, &jar, TEAM_COOKIE).await? {
        Some((Identity::Team { .. }, _)) => {
            render(&app, Page::Play, || view! { <PlayPage link=app::Link::offline() /> }).await
        }
        _ => Redirect::to("/").into_response(),
    })
}

/// `GET /control`
pub async fn control(State(app): State<App>, jar: CookieJar) -> Answer {
    if !is_quizmaster(&app, &jar).await? {
        return Ok(control_login_page(&app, None).await);
    }
    let games = app.directory.games().await?.into_iter();
    let games: Vec<_> =
        games.map(|game| GameLink { code: game.code, title: game.title, is_open: game.is_open }).collect();
    Ok(render(&app, Page::Control, move || view! { <ControlPage games=Some(games.clone()) error=None /> }).await)
}

/// The quizmaster's login form.
pub async fn control_login_page(app: &App, error: Option<String>) -> Response {
    render(app, Page::Control, move || view! { <ControlPage games=None error=error.clone() /> }).await
}

/// `GET /control/games/{code}`
pub async fn desk(State(app): State<App>, Path(code): Path<String>, jar: CookieJar) -> Answer {
    if !is_quizmaster(&app, &jar).await? {
        return Ok(Redirect::to("/control").into_response());
    }
    Ok(match app.directory.game(&code).await? {
        Some(_) => render(&app, Page::Desk, || view! { <DeskPage link=app::Link::offline() /> }).await,
        None => not_found(State(app)).await,
    })
}

/// With what a big screen is opened.
#[derive(Debug, Deserialize)]
pub struct Opening {
    key: Option<String>,
}

/// `GET /screen/{code}`: a screen with the key, or beside an open desk, gets a session, and the bare address. Any other
/// one waits to be let in.
pub async fn screen(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(opening): Query<Opening>,
    jar: CookieJar,
) -> Answer {
    let Some(game) = app.directory.game(&code).await? else { return Ok(not_found(State(app)).await) };
    let (name, screen) = (auth::screen_cookie(&game.code), Identity::Screen { game: game.id });
    let known = auth::identify(&*app.directory, &jar, &name).await?;
    let is_known = known.is_some_and(|(identity, _)| identity == screen);
    let has_key = opening.key.as_ref().is_some_and(|key| app.hub.is_screen_key(game.id, key));
    let bare = Redirect::to(&format!("/screen/{}", game.code));
    if !is_known && (has_key || is_quizmaster(&app, &jar).await?) {
        let cookie = auth::begin(&*app.directory, screen, name).await?;
        return Ok((jar.add(cookie), bare).into_response());
    }
    if opening.key.is_some() {
        return Ok(bare.into_response());
    }
    Ok(render(&app, Page::Screen, || view! { <ScreenPage link=app::Link::offline() /> }).await)
}

/// Whether the browser is logged in as the quizmaster.
pub(super) async fn is_quizmaster(app: &App, jar: &CookieJar) -> sqlx::Result<bool> {
    Ok(matches!(auth::identify(&*app.directory, jar, DESK_COOKIE).await?, Some((Identity::Quizmaster, _))))
}

/// Whatever is not there.
pub async fn not_found(State(app): State<App>) -> Response {
    let page = render(&app, Page::Login, || view! { <app::NotFoundPage /> }).await;
    (StatusCode::NOT_FOUND, page).into_response()
}
