//! The demo: a quiz worth playing and six teams, inside the binary.
//!
//! Its passwords are the same everywhere and printed at every start: it is there to be tried.

use crate::games::{self, Entrant, File};
use crate::storage::Directory;
use anyhow::Context;
use quiz::archive;
use quiz::draft::Draft;
use quiz::import::Import;

const QUIZ: &str = include_str!("../demo/quiz.json");
const TEAMS: &str = include_str!("../demo/teams.json");
const PICTURES: [(&str, &[u8]); 4] = [
    ("night-sky.svg", include_bytes!("../demo/night-sky.svg")),
    ("cube-stack.svg", include_bytes!("../demo/cube-stack.svg")),
    ("wall-mirror.svg", include_bytes!("../demo/wall-mirror.svg")),
    ("gear-works.svg", include_bytes!("../demo/gear-works.svg")),
];

/// Open games among which an open demo is looked for.
const OPEN: u32 = 200;

/// The demo quiz.
///
/// # Errors
/// When the file in the binary is not a quiz.
pub fn quiz() -> anyhow::Result<Draft> {
    archive::from_json(QUIZ.as_bytes()).context("the demo quiz cannot be read")
}

/// The demo quiz with its pictures, as the library takes it.
///
/// # Errors
/// When the file in the binary is not a quiz.
pub fn import() -> anyhow::Result<Import> {
    let media = PICTURES.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    Ok(Import { draft: quiz()?, media, notes: Vec::new() })
}

/// The demo teams with their passwords.
///
/// # Errors
/// When the file in the binary is not a list of teams.
pub fn teams() -> anyhow::Result<Vec<Entrant>> {
    serde_json::from_str(TEAMS).context("the demo teams cannot be read")
}

/// Makes a fresh demo game, closes earlier ones to teams and returns its code.
///
/// # Errors
/// When the database fails.
pub async fn create(store: &dyn Directory) -> anyhow::Result<String> {
    let quiz = quiz()?;
    store.close_games(&quiz.title).await?;
    let files: Vec<_> = PICTURES
        .iter()
        .map(|(name, bytes)| File { name: (*name).into(), mime: "image/svg+xml".into(), bytes: bytes.to_vec() })
        .collect();
    let faults = |faults| anyhow::anyhow!("the demo quiz has faults: {faults:?}");
    games::create(store, quiz.finish().map_err(faults)?, &teams()?, &files).await
}

/// Code of the open demo game; one is made if there is none and no other game is open.
///
/// # Errors
/// When the database fails.
pub async fn ensure(store: &dyn Directory) -> anyhow::Result<Option<String>> {
    let title = quiz()?.title;
    let open = store.open_games(OPEN).await?;
    match open.iter().find(|game| game.title == title) {
        Some(game) => Ok(Some(game.code.clone())),
        None if open.is_empty() => create(store).await.map(Some),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_is_playable_and_its_pictures_are_there() {
        let quiz = quiz().expect("readable").finish().expect("playable");
        assert_eq!(teams().expect("readable").len(), 6);
        for (_, _, question) in quiz.questions() {
            if let Some(picture) = &question.picture {
                assert!(PICTURES.iter().any(|(name, _)| *name == picture.file), "{}", picture.file);
            }
        }
    }
}
