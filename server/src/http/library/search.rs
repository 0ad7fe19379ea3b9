//! Questions of all quizzes, found by their words, to be copied into one.

use super::super::failure::Answer;
use super::super::pages::render;
use super::at_hand;
use super::cards::{self, Looks};
use crate::app_state::App;
use crate::library::{self, Bundle};
use crate::storage::{QuizRow, Shelf, StoredQuiz};
use app::Page;
use app::library::{FoundQuestion, SearchPage};
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use leptos::prelude::*;
use protocol::limits;
use quiz::draft::{Draft, Place, Question, Round};
use rand::seq::SliceRandom;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Questions that a search shows.
const SHOWN: usize = 200;
/// Quizzes that it looks through, the last changed first.
const SEARCHED: u32 = 2_000;

/// What is looked for.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    q: String,
}

/// `GET /control/quizzes/search`
pub async fn show(State(app): State<App>, Query(wanted): Query<Wanted>) -> Answer {
    let words = words(&wanted.q);
    let (mut found, mut more) = (Vec::new(), false);
    for row in searched(&app).await? {
        let Some(quiz) = app.directory.quiz(row.id).await? else { continue };
        let media = format!("/control/quizzes/{}/media", quiz.row.id);
        let mut looks = Looks { media: &media, ticks: true, editor: None, repairs: BTreeMap::new() };
        for (place, question) in quiz.draft.questions().filter(|(_, question)| has(&quiz, question, &words)) {
            more |= found.len() == SHOWN;
            if !more {
                let mut card = cards::card(place, question, &mut looks);
                card.tick = card.tick.map(|tick| format!("{}.{tick}", quiz.row.id));
                found.push(FoundQuestion { quiz: quiz.row.title.clone(), card });
            }
        }
        if more {
            break;
        }
    }
    let (quizzes, query) = (at_hand(&app).await?, wanted.q);
    let page = move || {
        view! { <SearchPage query=query.clone() found=found.clone() more quizzes=quizzes.clone() /> }
    };
    Ok(render(&app, Page::Library, page).await)
}

/// `POST /control/quizzes/search`: copies what is ticked, or so many of it, drawn at random.
pub async fn copy(State(app): State<App>, Form(form): Form<Vec<(String, String)>>) -> Answer {
    let value = |name: &str| form.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim());
    let ticks = form.iter().filter(|(field, _)| field == "take").filter_map(|(_, value)| ticked(value));
    let mut ticks: Vec<_> = ticks.take(SHOWN).collect();
    if let Some(draw) = value("draw").and_then(|draw| draw.parse().ok()) {
        ticks.shuffle(&mut rand::rng());
        ticks.truncate(draw);
    }
    let title = value("title").filter(|title| !title.is_empty()).unwrap_or("From the library");
    let bundle = gather(&app, ticks, title).await?;
    if bundle.draft.is_empty() {
        return Ok(Redirect::to("/control/quizzes/search").into_response());
    }
    let id = match value("into").and_then(|into| into.parse().ok()) {
        Some(into) if library::append(&*app.directory, into, &bundle).await? => into,
        // Where there is no room they are still kept.
        _ => library::add(&*app.directory, bundle).await?,
    };
    Ok(Redirect::to(&format!("/control/quizzes/{id}")).into_response())
}

/// The questions that are ticked as one round, with their files.
async fn gather(app: &App, ticks: Vec<(i64, Place)>, title: &str) -> anyhow::Result<Bundle> {
    let title: String = title.chars().take(limits::TITLE_CHARS).collect();
    let round = Round { title: title.clone(), ..Round::default() };
    let mut bundle = Bundle { draft: Draft { title, rounds: vec![round], ..Draft::default() }, ..Bundle::default() };
    let mut quizzes = BTreeMap::<i64, StoredQuiz>::new();
    for id in ticks.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>() {
        quizzes.extend(app.directory.quiz(id).await?.map(|quiz| (id, quiz)));
    }
    for (id, place) in ticks {
        let Some(quiz) = quizzes.get(&id) else { continue };
        let question = quiz.draft.questions().find(|(at, _)| *at == place).map(|(_, question)| question.clone());
        let Some(mut question) = question else { continue };
        if let Some(picture) = &mut question.picture
            && let Some(hash) = quiz.media.get(&picture.file)
        {
            // Two quizzes may name different files alike.
            picture.file = format!("{id}-{}", picture.file);
            bundle.media.insert(picture.file.clone(), *hash);
        }
        bundle.draft.rounds.iter_mut().for_each(|round| round.questions.push(question.clone()));
    }
    Ok(bundle)
}

async fn searched(app: &App) -> sqlx::Result<Vec<QuizRow>> {
    let mut rows = app.directory.quizzes(Shelf::Current, SEARCHED).await?;
    rows.extend(app.directory.quizzes(Shelf::Archived, SEARCHED).await?);
    Ok(rows)
}

fn ticked(value: &str) -> Option<(i64, Place)> {
    let (id, place) = value.split_once('.')?;
    Some((id.parse().ok()?, cards::ticked(place)?))
}

fn words(query: &str) -> Vec<String> {
    query.to_lowercase().split_whitespace().take(limits::TAGS).map(str::to_owned).collect()
}

/// Whether a question has all the words, in any of its texts or in the title of its quiz.
fn has(quiz: &StoredQuiz, question: &Question, words: &[String]) -> bool {
    let mut text = [&*quiz.draft.title, &question.prompt, &question.explanation, &question.host_note].join("\n");
    for more in quiz.draft.tags.iter().chain(&question.tags).map(String::as_str).chain(question.answer.texts()) {
        text.push('\n');
        text.push_str(more);
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word))
}
