//! The quizmaster's library, as pages and plain forms.

mod cards;
mod editor;
mod game;
mod import;
mod quizzes;
mod search;

use super::failure::Answer;
use super::{bodies, forms, pages};
use crate::app_state::App;
use crate::clock;
use crate::storage::{QuizRow, Shelf};
use app::library::QuizLine;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use axum_extra::extract::cookie::CookieJar;
use protocol::limits;

/// Quizzes that a list shows.
const LISTED: u32 = 500;
/// What surrounds a file in the form that it is sent by.
const FORM_BYTES: usize = 1024 * 1024;

/// All routes; only the quizmaster gets further than this.
pub(super) fn router(app: App) -> Router<App> {
    let forms = Router::new()
        .route("/control/quizzes", get(quizzes::list))
        .route("/control/quizzes/new", post(quizzes::new))
        .route("/control/quizzes/demo", post(quizzes::demo))
        .route("/control/quizzes/template.csv", get(import::template))
        .route("/control/quizzes/search", get(search::show).post(search::copy))
        .route("/control/quizzes/import/{key}", get(import::preview).post(import::take))
        .route("/control/quizzes/import/{key}/drop", post(import::throw_away))
        .route("/control/quizzes/import/{key}/media/{name}", get(import::media))
        .route("/control/quizzes/{id}", get(quizzes::show).post(editor::quiz))
        .route("/control/quizzes/{id}/rounds/{number}", post(editor::round))
        .route("/control/quizzes/{id}/questions/{place}", get(editor::question).post(editor::write))
        .route("/control/quizzes/{id}/questions/{place}/picture/remove", post(editor::remove_picture))
        .route("/control/quizzes/{id}/copy", post(quizzes::copy))
        .route("/control/quizzes/{id}/shelf", post(quizzes::shelve))
        .route("/control/quizzes/{id}/print", get(quizzes::print))
        .route("/control/quizzes/{id}/media/{name}", get(quizzes::media))
        .route("/control/quizzes/{id}/game", get(game::form).post(game::make))
        .route("/control/quizzes/{id}/{file}", get(quizzes::export))
        .layer(middleware::from_fn(bodies::take_long));
    // A file goes to the disk as it comes.
    let files = Router::new()
        .route("/control/quizzes/import", get(import::form).post(import::upload))
        .layer(DefaultBodyLimit::max(limits::IMPORT_BYTES + FORM_BYTES));
    let pictures = Router::new()
        .route("/control/quizzes/{id}/questions/{place}/picture", post(editor::put_picture))
        .layer(DefaultBodyLimit::max(2 * limits::PICTURE_BYTES + FORM_BYTES));
    forms.merge(files).merge(pictures).layer(middleware::from_fn_with_state(app, admit))
}

/// Lets the quizmaster in, before anything is read of what comes with the request.
async fn admit(State(app): State<App>, jar: CookieJar, request: Request, next: Next) -> Answer {
    if request.method() == Method::POST && forms::is_foreign(&app, request.headers()) {
        return Ok(forms::refused());
    }
    if !pages::is_quizmaster(&app, &jar).await? {
        return Ok(Redirect::to("/control").into_response());
    }
    Ok(next.run(request).await)
}

fn line(row: QuizRow) -> QuizLine {
    QuizLine {
        id: row.id,
        title: row.title,
        rounds: row.rounds,
        questions: row.questions,
        seconds: row.seconds,
        age_ms: clock::now_ms() - row.changed_ms,
    }
}

/// The quizzes at hand, as lists show them.
async fn at_hand(app: &App) -> sqlx::Result<Vec<QuizLine>> {
    Ok(app.directory.quizzes(Shelf::Current, LISTED).await?.into_iter().map(line).collect())
}
