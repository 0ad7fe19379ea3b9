//! A game of a quiz.

use super::super::failure::Answer;
use super::super::pages::{not_found, render};
use crate::app_state::App;
use crate::auth;
use crate::games::Entrant;
use crate::library;
use crate::storage::{StoredQuiz, name_key};
use app::Page;
use app::library::{CardsPage, NewGamePage};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use leptos::prelude::*;
use protocol::limits;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What is typed.
#[derive(Debug, Deserialize)]
pub struct NewGame {
    teams: String,
}

/// `GET /control/quizzes/{id}/game`
pub async fn form(State(app): State<App>, Path(id): Path<i64>) -> Answer {
    match app.directory.quiz(id).await? {
        Some(quiz) => asked(&app, &quiz, String::new(), None).await,
        None => Ok(not_found(State(app)).await),
    }
}

/// `POST /control/quizzes/{id}/game`: the game, and the passwords of its teams, which are shown once.
pub async fn make(State(app): State<App>, Path(id): Path<i64>, Form(form): Form<NewGame>) -> Answer {
    let Some(quiz) = app.directory.quiz(id).await? else { return Ok(not_found(State(app)).await) };
    let teams = match teams(&form.teams) {
        Ok(teams) => teams,
        Err(error) => return asked(&app, &quiz, form.teams, Some(error)).await,
    };
    match library::play(&*app.directory, quiz.clone(), &teams).await? {
        Ok(code) => {
            let address = app.hub.address().to_owned();
            let teams: Vec<_> = teams.into_iter().map(|team| (team.name, team.password)).collect();
            let page = move || view! { <CardsPage code=code.clone() address=address.clone() teams=teams.clone() /> };
            Ok(render(&app, Page::Library, page).await)
        }
        Err(faults) => {
            let first = faults.first().map(ToString::to_string).unwrap_or_default();
            asked(&app, &quiz, form.teams, Some(format!("The quiz cannot be played yet. {first}"))).await
        }
    }
}

async fn asked(app: &App, quiz: &StoredQuiz, teams: String, error: Option<String>) -> Answer {
    let (quiz, title) = (quiz.row.id, quiz.row.title.clone());
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = move || view! { <NewGamePage quiz title=title.clone() teams=teams.clone() error=error.clone() /> };
    Ok((status, render(app, Page::Library, page).await).into_response())
}

/// The teams of lines of names, each with a password of its own; or what is wrong with them.
fn teams(lines: &str) -> Result<Vec<Entrant>, String> {
    let names: Vec<String> = lines.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let mut seen = BTreeSet::new();
    let mut teams = Vec::new();
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        if name.chars().count() > limits::TEAM_NAME_CHARS {
            return Err(format!("“{name}” has more than {} letters.", limits::TEAM_NAME_CHARS));
        }
        if !seen.insert(name_key(&name)) {
            return Err(format!("Two teams have the name “{name}”."));
        }
        if teams.len() == limits::TEAMS {
            return Err(format!("A game has at most {} teams.", limits::TEAMS));
        }
        teams.push(Entrant { name, password: auth::team_password() });
    }
    if teams.is_empty() { Err("Type the name of one team at least.".into()) } else { Ok(teams) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teams_are_lines_and_have_passwords_of_their_own() {
        let teams = teams("  Red   Pandas \n\nOtters\r\n").unwrap();
        assert_eq!(teams.iter().map(|team| &*team.name).collect::<Vec<_>>(), ["Red Pandas", "Otters"]);
        assert_ne!(teams[0].password, teams[1].password);
    }

    #[test]
    fn what_is_wrong_with_teams_is_said() {
        for (lines, fault) in [
            (" \n".to_owned(), "Type the name"),
            ("Otters\notters".into(), "Two teams"),
            ("x".repeat(limits::TEAM_NAME_CHARS + 1), "more than"),
            ((0..=limits::TEAMS).map(|number| format!("{number}\n")).collect(), "at most"),
        ] {
            assert!(teams(&lines).unwrap_err().contains(fault), "{fault}");
        }
    }
}
