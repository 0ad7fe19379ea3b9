//! Whose connection a request comes over: see [`crate::listener::Guests`].

use crate::app_state::App;
use crate::auth;
use crate::clock;
use crate::listener::Place;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::CookieJar;
use std::sync::Arc;

/// Sessions that are looked up of one browser.
const COOKIES: usize = 4;

/// Notes at the connection's place that it does something, and for whom.
pub async fn note(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(place) = request.extensions().get::<Arc<Place>>().cloned() else { return next.run(request).await };
    place.begin();
    recognise(&app, &place, request.headers()).await;
    let response = next.run(request).await;
    place.end(response.status() == StatusCode::SWITCHING_PROTOCOLS);
    response
}

async fn recognise(app: &App, place: &Place, headers: &HeaderMap) {
    let cookies: Vec<_> = headers.get_all(header::COOKIE).iter().map(|cookie| cookie.as_bytes()).collect();
    if cookies.is_empty() || !place.is_news(auth::digest(&cookies.concat())) {
        return;
    }
    let jar = CookieJar::from_headers(headers);
    for token in auth::tokens(&jar).take(COOKIES) {
        if let Ok(Some(identity)) = app.directory.session(&token, clock::now_ms()).await {
            return place.belongs(identity);
        }
    }
}
