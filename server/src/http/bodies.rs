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

/// Takes the body as a whole before anybody waits for it.
pub async fn take(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match timeout(TIME, to_bytes(body, BYTES)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) => (StatusCode::PAYLOAD_TOO_LARGE, "That is more than any page sends.").into_response(),
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "That took too long.").into_response(),
    }
}
