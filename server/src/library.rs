//! Bringing quizzes into the library, taking them out of it, and making games of them.

use crate::clock;
use crate::games::{self, Entrant, File};
use crate::storage::{Directory, Hash, StoredQuiz};
use anyhow::Context;
use protocol::limits;
use quiz::archive;
use quiz::draft::Draft;
use quiz::fault::Fault;
use quiz::import::{self, Import, Unreadable};
use quiz::media;
use std::collections::BTreeMap;

/// What came of a file, with the name of its format.
pub type Read = Result<(&'static str, Import), Unreadable>;

/// Reads a file of any format, where it holds up nobody. Whatever a library makes of a file that was made to break it, it
/// ends here.
pub async fn read(name: String, bytes: Vec<u8>) -> Read {
    let read = tokio::task::spawn_blocking(move || import::read(&name, &bytes)).await;
    read.unwrap_or_else(|_| Err(Unreadable::Damaged("it cannot be read".into())))
}

/// Adds what a file brought; more than one quiz can hold becomes several. Returns their rows.
///
/// # Errors
/// When the database fails.
pub async fn add(store: &dyn Directory, import: Import) -> anyhow::Result<Vec<i64>> {
    let now_ms = clock::now_ms();
    let mut kept = BTreeMap::new();
    for (name, bytes) in &import.media {
        kept.insert(name.clone(), store.keep_file(bytes, now_ms).await?);
    }
    let mut rows = Vec::new();
    for part in import.draft.parts() {
        let media = named(&part, &kept);
        rows.push(store.add_quiz(&part, &media, now_ms).await?);
    }
    Ok(rows)
}

/// Adds a copy of a quiz and returns its row.
///
/// # Errors
/// When the database fails.
pub async fn duplicate(store: &dyn Directory, quiz: StoredQuiz) -> anyhow::Result<i64> {
    let StoredQuiz { mut draft, media, .. } = quiz;
    draft.title = format!("Copy of {}", draft.title).chars().take(limits::TITLE_CHARS).collect();
    Ok(store.add_quiz(&draft, &media, clock::now_ms()).await?)
}

/// A quiz with what is in its files.
///
/// # Errors
/// When the database fails, or a file is damaged.
pub async fn files(store: &dyn Directory, quiz: &StoredQuiz) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for (name, hash) in named(&quiz.draft, &quiz.media) {
        let bytes = store.file(&hash).await?.with_context(|| format!("the file {name:?} of the quiz is gone"))?;
        files.insert(name, bytes);
    }
    Ok(files)
}

/// Makes a game of a quiz, with a version of it of its own, and returns its code; or why it cannot be played.
///
/// # Errors
/// When a team cannot be signed up as it is, or the database fails.
pub async fn play(
    store: &dyn Directory,
    quiz: StoredQuiz,
    teams: &[Entrant],
) -> anyhow::Result<Result<String, Vec<Fault>>> {
    let files = files(store, &quiz).await?;
    let file = |(name, bytes): (String, Vec<u8>)| Some(File { mime: media::mime(&bytes)?.into(), name, bytes });
    let files: Vec<_> = files.into_iter().filter_map(file).collect();
    Ok(match quiz.draft.finish() {
        Ok(quiz) => Ok(games::create(store, quiz, teams, &files).await?),
        Err(faults) => Err(faults),
    })
}

fn named(draft: &Draft, media: &BTreeMap<String, Hash>) -> BTreeMap<String, Hash> {
    draft.files().filter_map(|name| Some((name.to_owned(), *media.get(name)?))).collect()
}

/// A quiz as a file of the format that the ending of its name says.
///
/// # Errors
/// When there is no such format, or the quiz is too large for it.
pub fn export(draft: &Draft, media: &BTreeMap<String, Vec<u8>>, ending: &str) -> anyhow::Result<Vec<u8>> {
    Ok(match ending {
        "quizwire" => archive::write(draft, media)?,
        "json" => archive::to_json(draft)?.into_bytes(),
        other => anyhow::bail!(
            "There is no format with the ending {other:?}: .quizwire, .json, .gift, .xml and .csv are there."
        ),
    })
}
