//! A server of this process: its own database, a small quiz, and teams with their passwords.

use clap::Parser;
use game::quiz::Quiz;
use protocol::replica::Replica;
use server::config::{Cli, Command, Serve};
use server::games::{self, Entrant, File};
use server::store::Store;
use std::net::SocketAddr;
use std::ops::Deref;
use std::path::PathBuf;
use swarm::{Desk, Screen, Team, Transport, Venue};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A picture's content that appears nowhere else.
pub const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg'/>";

/// Two rounds: closed questions of every kind, then one to be rated.
pub const QUIZ: &str = r#"{
  "title": "Test evening",
  "rounds": [
    { "title": "Closed", "intro": "Closed intro.", "questions": [
      { "prompt": "Prompt alpha?", "points": 10, "seconds": 30, "explanation": "Because alpha.",
        "picture": { "file": "a.svg", "description": "A picture." },
        "answer": { "kind": "short_text", "accepted": ["Solution alpha"] } },
      { "prompt": "Prompt beta?", "points": 10, "seconds": 30, "explanation": "Because beta.", "host_note": "Note beta.",
        "answer": { "kind": "one_choice", "options": ["beta one", "beta two"], "right": 1 } },
      { "prompt": "Prompt gamma?", "points": 10, "seconds": 30, "explanation": "Because gamma.",
        "answer": { "kind": "number", "value": 4711, "tolerance": 1 } } ] },
    { "title": "Rated", "intro": "Rated intro.", "questions": [
      { "prompt": "Prompt delta?", "points": 20, "seconds": 30,
        "answer": { "kind": "long_text", "criterion": "Criterion delta?" } } ] }
  ]
}"#;

/// A running server.
pub struct TestServer {
    /// The database file.
    pub database: PathBuf,
    /// Where the database lies, if it made the place for it.
    _folder: Option<tempfile::TempDir>,
    /// Where it is.
    pub venue: Venue,
    /// The quizmaster's password.
    pub password: String,
    stop: Option<oneshot::Sender<()>>,
    /// The server, until it ends.
    pub task: Option<JoinHandle<anyhow::Result<()>>>,
}

/// Team number n and its password.
pub fn entrant(number: usize) -> Entrant {
    Entrant { name: format!("Team {number}"), password: format!("password {number}") }
}

/// Settings as the command line would give them.
pub fn settings(database: &std::path::Path) -> Serve {
    let leptos = concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml");
    let database = database.to_str().unwrap();
    let line = ["quizwire", "serve", "--listen", "127.0.0.1:0", "--leptos", leptos, "--database", database];
    match Cli::parse_from(line).command {
        Command::Serve(settings) => settings,
        other => panic!("{other:?}"),
    }
}

impl TestServer {
    /// A server with this many teams.
    pub async fn with_teams(teams: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = Self::at(folder.path().join("quizwire.db"), QUIZ, teams).await;
        Self { _folder: Some(folder), ..server }
    }

    /// A server with its database here.
    pub async fn at(database: PathBuf, quiz: &str, teams: usize) -> Self {
        let quiz: Quiz = serde_json::from_str(quiz).unwrap();
        let store = Store::open(&database).await.unwrap();
        let entrants: Vec<_> = (1..=teams).map(entrant).collect();
        let picture = File { name: "a.svg".into(), mime: "image/svg+xml".into(), bytes: PICTURE.into() };
        let code = games::create(&store, quiz, &entrants, &[picture]).await.unwrap();
        store.close().await;
        Self::on(database, &code, "").await
    }

    /// A server on a database that is there already, with the game of this code and this password of the quizmaster, if
    /// there is one.
    pub async fn on(database: PathBuf, code: &str, password: &str) -> Self {
        let mut server = Self {
            database,
            _folder: None,
            venue: Venue::new(SocketAddr::from(([127, 0, 0, 1], 0)), code),
            password: password.into(),
            stop: None,
            task: None,
        };
        server.open().await;
        server
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.database.clone()
    }

    /// Starts the server, on the port it had before if it had one.
    pub async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.venue.address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let (announce, announced) = oneshot::channel();
        let settings = settings(&self.database());
        let stopped = async { drop(stopped.await) };
        self.task =
            Some(tokio::spawn(server::serve(listener, settings, stopped, |banner| drop(announce.send(banner)))));
        self.stop = Some(stop);
        if let Some(password) = announced.await.unwrap().password {
            self.password = password;
        }
    }

    /// Ends the server as a signal would.
    pub async fn close(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        self.task.take().unwrap().await.unwrap().unwrap();
    }

    /// Logs a team in and returns its cookie.
    pub async fn team_cookie(&self, number: usize) -> String {
        let Entrant { name, password } = entrant(number);
        self.venue.team_cookie(&name, &password).await.unwrap()
    }

    /// Logs the quizmaster in and returns the cookie.
    pub async fn desk_cookie(&self) -> String {
        self.venue.desk_cookie(&self.password).await.unwrap()
    }

    /// A team's page, just loaded.
    pub async fn team(&self, number: usize, writer: u64) -> Team {
        let cookie = self.team_cookie(number).await;
        Team::join(&self.venue, transport(), &cookie, writer).await.unwrap()
    }

    /// A team's page that comes back with what an earlier connection held.
    pub async fn resume(&self, cookie: &str, replica: Replica) -> Team {
        Team::resume(&self.venue, transport(), cookie, replica).await.unwrap()
    }

    /// The quizmaster's desk.
    pub async fn desk(&self) -> Desk {
        let cookie = self.desk_cookie().await;
        Desk::open(&self.venue, transport(), &cookie).await.unwrap()
    }

    /// The big screen, opened beside the desk.
    pub async fn screen(&self) -> Screen {
        let cookie = self.screen_cookie().await;
        Screen::open(&self.venue, transport(), &cookie).await.unwrap()
    }

    /// Opens the big screen at this path, in a browser that knows nothing else, and returns its cookie.
    pub async fn screen_cookie_at(&self, path: &str) -> String {
        self.venue.screen_cookie(path, "").await.unwrap()
    }

    /// Opens the big screen where the quizmaster is logged in and returns its cookie.
    pub async fn screen_cookie(&self) -> String {
        let path = format!("/screen/{}", self.code);
        self.venue.screen_cookie(&path, &self.desk_cookie().await).await.unwrap()
    }
}

impl Deref for TestServer {
    type Target = Venue;

    fn deref(&self) -> &Venue {
        &self.venue
    }
}

/// What carries the frames of this run: all tests hold over both.
pub fn transport() -> Transport {
    match std::env::var("QUIZWIRE_TRANSPORT").as_deref() {
        Ok("polling") => Transport::Polling,
        Ok(other) if other != "websocket" => panic!("QUIZWIRE_TRANSPORT={other}"),
        _ => Transport::WebSocket,
    }
}
