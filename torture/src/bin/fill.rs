//! Fills a database with a game made of files, for tests that drive real browsers: they need quizzes that no demo has.

use anyhow::Context;
use clap::Parser;
use quiz::draft::Draft;
use serde::de::DeserializeOwned;
use server::games::{self, File};
use server::store::Store;
use std::fs;
use std::path::{Path, PathBuf};
use torture::Result;

/// Fills a database with a game made of files, and prints the game's code.
#[derive(Debug, Parser)]
struct Settings {
    /// The database file; it is made if it is not there.
    #[arg(long, value_name = "FILE")]
    database: PathBuf,
    /// The quiz, as JSON.
    #[arg(long, value_name = "FILE")]
    quiz: PathBuf,
    /// The teams, as JSON.
    #[arg(long, value_name = "FILE")]
    teams: PathBuf,
    /// Pictures of the quiz, which names them without their folders.
    pictures: Vec<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let Settings { database, quiz, teams, pictures } = Settings::parse();
    let files = pictures.iter().map(|path| picture(path)).collect::<Result<Vec<_>>>()?;
    let store = Store::open(&database).await?;
    let quiz = read::<Draft>(&quiz)?.finish().map_err(|faults| anyhow::anyhow!("the quiz has faults: {faults:?}"))?;
    let code = games::create(&store, quiz, &read::<Vec<_>>(&teams)?, &files).await?;
    store.close().await;
    println!("{code}");
    Ok(())
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    serde_json::from_slice(&bytes(path)?).with_context(|| format!("{} is not what it should be", path.display()))
}

fn picture(path: &Path) -> Result<File> {
    let part = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).unwrap_or_default().to_owned();
    let mime = match part(path.extension()).as_str() {
        "svg" => "image/svg+xml".to_owned(),
        kind => format!("image/{kind}"),
    };
    Ok(File { name: part(path.file_name()), mime, bytes: bytes(path)? })
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}
