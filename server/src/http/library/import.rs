//! A file is sent, looked at, and taken or thrown away.

use super::super::failure::Answer;
use super::super::pages::render;
use super::at_hand;
use super::cards::{self, Looks};
use crate::app_state::App;
use crate::library;
use app::Page;
use app::library::{ImportPage, PreviewPage};
use axum::Form;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use protocol::limits;
use quiz::draft::Place;
use quiz::import::{self as importing, Unreadable};
use quiz::media::mime;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::timeout;

/// How long the next piece of a file may take.
const PIECE: Duration = Duration::from_secs(30);
/// Questions that a preview shows; more are taken or not together.
const SHOWN: usize = 1_000;
/// Notes that it shows.
const NOTES: usize = 2_000;
/// The name of text that was typed in.
const PASTED: &str = "Pasted text.txt";

const TOO_LARGE: &str = "That file is too large. Is it a quiz?";
const CUT: &str = "The file did not arrive as a whole. Try again.";
const NOTHING: &str = "Choose a file or paste some text.";
const GONE: &str = "That file is not here any more. Bring it in again.";
const FULL: &str = "That quiz is gone, or would have too many questions. Choose another one.";

/// `GET /control/quizzes/import`
pub async fn form(State(app): State<App>) -> Response {
    said(&app, StatusCode::OK, None).await
}

/// `GET /control/quizzes/template.csv`: a table to fill in.
pub async fn template() -> Response {
    let name = "attachment; filename=quizwire-template.csv";
    ([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, name)], importing::TEMPLATE)
        .into_response()
}

/// `POST /control/quizzes/import`: a file, or text; both go to the disk as they come.
pub async fn upload(State(app): State<App>, mut form: Multipart) -> Answer {
    loop {
        let field = match timeout(PIECE, form.next_field()).await {
            Ok(Ok(Some(field))) => field,
            Ok(Ok(None)) => return Ok(said(&app, StatusCode::UNPROCESSABLE_ENTITY, Some(NOTHING.into())).await),
            Ok(Err(error)) => return Ok(broken(&app, &error).await),
            Err(_) => return Ok(said(&app, StatusCode::REQUEST_TIMEOUT, Some(CUT.into())).await),
        };
        let name = field.file_name().map_or(PASTED, |name| if name.is_empty() { PASTED } else { name }).to_owned();
        let name: String = name.chars().take(limits::FILE_NAME_BYTES).collect();
        let (mut incoming, mut field) = (app.uploads.begin()?, field);
        loop {
            match timeout(PIECE, field.chunk()).await {
                Ok(Ok(Some(piece))) if incoming.write(&piece)? => {}
                Ok(Ok(Some(_))) => return Ok(said(&app, StatusCode::PAYLOAD_TOO_LARGE, Some(TOO_LARGE.into())).await),
                Ok(Ok(None)) => break,
                Ok(Err(error)) => return Ok(broken(&app, &error).await),
                Err(_) => return Ok(said(&app, StatusCode::REQUEST_TIMEOUT, Some(CUT.into())).await),
            }
        }
        if !incoming.is_empty() {
            let key = app.uploads.finish(incoming, name);
            return Ok(Redirect::to(&format!("/control/quizzes/import/{key}")).into_response());
        }
    }
}

async fn broken(app: &App, error: &MultipartError) -> Response {
    let said_why = if error.status() == StatusCode::PAYLOAD_TOO_LARGE { TOO_LARGE } else { CUT };
    said(app, error.status(), Some(said_why.into())).await
}

