//! Making a game of a quiz and its teams.

use crate::auth;
use crate::clock;
use crate::storage::{Directory, NewGame, NewPicture, NewTeam};
use game::mark::RULES;
use game::quiz::Quiz;
use game::{Event, Fact};
use protocol::ids::TeamId;
use protocol::limits;
use protocol::seal::CipherKey;
use rand::RngExt;
use serde::Deserialize;
use sqlx::error::DatabaseError;
use std::collections::BTreeMap;

/// Letters of game codes: none that is mistaken for another.
const CODE_LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ";
/// Letters in a game code.
const CODE_LENGTH: usize = 4;
/// Further codes that are tried when one is taken.
const CODE_TRIES: usize = 20;

/// A team as it is signed up.
#[derive(Debug, Clone, Deserialize)]
pub struct Entrant {
    /// Its name.
    pub name: String,
    /// Its password.
    pub password: String,
}

/// A picture file.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name within the quiz.
    pub name: String,
    /// Its kind.
    pub mime: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Makes a game and returns its code.
///
/// # Errors
/// When a team or a picture is not what it has to be, or the database fails.
pub async fn create(store: &dyn Directory, quiz: Quiz, teams: &[Entrant], files: &[File]) -> anyhow::Result<String> {
    anyhow::ensure!(teams.len() <= limits::TEAMS, "{} teams; {} are possible", teams.len(), limits::TEAMS);
    for team in teams {
        let fits = (1..=limits::TEAM_NAME_CHARS).contains(&team.name.trim().chars().count());
        anyhow::ensure!(fits, "the team name {:?} has to have 1 to {} characters", team.name, limits::TEAM_NAME_CHARS);
    }
    for file in files {
        let fits = file.bytes.len() <= limits::PICTURE_BYTES;
        anyhow::ensure!(fits, "the picture {:?} is larger than {} MB", file.name, limits::PICTURE_BYTES >> 20);
    }
    let now_ms = clock::now_ms();
    let (mut media, mut pictures, mut entered) = (BTreeMap::new(), Vec::new(), Vec::new());
    for File { name, mime, bytes } in files {
        let (id, sealed_id) = (auth::random_hex(), auth::random_hex());
        media.insert(name.clone(), format!("/media/{id}"));
        pictures.push(NewPicture { id, sealed_id, mime, bytes, key: CipherKey(rand::random()) });
    }
    for team in teams {
        entered.push(NewTeam { name: &team.name, password_hash: auth::hash(team.password.clone()).await? });
    }
    let first = |teams: &[TeamId]| {
        let created = Event::Created { quiz: quiz.clone(), media: media.clone(), rules: RULES };
        let ordered = Event::Ordered { order: quiz.questions().map(|(id, ..)| id).collect() };
        let added = teams.iter().map(|team| Event::TeamAdded { team: *team });
        [created, ordered].into_iter().chain(added).map(|event| Fact { at_ms: now_ms, event }).collect()
    };
    let mut tries = 0;
    loop {
        let code = new_code();
        let new = NewGame { code: &code, title: &quiz.title, now_ms, pictures: &pictures, teams: &entered };
        match store.found(&new, &first).await {
            Ok(_) => return Ok(code),
            Err(error) if is_taken(&error) && tries < CODE_TRIES => tries += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

fn is_taken(error: &sqlx::Error) -> bool {
    let taken = |error: &dyn DatabaseError| error.is_unique_violation() && error.message().contains("games.code");
    error.as_database_error().is_some_and(taken)
}

fn new_code() -> String {
    let mut random = rand::rng();
    (0..CODE_LENGTH).map(|_| char::from(CODE_LETTERS[random.random_range(0..CODE_LETTERS.len())])).collect()
}
