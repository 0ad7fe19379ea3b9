//! The disk of a running server fills up while teams type; then it is freed. Nothing that was acknowledged is lost, what
//! needs no writing goes on meanwhile, and afterwards so does the game, by itself. Or it fails to sync: then the server
//! ends, and the next one loses nothing, either.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

#[allow(dead_code, reason = "the server has more rooms than this needs")]
#[path = "../../server/tests/front_door/test_server.rs"]
mod test_server;

use faultdisk::{Disk, Fault};
use game::{Event, Game};
use protocol::client::Action;
use protocol::ids::{QuestionId, WriterId};
use protocol::replica::Replica;
use protocol::view::{Moment, TeamStage};
use server::storage::Teams;
use server::store::Store;
use std::time::Duration;
use test_server::{QUIZ, TestServer, entrant, transport};

const TEAMS: usize = 3;
/// Letters that a team types into a fault, each with a connection of its own if need be.
const LETTERS: usize = 6;
/// Tries to get in again, a moment apart, before a team gives up.
const KNOCKS: usize = 200;
/// Longer than all of it takes; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(120);
const Q: QuestionId = QuestionId(0);

/// A team that keeps what it has typed and comes back.
struct Team {
    number: usize,
    cookie: String,
    /// Its page, or what is left of it after the connection ended.
    page: Result<swarm::Team, Replica>,
    acknowledged: u64,
}

impl Team {
    async fn join(server: &TestServer, number: usize) -> Self {
        let cookie = server.team_cookie(number).await;
        let page = Ok(server.resume(&cookie, Replica::new(WriterId(number as u64))).await);
        Self { number, cookie, page, acknowledged: 0 }
    }

    /// Types a letter and waits until it is saved or the connection has ended; comes back first if it was away.
    async fn type_letter(&mut self, server: &TestServer) {
        let mut page = match std::mem::replace(&mut self.page, Err(Replica::new(WriterId(0)))) {
            Ok(page) => page,
            Err(replica) => match knock(server, &self.cookie, replica).await {
                Ok(page) => page,
                Err(replica) => return self.page = Err(replica),
            },
        };
        let text = page.replica.content(Q).text + "x";
        page.type_text(Q, &text);
        let mut is_here = true;
        while is_here && page.replica.unsaved() > 0 {
            is_here = page.hear().await.unwrap();
        }
        self.acknowledged = self.acknowledged.max(page.acked);
        self.page = if is_here { Ok(page) } else { Err(page.replica) };
    }