/// `GET /control/quizzes/import/{key}`: what would come of it.
pub async fn preview(State(app): State<App>, Path(key): Path<String>) -> Answer {
    let Some((file, read)) = app.uploads.read(&key).await? else {
        return Ok(said(&app, StatusCode::NOT_FOUND, Some(GONE.into())).await);
    };
    let (format, import) = match &*read {
        Ok(read) => read,
        Err(unreadable) => {
            app.uploads.remove(&key).await;
            return Ok(said(&app, StatusCode::UNPROCESSABLE_ENTITY, Some(sentence(&file, unreadable))).await);
        }
    };
    let address = format!("/control/quizzes/import/{key}");
    let media = format!("{address}/media");
    let mut looks = Looks { media: &media, ticks: true, editor: None, repairs: cards::repairs(import) };
    let rounds = cards::rounds(&import.draft, &mut looks, SHOWN);
    let further = import.draft.len().saturating_sub(SHOWN) as u32;
    let (repaired, left_out) = (import.repaired_count() as u32, import.left_out_count() as u32);
    let notes = import.notes.iter().filter(|note| note.place.is_none()).map(ToString::to_string).take(NOTES);
    let notes: Vec<_> = notes.collect();
    let (quizzes, title, format) = (at_hand(&app).await?, import.draft.title.clone(), (*format).to_owned());
    let page = move || {
        view! {
            <PreviewPage
                address=address.clone() file=file.clone() format=format.clone() title=title.clone() rounds=rounds.clone()
                further repaired left_out notes=notes.clone() quizzes=quizzes.clone()
            />
        }
    };
    Ok(render(&app, Page::Library, page).await)
}

/// `GET /control/quizzes/import/{key}/media/{name}`: a picture that came with it.
pub async fn media(State(app): State<App>, Path((key, name)): Path<(String, String)>) -> Answer {
    let read = app.uploads.read(&key).await?;
    let import = read.as_ref().and_then(|(_, read)| read.as_ref().as_ref().ok());
    let bytes = import.and_then(|(_, import)| import.media.get(&name)).cloned().unwrap_or_default();
    Ok(match mime(&bytes) {
        Some(kind) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

/// `POST /control/quizzes/import/{key}`: takes what is ticked.
pub async fn take(State(app): State<App>, Path(key): Path<String>, Form(form): Form<Vec<(String, String)>>) -> Answer {
    let read = app.uploads.read(&key).await?;
    let Some(Ok((_, import))) = read.as_ref().map(|(_, read)| &**read) else {
        return Ok(said(&app, StatusCode::NOT_FOUND, Some(GONE.into())).await);
    };
    let mut import = import.clone();
    let value = |name: &str| form.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim());
    let ticked = form.iter().filter(|(field, _)| field == "take").filter_map(|(_, value)| cards::ticked(value));
    let mut ticked: BTreeSet<Place> = ticked.collect();
    if value("further").is_some() {
        ticked.extend(import.draft.questions().map(|(place, _)| place).skip(SHOWN));
    }
    import.draft.pick(|place| ticked.contains(&place));
    if import.draft.is_empty() {
        return Ok(Redirect::to(&format!("/control/quizzes/import/{key}")).into_response());
    }
    if let Some(title) = value("title").filter(|title| !title.is_empty()) {
        import.draft.title = title.chars().take(limits::TITLE_CHARS).collect();
    }
    let bundle = library::keep(&*app.directory, import).await?;
    let id = match value("into").and_then(|into| into.parse().ok()) {
        Some(into) if library::append(&*app.directory, into, &bundle).await? => into,
        Some(_) => return Ok(said(&app, StatusCode::UNPROCESSABLE_ENTITY, Some(FULL.into())).await),
        None => library::add(&*app.directory, bundle).await?,
    };
    app.uploads.remove(&key).await;
    Ok(Redirect::to(&format!("/control/quizzes/{id}")).into_response())
}

/// `POST /control/quizzes/import/{key}/drop`: throws it away.
pub async fn throw_away(State(app): State<App>, Path(key): Path<String>) -> Answer {
    app.uploads.remove(&key).await;
    Ok(Redirect::to("/control/quizzes").into_response())
}

fn sentence(file: &str, unreadable: &Unreadable) -> String {
    format!("“{file}” could not be read: {unreadable}.")
}

async fn said(app: &App, status: StatusCode, error: Option<String>) -> Response {
    let page = render(app, Page::Library, move || view! { <ImportPage error=error.clone() /> }).await;
    (status, page).into_response()
}
