//! What cannot be answered because something failed, most often the database: said, logged, and never taken for "there is
//! nothing".

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why a request cannot be answered.
#[derive(Debug)]
pub struct Failure(anyhow::Error);

/// An answer, or why there is none.
pub type Answer = Result<Response, Failure>;

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        tracing::error!(error = %self.0, "request: failed");
        (StatusCode::INTERNAL_SERVER_ERROR, "Something failed on the server. Try again.").into_response()
    }
}
