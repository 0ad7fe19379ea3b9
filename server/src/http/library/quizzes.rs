//! The list, and a quiz.

use super::super::failure::Answer;
use super::super::pages::{not_found, render};
use super::cards::{self, Looks};
use super::{LISTED, line};
use crate::app_state::App;
use crate::storage::{self, StoredQuiz};
use crate::{clock, demo, library};
use app::Page;
use app::library::{CardRound, LibraryPage, PrintPage, QuizPage, Shelf};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use quiz::draft::{Draft, Round};
use quiz::media;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which list.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    shelf: String,
}

/// How a quiz is printed.
#[derive(Debug, Deserialize)]
pub struct Printed {
    solutions: Option<String>,
}

/// Where a quiz is put.
#[derive(Debug, Deserialize)]
pub struct Move {
    to: String,
}

fn stored(shelf: Shelf) -> storage::Shelf {
    match shelf {
        Shelf::Current => storage::Shelf::Current,
        Shelf::Archived => storage::Shelf::Archived,
        Shelf::Bin => storage::Shelf::Bin,
    }
}

fn shown(shelf: storage::Shelf) -> Shelf {
    match shelf {
        storage::Shelf::Current => Shelf::Current,
        storage::Shelf::Archived => Shelf::Archived,
        storage::Shelf::Bin => Shelf::Bin,
    }
}

/// `GET /control/quizzes`
pub async fn list(State(app): State<App>, Query(which): Query<Which>) -> Answer {
    app.directory.empty_bin(clock::now_ms()).await?;
    let shelf = Shelf::named(&which.shelf).unwrap_or(Shelf::Current);
    let quizzes: Vec<_> = app.directory.quizzes(stored(shelf), LISTED).await?.into_iter().map(line).collect();
    let is_empty = app.directory.quiz_count().await? == 0;
    let page = move || view! { <LibraryPage shelf quizzes=quizzes.clone() is_empty /> };
    Ok(render(&app, Page::Library, page).await)
}

/// `POST /control/quizzes/new`: an empty quiz.
pub async fn new(State(app): State<App>) -> Answer {
    let round = Round { title: "Round 1".into(), ..Round::default() };
    let draft = Draft { title: "New quiz".into(), rounds: vec![round], ..Draft::default() };
    let id = app.directory.add_quiz(&draft, &BTreeMap::new(), clock::now_ms()).await?;
    Ok(Redirect::to(&format!("/control/quizzes/{id}")).into_response())
}

/// `POST /control/quizzes/demo`: the demo's quiz, to look at and to change.
pub async fn demo(State(app): State<App>) -> Answer {
    let bundle = library::keep(&*app.directory, demo::import()?).await?;
    let id = library::add(&*app.directory, bundle).await?;
    Ok(Redirect::to(&format!("/control/quizzes/{id}")).into_response())
}

/// `GET /control/quizzes/{id}`
pub async fn show(State(app): State<App>, Path(id): Path<i64>) -> Answer {
    let Some(quiz) = app.directory.quiz(id).await? else { return Ok(not_found(State(app)).await) };
    let faults = quiz.draft.faults();
    let faulty: std::collections::BTreeSet<_> = faults.iter().filter_map(|fault| fault.place).collect();
    let whole: Vec<_> =
        faults.iter().filter(|fault| fault.place.is_none()).map(|fault| fault.kind.to_string()).collect();
    let (rounds, shelf, faulty) = (rounds(&quiz, true), shown(quiz.row.shelf), faulty.len() as u32);
    let (tags, can_undo, can_redo) = (quiz.draft.tags.join(", "), quiz.can_undo, quiz.can_redo);
    let line = line(quiz.row);
    let page = move || {
        view! {
            <QuizPage
                line=line.clone() tags=tags.clone() shelf rounds=rounds.clone() faults=whole.clone() faulty can_undo
                can_redo
            />
        }
    };
    Ok(render(&app, Page::Library, page).await)
}

/// `POST /control/quizzes/{id}/copy`
pub async fn copy(State(app): State<App>, Path(id): Path<i64>) -> Answer {
    let Some(quiz) = app.directory.quiz(id).await? else { return Ok(not_found(State(app)).await) };
    let id = library::duplicate(&*app.directory, quiz).await?;
    Ok(Redirect::to(&format!("/control/quizzes/{id}")).into_response())
}

/// `POST /control/quizzes/{id}/shelf`
pub async fn shelve(State(app): State<App>, Path(id): Path<i64>, Form(form): Form<Move>) -> Answer {
    let Some(to) = Shelf::named(&form.to) else { return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response()) };
    app.directory.shelve_quiz(id, stored(to), clock::now_ms()).await?;
    Ok(Redirect::to("/control/quizzes").into_response())
}

/// `GET /control/quizzes/{id}/print`
pub async fn print(State(app): State<App>, Path(id): Path<i64>, Query(printed): Query<Printed>) -> Answer {
    let Some(quiz) = app.directory.quiz(id).await? else { return Ok(not_found(State(app)).await) };
    let (rounds, with_solutions, title) = (rounds(&quiz, false), printed.solutions.is_some(), quiz.row.title);
    let page = move || view! { <PrintPage title=title.clone() rounds=rounds.clone() with_solutions /> };
    Ok(render(&app, Page::Library, page).await)
}

/// `GET /control/quizzes/{id}/media/{name}`: a file of a quiz. It can do nothing but be seen.
pub async fn media(State(app): State<App>, Path((id, name)): Path<(i64, String)>) -> Answer {
    let quiz = app.directory.quiz(id).await?;
    let Some(hash) = quiz.and_then(|quiz| quiz.media.get(&name).copied()) else {
        return Ok(not_found(State(app)).await);
    };
    let bytes = app.directory.file(&hash).await?.unwrap_or_default();
    Ok(match media::mime(&bytes) {
        Some(kind) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

/// `GET /control/quizzes/{id}/export.{ending}`: the quiz as a file of that format.
pub async fn export(State(app): State<App>, Path((id, file)): Path<(i64, String)>) -> Answer {
    let quiz = app.directory.quiz(id).await?;
    let ending = file.strip_prefix("export.").map(str::to_owned);
    let (Some(quiz), Some(ending)) = (quiz, ending) else { return Ok(not_found(State(app)).await) };
    let media = library::files(&*app.directory, &quiz).await?;
    let name =
        format!("attachment; filename*=UTF-8''{}.{ending}", utf8_percent_encode(&quiz.row.title, NON_ALPHANUMERIC));
    let written = tokio::task::spawn_blocking(move || library::export(&quiz.draft, &media, &ending)).await?;
    let Ok(written) = written else { return Ok(not_found(State(app)).await) };
    let kind = "application/octet-stream".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], written.bytes).into_response())
}

fn rounds(quiz: &StoredQuiz, can_write: bool) -> Vec<CardRound> {
    let address = format!("/control/quizzes/{}", quiz.row.id);
    let media = format!("{address}/media");
    let editor = can_write.then_some((&*address, quiz.revision));
    let mut looks = Looks { media: &media, ticks: false, editor, repairs: BTreeMap::new() };
    cards::rounds(&quiz.draft, &mut looks, usize::MAX)
}
