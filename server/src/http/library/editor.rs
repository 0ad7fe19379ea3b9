//! A quiz is written: its titles, its rounds, its questions. Each change is a step that can be taken back.

use super::super::failure::Answer;
use super::super::pages::{not_found, render};
use super::cards::{self, Looks};
use crate::app_state::App;
use crate::library::{self, Change};
use crate::storage::StoredQuiz;
use crate::{clock, picture};
use app::Page;
use app::library::EditorPage;
use axum::Form;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use leptos::prelude::*;
use protocol::limits;
use quiz::draft::{self, Choice, Draft, Picture, Place, Question};
use quiz::edit::{Direction, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::timeout;

/// What a form brings, in the order of its fields.
type Fields = Vec<(String, String)>;

const STALE: &str =
    "Somebody has changed this quiz meanwhile. What you typed is still here: look at it, and save again.";
const CUT: &str = "The picture is too large, or did not arrive as a whole. Try again.";
/// How long a picture may take to arrive.
const PICTURE_TIME: Duration = Duration::from_secs(120);

fn value<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| &**value)
}

fn values<'a>(fields: &'a Fields, name: &'a str) -> impl Iterator<Item = &'a str> {
    fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| &**value)
}

fn revision(fields: &Fields) -> Option<i64> {
    value(fields, "revision")?.parse().ok()
}

fn cut(text: &str, most: usize) -> String {
    text.trim().chars().filter(|letter| !letter.is_control() || *letter == '\n').take(most).collect()
}

fn tags(text: &str) -> Vec<String> {
    let tags = text.split(',').map(|tag| cut(tag, limits::TAG_CHARS)).filter(|tag| !tag.is_empty());
    tags.take(limits::TAGS).collect()
}

