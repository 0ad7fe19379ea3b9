//! Making a game of a quiz and its teams.

use crate::auth;
use crate::clock;
use crate::store::{Journal, Store};
use game::quiz::Quiz;
use game::{Event, Fact};
use protocol::limits;
use protocol::seal::Key;
use rand::RngExt;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Letters of game codes: none that is mistaken for another.
const CODE_LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ";
/// Letters in a game code.
const CODE_LENGTH: usize = 4;

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
/// When the quiz has faults or the database fails.
pub async fn create(
    store: &Store,
    journal: &Journal,
    quiz: Quiz,
    teams: &[Entrant],
    files: &[File],
) -> anyhow::Result<String> {
    let faults = quiz.faults();
    anyhow::ensure!(faults.is_empty(), "{}", faults.join("\n"));
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
    let code = new_code();
    let game = store.create_game(&code, &quiz.title, now_ms).await?;
    let mut media = BTreeMap::new();
    for file in files {
        let (id, sealed_id) = (auth::random_hex(), auth::random_hex());
        store.add_media([&id, &sealed_id], game, &file.mime, &file.bytes, &Key(rand::random())).await?;
        media.insert(file.name.clone(), format!("/media/{id}"));
    }
    let mut events = vec![Event::Created { quiz, media }];
    for team in teams {
        let hash = auth::hash(team.password.clone()).await?;
        events.push(Event::TeamAdded { team: store.add_team(game, &team.name, &hash).await? });
    }
    let (epoch, ..) = store.take_over(game).await?;
    let facts: Vec<_> = events.into_iter().map(|event| Fact { at_ms: now_ms, event }).collect();
    journal.append(game, epoch, 0, &facts).await?;
    Ok(code)
}

fn new_code() -> String {
    let mut random = rand::rng();
    (0..CODE_LENGTH).map(|_| char::from(CODE_LETTERS[random.random_range(0..CODE_LETTERS.len())])).collect()
}
