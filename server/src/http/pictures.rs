//! Pictures, in the open and sealed.

use super::failure::Answer;
use crate::app_state::App;
use crate::pictures::{Found, Picture};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use protocol::seal;

/// `GET /sealed/{id}`: a picture that cannot be seen before its question opens, to be fetched ahead.
pub async fn sealed(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let make = async {
        let Some((bytes, key)) = app.directory.sealed_media(&id).await? else { return Ok(None) };
        let sealed = tokio::task::spawn_blocking(move || seal::seal(&key, &bytes)).await?;
        Ok(Some(Picture { mime: "application/octet-stream".into(), bytes: sealed.into() }))
    };
    answer(app.pictures.get(format!("/sealed/{id}"), make).await)
}

/// `GET /media/{id}`: a picture, under an address nobody can guess before its question opens.
pub async fn open(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let make = async {
        let found = app.directory.media(&id).await?;
        Ok(found.map(|(mime, bytes)| Picture { mime, bytes: bytes.into() }))
    };
    answer(app.pictures.get(format!("/media/{id}"), make).await)
}

fn answer(found: anyhow::Result<Found>) -> Answer {
    Ok(match found? {
        Some(Picture { mime, bytes }) => {
            let kept = "private, max-age=86400, immutable";
            ([(header::CONTENT_TYPE, mime), (header::CACHE_CONTROL, kept.into())], bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    })
}
