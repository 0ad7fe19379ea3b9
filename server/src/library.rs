//! Bringing quizzes into the library, taking them out of it, and making games of them.

use crate::clock;
use crate::games::{self, Entrant, File};
use crate::picture;
use crate::storage::{Directory, Hash, StoredQuiz};
use anyhow::Context;
use protocol::limits;
use quiz::archive;
use quiz::draft::Draft;
use quiz::export::{self, Export};
use quiz::fault::Fault;
use quiz::import::{self, Import, Unreadable};
use quiz::media;
use std::collections::{BTreeMap, BTreeSet};

/// How often a change is tried anew when somebody else was faster.
const CHANGE_TRIES: u32 = 20;

/// What came of a file, with the name of its format.
pub type Read = Result<(&'static str, Import), Unreadable>;

/// Reads a file of any format, where it holds up nobody. Whatever a library makes of a file that was made to break it, it
/// ends here.
pub async fn read(name: String, bytes: Vec<u8>) -> Read {
    let read = tokio::task::spawn_blocking(move || {
        let (format, mut import) = import::read(&name, &bytes)?;
        // Our own pictures were written anew when they came; once more would make them worse.
        import.rewrite_media(|bytes| match format {
            archive::FORMAT_NAME => picture::can_be_shown(&bytes).then_some((None, bytes)),
            _ => picture::rewrite(&bytes).ok().map(|(ending, bytes)| (Some(ending), bytes)),
        });
        Ok((format, import))
    });
    read.await.unwrap_or_else(|_| Err(Unreadable::Damaged("it cannot be read".into())))
}

/// Questions with the files that they name, which are kept already.
#[derive(Debug, Clone, Default)]
pub struct Bundle {
    /// The questions.
    pub draft: Draft,
    /// The files, by name.
    pub media: BTreeMap<String, Hash>,
}

/// Keeps the files of what was brought in.
///
/// # Errors
/// When the database fails.
pub async fn keep(store: &dyn Directory, import: Import) -> anyhow::Result<Bundle> {
    let mut media = BTreeMap::new();
    let named: BTreeSet<&str> = import.draft.files().collect();
    for (name, bytes) in import.media.iter().filter(|(name, _)| named.contains(name.as_str())) {
        let hash = store.keep_file(bytes, clock::now_ms()).await?;
        media.insert(name.clone(), hash);
    }
    Ok(Bundle { draft: import.draft, media })
}

/// Adds questions as a quiz of their own; more than one quiz can hold become several. Returns the first one's row.
///
/// # Errors
/// When there is no question, or the database fails.
pub async fn add(store: &dyn Directory, bundle: Bundle) -> anyhow::Result<i64> {
    let mut first = None;
    for part in bundle.draft.parts() {
        let id = store.add_quiz(&part, &named(&part, &bundle.media), clock::now_ms()).await?;
        first.get_or_insert(id);
    }
    first.context("there is nothing to add")
}

/// What became of a change.
#[derive(Debug)]
pub enum Change {
    /// It is made.
    Done,
    /// There was nothing to change.
    Nothing,
    /// Somebody has changed the quiz, which is now like this, since it was read.
    Stale(Box<StoredQuiz>),
    /// There is no such quiz.
    Gone,
}

/// Changes a quiz that is of this revision; of none, whatever it is like now.
///
/// # Errors
/// When the database fails, or somebody changes the quiz all the time.
pub async fn change(
    store: &dyn Directory,
    id: i64,
    revision: Option<i64>,
    change: impl FnMut(&mut Draft) -> Option<()>,
) -> anyhow::Result<Change> {
    change_with(store, id, revision, &BTreeMap::new(), change).await
}

/// The same, with files that it names from now on.
///
/// # Errors
/// When the database fails, or somebody changes the quiz all the time.
pub async fn change_with(
    store: &dyn Directory,
    id: i64,
    revision: Option<i64>,
    media: &BTreeMap<String, Hash>,
    mut change: impl FnMut(&mut Draft) -> Option<()>,
) -> anyhow::Result<Change> {
    for _ in 0..CHANGE_TRIES {
        let Some(quiz) = store.quiz(id).await? else { return Ok(Change::Gone) };
        if revision.is_some_and(|revision| revision != quiz.revision) {
            return Ok(Change::Stale(Box::new(quiz)));
        }
        let mut draft = quiz.draft.clone();
        if change(&mut draft).is_none() {
            return Ok(Change::Nothing);
        }
        // What is saved as it was is no step to be taken back.
        if draft == quiz.draft || store.change_quiz(&quiz, &draft, media, clock::now_ms()).await? {
            return Ok(Change::Done);
        }
    }
    anyhow::bail!("the quiz is being changed all the time")
}

/// Adds questions to a quiz, behind those that it has; false when there is no such quiz, or it would have too many.
///
/// # Errors
/// When the database fails, or somebody changes the quiz all the time.
pub async fn append(store: &dyn Directory, id: i64, bundle: &Bundle) -> anyhow::Result<bool> {
    let Some(quiz) = store.quiz(id).await? else { return Ok(false) };
    let mut added = bundle.draft.clone();
    let is_taken = |old: &str, new: &str| match quiz.media.get(new) {
        Some(hash) => old != new || bundle.media.get(old) != Some(hash),
        None => old != new && bundle.media.contains_key(new),
    };
    let names = added.rename_files(is_taken);
    let media = names.into_iter().filter_map(|(old, new)| Some((new, *bundle.media.get(&old)?))).collect();
    let append = |draft: &mut Draft| {
        draft.append(added.clone());
        (draft.len() <= limits::QUESTIONS && draft.rounds.len() <= limits::ROUNDS).then_some(())
    };
    Ok(matches!(change_with(store, id, None, &media, append).await?, Change::Done))
}

/// Adds a copy of a quiz and returns its row.
///
/// # Errors
/// When the database fails.
pub async fn duplicate(store: &dyn Directory, quiz: StoredQuiz) -> anyhow::Result<i64> {
    let StoredQuiz { mut draft, media, .. } = quiz;
    draft.title = format!("Copy of {}", draft.title).chars().take(limits::TITLE_CHARS).collect();
    Ok(store.add_quiz(&draft, &named(&draft, &media), clock::now_ms()).await?)
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

/// A quiz as a file of the format that the ending of its name says, with a note on everything that the file does not say.
///
/// # Errors
/// When there is no such format, or the quiz is too large for it.
pub fn export(draft: &Draft, media: &BTreeMap<String, Vec<u8>>, ending: &str) -> anyhow::Result<Export> {
    let whole = |bytes| Export { bytes, notes: Vec::new() };
    Ok(match ending {
        "quizwire" => whole(archive::write(draft, media)?),
        "json" => whole(archive::to_json(draft)?.into_bytes()),
        "gift" | "txt" => export::gift::gift(draft),
        "xml" => export::moodle::moodle(draft, media),
        "csv" => export::csv::csv(draft),
        other => anyhow::bail!(
            "There is no format with the ending {other:?}: .quizwire, .json, .gift, .xml and .csv are there."
        ),
    })
}
