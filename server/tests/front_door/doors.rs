//! Connections: how many, how long, and whose go first.

use crate::process::Process;
use crate::test_server::{TestServer, entrant, transport};
use protocol::close;
use protocol::codec::SUBPROTOCOL;
use protocol::polling;
use reqwest::Method;
use server::games;
use server::store::Store;
use sqlx::Connection;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;
use swarm::Team;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Longer than the server waits for anybody.
const LIMIT: Duration = Duration::from_secs(40);
/// Descriptors of a server that is to run out of them.
const DESCRIPTORS: u32 = 256;

#[tokio::test]
async fn silent_sockets_keep_nobody_out() {
    let mut server = TestServer::with_teams(2).await;
    let _process = Process::instead(&mut server, Some(DESCRIPTORS)).await;
    let cookie = server.team_cookie(1).await;
    let mut early = Team::join(&server, transport(), &cookie, 1).await.unwrap();
    let mut silent = Vec::new();
    for _ in 0..2 * DESCRIPTORS {
        silent.push(TcpStream::connect(server.address).await.unwrap());
    }
    // Who comes now gets in, and who was in stays in.
    let cookie = server.team_cookie(2).await;
    Team::join(&server, transport(), &cookie, 2).await.unwrap();
    let mut desk = server.desk().await;
    desk.press(protocol::client::Action::OpenQuestion).await.unwrap();
    early.until_stage(|stage| !matches!(stage, protocol::view::TeamStage::Lobby { .. })).await.unwrap();
}

#[tokio::test]
async fn who_does_not_finish_what_it_says_is_hung_up_on() {
    let server = TestServer::with_teams(1).await;
    let openings = [
        "",
        "GET / HTTP/1.1\r\nHost: quiz\r\nX-",
        "POST /login HTTP/1.1\r\nHost: quiz\r\nContent-Length: 100\r\n\r\nname=",
        "GET /healthz HTTP/1.1\r\nHost: quiz\r\n\r\n",
    ];
    let hung_up = openings.map(|opening| {
        let address = server.address;
        tokio::spawn(async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(opening.as_bytes()).await.unwrap();
            let mut answer = Vec::new();
            // Reset or closed, it is over.
            let _ = tokio::time::timeout(LIMIT, stream.read_to_end(&mut answer)).await.expect("it is hung up");
        })
    });
    for hung_up in hung_up {
        hung_up.await.unwrap();
    }
}

#[tokio::test]
async fn asked_to_end_it_ends_whatever_hangs() {
    let mut server = TestServer::with_teams(1).await;
    let mut process = Process::instead(&mut server, None).await;
    let mut page = server.team(1, 1).await;
    page.wire.withhold_answers();
    let mut stuck = Vec::new();
    for opening in ["", "GET / HTTP/1.1\r\n", "POST /login HTTP/1.1\r\nHost: quiz\r\nContent-Length: 100\r\n\r\n"] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(opening.as_bytes()).await.unwrap();
        stuck.push(stream);
    }
    // Nothing can be written meanwhile, either.
    let mut holder = sqlx::SqliteConnection::connect(server.database().to_str().unwrap()).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut holder).await.unwrap();
    page.type_text(protocol::ids::QuestionId(0), "x");
    assert!(process.terminate(Duration::from_secs(15)).await);
}

#[tokio::test]
async fn links_over_plain_requests_are_few_for_whoever_has_no_session() {
    let server = TestServer::with_teams(1).await;
    let path = format!("/link/screen/{}/poll?version={SUBPROTOCOL}", server.code);
    let mut refused = 0;
    for _ in 0..40 {
        let answer = server.request(Method::POST, &path, "").send().await.unwrap();
        let code = answer.headers().get(polling::CODE).map(|code| code.to_str().unwrap().parse::<u16>().unwrap());
        refused += usize::from(code == Some(close::TOO_MANY));
    }
    assert!(refused >= 20, "{refused}");
    let cookie = server.team_cookie(1).await;
    Team::join(&server, swarm::Transport::Polling, &cookie, 1).await.unwrap();
}

#[tokio::test]
async fn whoever_has_no_session_cannot_fill_the_log() {
    let mut server = TestServer::with_teams(1).await;
    let _process = Process::instead(&mut server, None).await;
    let path = format!("/link/screen/{}", server.code);
    let http = reqwest::Client::new();
    for length in [20_000, 300_000] {
        for _ in 0..200 {
            let upgrade = [
                ("connection", "Upgrade"),
                ("upgrade", "websocket"),
                ("sec-websocket-version", "13"),
                ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
                ("origin", &"o".repeat(length)),
            ];
            let request = http.get(server.url(&path));
            let request = upgrade.into_iter().fold(request, |request, (name, value)| request.header(name, value));
            // Refused, or not even read to its end.
            assert!(request.send().await.map_or(true, |answer| answer.status().is_client_error()));
        }
    }
    let log = std::fs::metadata(Process::log(&server)).unwrap().len();
    assert!((1..100_000).contains(&log), "{log}");
}

#[tokio::test]
async fn a_hall_behind_one_router_logs_in() {
    let server = TestServer::with_teams(1).await;
    for _ in 0..320 {
        server.team_cookie(1).await;
    }
}

#[tokio::test]
async fn a_login_by_code_finds_an_old_game() {
    let server = TestServer::with_teams(1).await;
    let store = Store::open(&server.database()).await.unwrap();
    for _ in 0..201 {
        let quiz = serde_json::from_str(crate::test_server::QUIZ).unwrap();
        games::create(&store, quiz, &[], &[]).await.unwrap();
    }
    store.close().await;
    server.venue.team_cookie(&entrant(1).name, &entrant(1).password).await.unwrap();
}

#[tokio::test]
async fn the_database_is_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("data/quizwire.db");
    let server = TestServer::at(database.clone(), crate::test_server::QUIZ, 1).await;
    let _page = server.team(1, 1).await;
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(database.parent().unwrap()), 0o700);
    for file in ["quizwire.db", "quizwire.db-wal", "quizwire.db-shm"] {
        assert_eq!(mode(&database.with_file_name(file)), 0o600, "{file}");
    }
}