    /// Comes back, however often it has to knock.
    async fn come_back(&mut self, server: &TestServer) {
        for _ in 0..KNOCKS {
            match std::mem::replace(&mut self.page, Err(Replica::new(WriterId(0)))) {
                Err(replica) => self.page = knock(server, &self.cookie, replica).await,
                Ok(page) => return self.page = Ok(page),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("team {} does not get in again", self.number);
    }
}

/// Comes back if the server lets the page in; what it has typed is not lost otherwise.
async fn knock(server: &TestServer, cookie: &str, replica: Replica) -> Result<swarm::Team, Replica> {
    swarm::Team::resume(server, transport(), cookie, replica.clone()).await.map_err(|_| replica)
}

/// What reads, and what only asks who somebody is, answers as ever; what would have to write says that it cannot.
async fn others_are_answered(server: &TestServer, team: &Team) {
    for path in ["/healthz", "/play", "/control", &format!("/screen/{}", server.code)] {
        assert_eq!(server.get(path, &team.cookie).await.unwrap().0, 200, "{path}");
    }
    let (name, password) = (entrant(team.number).name, entrant(team.number).password);
    let login = server.post("/login", &[("name", &name), ("password", &password)], &server.origin()).await.unwrap();
    assert_eq!(login.status(), 500, "a session that cannot be stored is none");
}

/// A server on a disk, with teams that have each typed a letter that was saved.
async fn server_on(disk: &Disk) -> (TestServer, Vec<Team>) {
    let quiz = QUIZ.replace("\"seconds\": 30", "\"seconds\": 3600");
    let server = TestServer::at(disk.database("quizwire.db"), &quiz, TEAMS).await;
    let mut desk = server.desk().await;
    let mut teams = Vec::new();
    for number in 1..=TEAMS {
        teams.push(Team::join(&server, number).await);
    }
    desk.open_question().await.unwrap();
    for team in &mut teams {
        team.page.as_mut().unwrap().until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
        team.type_letter(&server).await;
        assert_eq!(team.acknowledged, 1);
    }
    (server, teams)
}

async fn fills_up_and_is_freed() {
    let seed: u64 = rand::random();
    let disk = Disk::new().unwrap();
    let (server, mut teams) = server_on(&disk).await;
    disk.inflict(Fault::Full);
    for _ in 0..LETTERS {
        for team in &mut teams {
            team.type_letter(&server).await;
        }
    }
    assert!(teams.iter().all(|team| team.page.is_err()), "a room that cannot write has to end");
    let acknowledged: Vec<_> = teams.iter().map(|team| team.acknowledged).collect();
    others_are_answered(&server, &teams[0]).await;

    disk.mend();
    go_on(&server, &mut teams).await;
    println!("seed {seed}: acknowledged up to {acknowledged:?} before it was freed");
    everything_is_on(&disk, seed, teams).await;
}

/// All come back, and type another letter.
async fn go_on(server: &TestServer, teams: &mut [Team]) {
    for team in &mut *teams {
        team.come_back(server).await;
    }
    let mut desk = server.desk().await;
    if desk.view.now == Moment::Paused {
        desk.press(Action::Resume).await.unwrap();
    }
    for team in teams {
        team.page.as_mut().unwrap().until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
        team.type_letter(server).await;
        assert!(team.page.is_ok(), "the room takes edits again and stays");
    }
}

/// Whatever was acknowledged is on the disk, not only in the memory of a connection, nor of the system.
async fn everything_is_on(disk: &Disk, seed: u64, teams: Vec<Team>) {
    let folder = tempfile::tempdir().unwrap();
    disk.power_cut(seed).write_to(folder.path()).unwrap();
    let store = Store::open(&folder.path().join("quizwire.db")).await.unwrap();
    let facts = store.facts(1).await.unwrap();
    let game = Game::replay(&facts);
    for team in teams {
        let writer = WriterId(team.number as u64);
        let numbers = facts.iter().filter_map(|fact| match fact.event {
            Event::Edited { writer: by, number, .. } if by == writer => Some(number),
            _ => None,
        });
        assert!(
            numbers.eq(1..=team.acknowledged),
            "seed {seed}: each once, in order, up to the last that was heard of"
        );
        let id = store.team(1, &entrant(team.number).name).await.unwrap().unwrap().id;
        let page = team.page.unwrap_or_else(|_| panic!("team {} is here", team.number));
        assert_eq!(game.document(Q, id).content.text, page.replica.content(Q).text, "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_and_is_freed() {
    tokio::time::timeout(PATIENCE, fills_up_and_is_freed()).await.expect("patience");
}

/// The server on a disk that fails a sync, and the one that is started after it.
async fn fails_a_sync(fault: Fault) {
    let seed: u64 = rand::random();
    let mut disk = Disk::new().unwrap();
    let (mut server, mut teams) = server_on(&disk).await;
    disk.inflict(fault);
    for team in &mut teams {
        team.type_letter(&server).await;
    }
    assert!(server.task.take().unwrap().await.unwrap().is_err(), "the process has to end");
    assert!(teams.iter().all(|team| team.page.is_err() && team.acknowledged == 1), "nothing more was acknowledged");
    // The next process finds everything as it reads, on a disk that is well again.
    disk = disk.kill().unwrap();
    server.database = disk.database("quizwire.db");
    server.open().await;
    go_on(&server, &mut teams).await;
    everything_is_on(&disk, seed, teams).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_failed_is_the_end_and_the_next_server_loses_nothing() {
    for fault in [Fault::Sync, Fault::Forget] {
        tokio::time::timeout(PATIENCE, fails_a_sync(fault)).await.expect("patience");
    }
}
