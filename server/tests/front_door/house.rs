//! A house with a server in it: its own database, a small quiz, and teams with their passwords.

use clap::Parser;
use game::quiz::Quiz;
use server::config::{Cli, Command, Serve};
use server::games::{self, Entrant, File};
use server::store::{Journal, Store};
use std::net::SocketAddr;
use std::path::PathBuf;
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
pub struct House {
    folder: tempfile::TempDir,
    /// Where it listens.
    pub address: SocketAddr,
    /// The game's code.
    pub code: String,
    /// The quizmaster's password.
    pub password: String,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<anyhow::Result<()>>>,
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

impl House {
    /// A house with this many teams.
    pub async fn with_teams(teams: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let quiz: Quiz = serde_json::from_str(QUIZ).unwrap();
        let store = Store::open(&folder.path().join("quizwire.db")).await.unwrap();
        let journal = Journal::start(store.clone());
        let entrants: Vec<_> = (1..=teams).map(entrant).collect();
        let picture = File { name: "a.svg".into(), mime: "image/svg+xml".into(), bytes: PICTURE.into() };
        let code = games::create(&store, &journal, quiz, &entrants, &[picture]).await.unwrap();
        store.close().await;
        let mut house = Self {
            folder,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            code,
            password: String::new(),
            stop: None,
            task: None,
        };
        house.open().await;
        house
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("quizwire.db")
    }

    /// Starts the server, on the port it had before if it had one.
    pub async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.address = listener.local_addr().unwrap();
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

    /// An address of the server.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Posts a form as a browser does, without following where it leads.
    pub async fn post(&self, path: &str, form: &[(&str, &str)], origin: &str) -> reqwest::Response {
        let body: Vec<_> = form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        client()
            .post(self.url(path))
            .header("origin", origin)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.join("&"))
            .send()
            .await
            .unwrap()
    }

    /// The own origin.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Logs a team in and returns its cookie.
    pub async fn team_cookie(&self, number: usize) -> String {
        let Entrant { name, password } = entrant(number);
        let response = self.post("/login", &[("name", &name), ("password", &password)], &self.origin()).await;
        assert_eq!(response.status(), 303, "{:?}", response.text().await);
        cookie(&response)
    }

    /// Logs the quizmaster in and returns the cookie.
    pub async fn desk_cookie(&self) -> String {
        let response = self.post("/control/login", &[("password", &self.password)], &self.origin()).await;
        assert_eq!(response.status(), 303);
        cookie(&response)
    }

    /// Body of a page, with a cookie.
    pub async fn get(&self, path: &str, cookie: &str) -> (u16, String) {
        let response = client().get(self.url(path)).header("cookie", cookie).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn cookie(response: &reqwest::Response) -> String {
    let header = response.headers()["set-cookie"].to_str().unwrap();
    assert!(header.contains("HttpOnly") && header.contains("SameSite=Lax"), "{header}");
    header.split(';').next().unwrap().to_owned()
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
