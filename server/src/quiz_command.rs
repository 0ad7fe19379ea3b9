//! The library on the command line.

use crate::config::{Database, QuizCommand};
use crate::library;
use crate::storage::{Quizzes, Shelf};
use crate::store::Store;
use anyhow::{Context, bail, ensure};
use protocol::limits;
use quiz::export::Note;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Quizzes that a list names.
const LISTED: u32 = 10_000;

/// Does what the command line says.
///
/// # Errors
/// When nothing of the files could be read, there is no such quiz, or the disk fails.
pub(crate) async fn run(command: QuizCommand) -> anyhow::Result<()> {
    match command {
        QuizCommand::Check { files } => bring(None, files).await,
        QuizCommand::Import { files, database: Database { database } } => {
            let store = Store::open(&database).await?;
            let brought = bring(Some(&store), files).await;
            store.close().await;
            brought
        }
        QuizCommand::List(Database { database }) => {
            let store = Store::open(&database).await?;
            let listed = list(&store).await;
            store.close().await;
            listed
        }
        QuizCommand::Export { id, file, database: Database { database } } => {
            let store = Store::open(&database).await?;
            let written = export(&store, id, &file).await;
            store.close().await;
            written
        }
    }
}

/// Reads files, says what came of each, and adds it to the library if there is one.
async fn bring(store: Option<&Store>, files: Vec<PathBuf>) -> anyhow::Result<()> {
    let mut taken = 0;
    for path in files {
        let name = path.display().to_string();
        let read = match bytes(&path) {
            Ok(bytes) => library::read(name.clone(), bytes).await.map_err(anyhow::Error::from),
            Err(error) => Err(error.into()),
        };
        let mut lines = String::new();
        match read {
            Ok((format, import)) => {
                import.notes.iter().for_each(|note| lines += &format!("{name}: {note}\n"));
                let (count, repaired, left_out) =
                    (import.draft.len(), import.repaired_count(), import.left_out_count());
                lines += &format!("{name}: {format}, {count} questions, {repaired} repaired, {left_out} left out\n");
                taken += count;
                if let Some(store) = store.filter(|_| count > 0) {
                    library::add(store, library::keep(store, import).await?).await?;
                }
            }
            Err(error) => {
                lines = format!("{name}: {error:#}\n{name}: unreadable, 0 questions, 0 repaired, 0 left out\n")
            }
        }
        // Whoever reads this may have heard enough.
        let _ = io::stdout().write_all(lines.as_bytes());
    }
    ensure!(taken > 0, "There is no question in what was given.");
    Ok(())
}

/// What is in a file, and one byte more than is possible at most.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limits::IMPORT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

async fn list(store: &Store) -> anyhow::Result<()> {
    for (shelf, note) in [(Shelf::Current, ""), (Shelf::Archived, ", archived")] {
        for quiz in store.quizzes(shelf, LISTED).await? {
            let (id, title, rounds, questions) = (quiz.id, quiz.title, quiz.rounds, quiz.questions);
            let _ = writeln!(io::stdout(), "{id}\t{title}\t{rounds} rounds, {questions} questions{note}");
        }
    }
    Ok(())
}

async fn export(store: &Store, id: i64, file: &Path) -> anyhow::Result<()> {
    let Some(quiz) = store.quiz(id).await? else {
        bail!("There is no quiz {id}; \"quizwire quiz list\" prints those that are there.")
    };
    let media = library::files(store, &quiz).await?;
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let written = library::export(&quiz.draft, &media, &ending)?;
    for Note { place, remark } in written.notes {
        let place = place.map_or_else(String::new, |place| format!("{place}: "));
        let _ = writeln!(io::stderr(), "{}: {place}{remark}", file.display());
    }
    std::fs::write(file, written.bytes).with_context(|| format!("{} cannot be written.", file.display()))
}