/// `POST /control/quizzes/{id}`: its title and tags, one more round, or a step back or forth.
pub async fn quiz(State(app): State<App>, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Answer {
    let to = Redirect::to(&format!("/control/quizzes/{id}"));
    match value(&fields, "do") {
        Some(step @ ("undo" | "redo")) => app.directory.step_quiz(id, step == "undo", clock::now_ms()).await?,
        Some("add_round") => {
            let add = |draft: &mut Draft| {
                let number = draft.rounds.len() + 1;
                (number <= limits::ROUNDS).then(|| draft.add_round(format!("Round {number}")))
            };
            library::change(&*app.directory, id, None, add).await?;
        }
        _ => {
            let rename = |draft: &mut Draft| {
                let title = cut(value(&fields, "title")?, limits::TITLE_CHARS);
                draft.tags = tags(value(&fields, "tags").unwrap_or_default());
                (!title.is_empty()).then(|| draft.title = title)
            };
            library::change(&*app.directory, id, None, rename).await?;
        }
    }
    Ok(to.into_response())
}

/// `POST /control/quizzes/{id}/rounds/{number}`: its title and intro, one more question, its place, or its end.
pub async fn round(State(app): State<App>, Path((id, number)): Path<(i64, u16)>, Form(fields): Form<Fields>) -> Answer {
    let quiz = format!("/control/quizzes/{id}");
    let mut to = format!("{quiz}#r{number}");
    let action = value(&fields, "do").unwrap_or_default();
    let change = |draft: &mut Draft| match action {
        "up" => draft.move_round(number, Direction::Up),
        "down" => draft.move_round(number, Direction::Down),
        "remove" => draft.remove_round(number).map(drop),
        "add" if draft.len() < limits::QUESTIONS => {
            let options = draft::Answer::OneChoice { options: Vec::new() };
            let place = draft.add_question(number, Question::new("", options))?;
            to = format!("{quiz}/questions/{}", cards::tick(place));
            Some(())
        }
        "save" => {
            let round = draft.rounds.get_mut(usize::from(number))?;
            round.title = cut(value(&fields, "title")?, limits::TITLE_CHARS);
            round.intro = cut(value(&fields, "intro").unwrap_or_default(), limits::INTRO_CHARS);
            Some(())
        }
        _ => None,
    };
    let changed = library::change(&*app.directory, id, revision(&fields), change).await?;
    Ok(Redirect::to(if matches!(changed, Change::Done) { &to } else { &quiz }).into_response())
}

/// `GET /control/quizzes/{id}/questions/{place}`
pub async fn question(State(app): State<App>, Path((id, place)): Path<(i64, String)>) -> Answer {
    let quiz = app.directory.quiz(id).await?;
    let found =
        quiz.as_ref().zip(cards::ticked(&place)).and_then(|(quiz, place)| Some((place, quiz.draft.question(place)?)));
    match (&quiz, found) {
        (Some(quiz), Some((place, question))) => shown(&app, quiz, place, question.clone(), None).await,
        _ => Ok(not_found(State(app)).await),
    }
}

/// `POST /control/quizzes/{id}/questions/{place}`: saves what is typed, changes the kind, or does to the question what a
/// button of the list says.
pub async fn write(
    State(app): State<App>,
    Path((id, place)): Path<(i64, String)>,
    Form(fields): Form<Fields>,
) -> Answer {
    let Some(at) = cards::ticked(&place) else { return Ok(not_found(State(app)).await) };
    let (quiz, action) = (format!("/control/quizzes/{id}"), value(&fields, "do").unwrap_or_default());
    let (mut to, is_typed) = (format!("{quiz}#q{place}"), value(&fields, "prompt").is_some());
    let editor = |place: Place| format!("{quiz}/questions/{}", cards::tick(place));
    let change = |draft: &mut Draft| {
        if is_typed {
            typed(draft.question_mut(at)?, &fields);
        }
        let moved = match action {
            "up" => draft.move_question(at, Direction::Up)?,
            "down" => draft.move_question(at, Direction::Down)?,
            "copy" if draft.len() < limits::QUESTIONS => draft.duplicate_question(at)?,
            "remove" => draft.remove_question(at).map(|_| at)?,
            "next" => {
                let next = Place { question: at.question.checked_add(1)?, ..at };
                if draft.question(next).is_none() {
                    let empty = draft.question(at)?.answer.clone().into_empty();
                    (draft.len() < limits::QUESTIONS)
                        .then(|| draft.add_question(at.round, Question::new("", empty)))??;
                }
                to = editor(next);
                return Some(());
            }
            kind => {
                let question = draft.question_mut(at)?;
                if let Some(kind) = Kind::named(kind) {
                    question.answer = question.answer.clone().into_kind(kind);
                }
                to = editor(at);
                return Some(());
            }
        };
        to = format!("{quiz}#q{}", cards::tick(moved));
        Some(())
    };
    match library::change(&*app.directory, id, revision(&fields), change).await? {
        Change::Done => Ok(Redirect::to(&to).into_response()),
        Change::Stale(stored) if is_typed => {
            let mut question = stored.draft.question(at).cloned();
            let question =
                question.get_or_insert_with(|| Question::new("", draft::Answer::OneChoice { options: Vec::new() }));
            typed(question, &fields);
            let page = shown(&app, &stored, at, question.clone(), Some(STALE.into())).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Change::Stale(_) | Change::Nothing => Ok(Redirect::to(&quiz).into_response()),
        Change::Gone => Ok(not_found(State(app)).await),
    }
}

/// `POST /control/quizzes/{id}/questions/{place}/picture`: the picture beside it.
pub async fn put_picture(
    State(app): State<App>,
    Path((id, place)): Path<(i64, String)>,
    mut form: Multipart,
) -> Answer {
    let Some(at) = cards::ticked(&place) else { return Ok(not_found(State(app)).await) };
    let sent = timeout(PICTURE_TIME, async {
        let field = form.next_field().await?;
        Ok::<_, MultipartError>(match field {
            Some(field) => field.bytes().await?,
            None => Bytes::new(),
        })
    });
    let Ok(Ok(bytes)) = sent.await else { return said(&app, id, at, CUT.into()).await };
    let rewritten = tokio::task::spawn_blocking(move || picture::rewrite(&bytes)).await?;
    let (ending, bytes) = match rewritten {
        Ok(rewritten) => rewritten,
        Err(refused) => return said(&app, id, at, refused.to_string()).await,
    };
    let hash = app.directory.keep_file(&bytes, clock::now_ms()).await?;
    let file =
        format!("picture-{}.{ending}", hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect::<String>());
    let media = BTreeMap::from([(file.clone(), hash)]);
    let put = |draft: &mut Draft| {
        let question = draft.question_mut(at)?;
        let description = question.picture.take().map(|picture| picture.description).unwrap_or_default();
        question.picture = Some(Picture { file: file.clone(), description });
        Some(())
    };
    library::change_with(&*app.directory, id, None, &media, put).await?;
    Ok(Redirect::to(&format!("/control/quizzes/{id}/questions/{place}")).into_response())
}

/// `POST /control/quizzes/{id}/questions/{place}/picture/remove`
pub async fn remove_picture(State(app): State<App>, Path((id, place)): Path<(i64, String)>) -> Answer {
    let remove = |draft: &mut Draft| draft.question_mut(cards::ticked(&place)?)?.picture.take().map(drop);
    library::change(&*app.directory, id, None, remove).await?;
    Ok(Redirect::to(&format!("/control/quizzes/{id}/questions/{place}")).into_response())
}

async fn said(app: &App, id: i64, place: Place, said: String) -> Answer {
    let quiz = app.directory.quiz(id).await?;
    let question = quiz.as_ref().and_then(|quiz| quiz.draft.question(place)).cloned();
    let Some((quiz, question)) = quiz.zip(question) else { return Ok(not_found(State(app.clone())).await) };
    let page = shown(app, &quiz, place, question, Some(said)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn shown(app: &App, quiz: &StoredQuiz, place: Place, question: Question, said: Option<String>) -> Answer {
    let (address, title, revision) =
        (format!("/control/quizzes/{}", quiz.row.id), quiz.row.title.clone(), quiz.revision);
    let media = format!("{address}/media");
    let mut looks = Looks { media: &media, ticks: false, editor: None, repairs: BTreeMap::new() };
    let card = cards::card(place, &question, &mut looks);
    let round = quiz.draft.rounds.get(usize::from(place.round)).map(|round| round.title.clone()).unwrap_or_default();
    let place = cards::tick(place);
    let page = move || {
        view! {
            <EditorPage
                quiz=address.clone() title=title.clone() round=round.clone() place=place.clone() revision
                card=card.clone() said=said.clone()
            />
        }
    };
    Ok(render(app, Page::Library, page).await)
}

/// Puts what is typed into a question.
fn typed(question: &mut Question, fields: &Fields) {
    let text = |name: &str, most: usize| value(fields, name).map(|text| cut(&text.replace("\r\n", "\n"), most));
    let number = |name: &str| value(fields, name).and_then(|text| text.trim().parse().ok());
    question.prompt = text("prompt", limits::PROMPT_CHARS).unwrap_or_default();
    question.explanation = text("explanation", limits::EXPLANATION_CHARS).unwrap_or_default();
    question.host_note = text("host_note", limits::EXPLANATION_CHARS).unwrap_or_default();
    question.tags = tags(value(fields, "tags").unwrap_or_default());
    question.points = number("points").unwrap_or(question.points);
    question.seconds = number("seconds").unwrap_or(question.seconds);
    if let (Some(picture), Some(description)) = (&mut question.picture, text("description", limits::DESCRIPTION_CHARS))
    {
        picture.description = description;
    }
    match &mut question.answer {
        draft::Answer::LongText { criterion } => {
            *criterion = text("criterion", limits::INTRO_CHARS).unwrap_or_default()
        }
        draft::Answer::ShortText { accepted } => {
            let lines = value(fields, "accepted").unwrap_or_default().lines();
            let lines = lines.map(|line| cut(line, limits::SHORT_TEXT_CHARS)).filter(|line| !line.is_empty());
            *accepted = lines.take(limits::ACCEPTED).collect();
        }
        draft::Answer::OneChoice { options } | draft::Answer::SeveralChoices { options } => {
            let right: BTreeSet<usize> = values(fields, "right").filter_map(|index| index.parse().ok()).collect();
            let typed = values(fields, "option").take(limits::OPTIONS).enumerate();
            let typed = typed.map(|(index, text)| Choice::new(cut(text, limits::OPTION_CHARS), right.contains(&index)));
            *options = typed.filter(|option| !option.text.is_empty()).collect();
        }
        draft::Answer::Number { value: right, tolerance, unit } => {
            let decimal = |name: &str| value(fields, name).and_then(|text| text.trim().replace(',', ".").parse().ok());
            *right = decimal("value").filter(|value: &f64| value.is_finite());
            *tolerance = decimal("tolerance").filter(|value: &f64| value.is_finite() && *value >= 0.0).unwrap_or(0.0);
            *unit = text("unit", limits::UNIT_CHARS).unwrap_or_default();
        }
    }
}
