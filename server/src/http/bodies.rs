//! What comes with a request: small, and soon.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tokio::time::timeout;

/// Longest body: a form with names and a password, or a few frames.
const BYTES: usize = 16 * 1_024;
/// How long it may take.
const TIME: Duration = Duration::from_secs(10);

/// Longest body of the quizmaster's: a form with the names of a thousand teams, or ticks at thousands of questions.
const LONG_BYTES: usize = 1024 * 1_024;
/// How long that may take.
const LONG_TIME: Duration = Duration::from_secs(60);
/// What lies below takes its bodies by itself, after it has seen who sends them.
const APART: &str = "/control/quizzes/";

/// Takes the body as a whole before anybody waits for it.
pub async fn take(request: Request, next: Next) -> Response {
    if request.uri().path().starts_with(APART) {
        return next.run(request).await;
    }
    within(BYTES, TIME, request, next).await
}

/// The same for long forms.
pub async fn take_long(request: Request, next: Next) -> Response {
    within(LONG_BYTES, LONG_TIME, request, next).await
}

async fn within(bytes: usize, time: Duration, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match timeout(time, to_bytes(body, bytes)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) => (StatusCode::PAYLOAD_TOO_LARGE, "That is more than any page sends.").into_response(),
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "That took too long.").into_response(),
    }
}
