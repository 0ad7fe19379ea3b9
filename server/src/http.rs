//! Everything that is asked over HTTP.

mod bodies;
mod failure;
mod forms;
mod headers;
mod library;
mod pages;
mod pictures;
mod presence;

use crate::app_state::App;
use crate::link::{poll, websocket};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::path::Path as FilePath;
use tower_http::services::ServeDir;

/// All routes.
pub fn router(app: App, site_root: &FilePath) -> Router {
    Router::new()
        .route("/", get(pages::login))
        .route("/login", post(forms::team_login))
        .route("/logout", post(forms::team_logout))
        .route("/play", get(pages::play))
        .route("/control", get(pages::control))
        .route("/control/login", post(forms::desk_login))
        .route("/control/logout", post(forms::desk_logout))
        .route("/control/demo", post(forms::new_demo))
        .route("/control/games/{code}", get(pages::desk))
        .merge(library::router(app.clone()))
        .route("/screen/{code}", get(pages::screen))
        .route("/link/play", get(websocket::play))
        .route("/link/desk/{code}", get(websocket::desk))
        .route("/link/screen/{code}", get(websocket::screen))
        .route("/link/play/poll", post(poll::play))
        .route("/link/desk/{code}/poll", post(poll::desk))
        .route("/link/screen/{code}/poll", post(poll::screen))
        .route("/link/poll/{id}", get(poll::down).post(poll::up))
        .route("/link/poll/{id}/leave", post(poll::leave))
        .route("/media/{id}", get(pictures::open))
        .route("/sealed/{id}", get(pictures::sealed))
        .route("/healthz", get(healthz))
        .fallback_service(
            ServeDir::new(site_root)
                .precompressed_br()
                .append_index_html_on_directories(false)
                .fallback(get(pages::not_found).with_state(app.clone())),
        )
        .layer(middleware::from_fn(bodies::take))
        .layer(middleware::from_fn_with_state(app.clone(), presence::note))
        .layer(middleware::from_fn(headers::add))
        .with_state(app)
}

/// `GET /healthz`: 200 when the database answers.
async fn healthz(State(app): State<App>) -> Response {
    match app.directory.quizmaster().await {
        Ok(_) => "ok\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}
