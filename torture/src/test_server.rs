//! the real server, with a game in its database.

use crate::Result;
use crate::process::{Process, free_address};
use anyhow::ensure;
use game::quiz::Quiz;
use rand_chacha::ChaCha8Rng;
use server::auth;
use server::games::{self, Entrant};
use server::storage::Sessions;
use server::store::Store;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use swarm::Venue;
use tempfile::TempDir;

/// The game's row: it is the only one.
pub const GAME: i64 = 1;

const DESK_PASSWORD: &str = "the quizmaster's password";
const LEPTOS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml");

/// A server with its database.
#[derive(Debug)]
pub struct TestServer {
    /// The process.
    pub process: Process,
    folder: TempDir,
    teams: usize,
}

fn entrant(number: usize) -> Entrant {
    Entrant { name: format!("Team {number}"), password: format!("password {number}") }
}

impl TestServer {
    /// One with this quiz and this many teams, whose process was not started yet.
    ///
    /// # Errors
    /// When the database cannot be made or there is no free port.
    pub async fn new(program: &Path, quiz: Quiz, teams: usize, random: &mut ChaCha8Rng) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let (database, log) = (folder.path().join("quizwire.db"), folder.path().join("server.log"));
        let store = Store::open(&database).await?;
        let entrants: Vec<_> = (1..=teams).map(entrant).collect();
        let code = games::create(&store, quiz, &entrants, &[]).await?;
        store.set_quizmaster(&auth::hash(DESK_PASSWORD.into()).await?).await?;
        store.close().await;
        let address = free_address(random)?;
        let mut arguments: Vec<OsString> = ["serve", "--leptos", LEPTOS, "--listen"].map(OsString::from).to_vec();
        arguments.extend([address.to_string().into(), "--database".into(), database.into()]);
        let venue = Venue::new(address, &code);
        let process = Process { program: program.to_owned(), arguments, log, venue, child: None };
        Ok(Self { process, folder, teams })
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("quizwire.db")
    }

    /// A cookie of each team.
    ///
    /// # Errors
    /// When the server does not let one in.
    pub async fn team_cookies(&self) -> Result<Vec<String>> {
        let mut cookies = Vec::with_capacity(self.teams);
        for Entrant { name, password } in (1..=self.teams).map(entrant) {
            cookies.push(self.process.venue.team_cookie(&name, &password).await?);
        }
        Ok(cookies)
    }

    /// The quizmaster's cookie.
    ///
    /// # Errors
    /// When the server does not let them in.
    pub async fn desk_cookie(&self) -> Result<String> {
        self.process.venue.desk_cookie(DESK_PASSWORD).await
    }

    /// Leaves the database and the server's log where they are, and tells where.
    pub fn keep(&mut self) -> PathBuf {
        self.folder.disable_cleanup(true);
        self.folder.path().to_owned()
    }
}

/// The server's program beside this one.
///
/// # Errors
/// When it was not built.
pub fn program() -> Result<PathBuf> {
    let program = std::env::current_exe()?.with_file_name("quizwire");
    ensure!(program.exists(), "{} is not there: build the server first", program.display());
    Ok(program)
}
