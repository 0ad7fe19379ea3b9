//! The disk of a running server fills up while teams type; then it is freed. Nothing that was acknowledged is lost, what
//! needs no writing goes on meanwhile, and afterwards so does the game, by itself. Or it fails to sync: then the server
//! ends, and the next one loses nothing, either.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

#[allow(dead_code, reason = "the house has more rooms than this needs")]
#[path = "../../server/tests/front_door/house.rs"]
mod house;

use faultdisk::{Disk, Fault};
use game::{Event, Game};
use house::{House, QUIZ, entrant, transport};
use protocol::client::Action;
use protocol::ids::{QuestionId, WriterId};
use protocol::outboxes::Outboxes;
use protocol::view::TeamStage;
use server::store::Store;
use std::time::Duration;

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
    page: Result<swarm::Team, Outboxes>,
    acknowledged: u64,
}

impl Team {
    async fn join(house: &House, number: usize) -> Self {
        let cookie = house.team_cookie(number).await;
        let page = Ok(house.resume(&cookie, Outboxes::new(WriterId(number as u64))).await);
        Self { number, cookie, page, acknowledged: 0 }
    }

    /// Types a letter and waits until it is saved or the connection has ended; comes back first if it was away.
    async fn type_letter(&mut self, house: &House) {
        let mut page = match std::mem::replace(&mut self.page, Err(Outboxes::new(WriterId(0)))) {
            Ok(page) => page,
            Err(outboxes) => match knock(house, &self.cookie, outboxes).await {
                Ok(page) => page,
                Err(outboxes) => return self.page = Err(outboxes),
            },
        };
        let text = page.outboxes.content(Q).text + "x";
        page.type_text(Q, &text);
        let mut is_here = true;
        while is_here && page.outboxes.unsaved() > 0 {
            is_here = page.hear().await.unwrap();
        }
        self.acknowledged = self.acknowledged.max(page.acked);
        self.page = if is_here { Ok(page) } else { Err(page.outboxes) };
    }

    /// Comes back, however often it has to knock.
    async fn come_back(&mut self, house: &House) {
        for _ in 0..KNOCKS {
            match std::mem::replace(&mut self.page, Err(Outboxes::new(WriterId(0)))) {
                Err(outboxes) => self.page = knock(house, &self.cookie, outboxes).await,
                Ok(page) => return self.page = Ok(page),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("team {} does not get in again", self.number);
    }
}

/// Comes back if the server lets the page in; what it has typed is not lost otherwise.
async fn knock(house: &House, cookie: &str, outboxes: Outboxes) -> Result<swarm::Team, Outboxes> {
    swarm::Team::resume(house, transport(), cookie, outboxes.clone()).await.map_err(|_| outboxes)
}

/// What reads, and what only asks who somebody is, answers as ever; what would have to write says that it cannot.
async fn others_are_answered(house: &House, team: &Team) {
    for path in ["/healthz", "/play", "/control", &format!("/screen/{}", house.code)] {
        assert_eq!(house.get(path, &team.cookie).await.unwrap().0, 200, "{path}");
    }
    let (name, password) = (entrant(team.number).name, entrant(team.number).password);
    let login = house.post("/login", &[("name", &name), ("password", &password)], &house.origin()).await.unwrap();
    assert_eq!(login.status(), 500, "a session that cannot be stored is none");
}

/// A house on a disk, with teams that have each typed a letter that was saved.
async fn house_on(disk: &Disk) -> (House, Vec<Team>) {
    let quiz = QUIZ.replace("\"seconds\": 30", "\"seconds\": 3600");
    let house = House::at(disk.database("quizwire.db"), &quiz, TEAMS).await;
    let mut desk = house.desk().await;
    let mut teams = Vec::new();
    for number in 1..=TEAMS {
        teams.push(Team::join(&house, number).await);
    }
    desk.open_question().await.unwrap();
    for team in &mut teams {
        team.page.as_mut().unwrap().until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
        team.type_letter(&house).await;
        assert_eq!(team.acknowledged, 1);
    }
    (house, teams)
}

async fn fills_up_and_is_freed() {
    let seed: u64 = rand::random();
    let disk = Disk::new().unwrap();
    let (house, mut teams) = house_on(&disk).await;
    disk.inflict(Fault::Full);
    for _ in 0..LETTERS {
        for team in &mut teams {
            team.type_letter(&house).await;
        }
    }
    assert!(teams.iter().all(|team| team.page.is_err()), "a room that cannot write has to end");
    let acknowledged: Vec<_> = teams.iter().map(|team| team.acknowledged).collect();
    others_are_answered(&house, &teams[0]).await;

    disk.mend();
    go_on(&house, &mut teams).await;
    println!("seed {seed}: acknowledged up to {acknowledged:?} before it was freed");
    everything_is_on(&disk, seed, teams).await;
}

/// All come back, and type another letter.
async fn go_on(house: &House, teams: &mut [Team]) {
    for team in &mut *teams {
        team.come_back(house).await;
    }
    let mut desk = house.desk().await;
    if desk.view.now.starts_with("Paused") {
        desk.press(Action::Resume).await.unwrap();
    }
    for team in teams {
        team.page.as_mut().unwrap().until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
        team.type_letter(house).await;
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
        assert_eq!(game.document(Q, id).content.text, page.outboxes.content(Q).text, "seed {seed}");
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
    let (mut house, mut teams) = house_on(&disk).await;
    disk.inflict(fault);
    for team in &mut teams {
        team.type_letter(&house).await;
    }
    assert!(house.task.take().unwrap().await.unwrap().is_err(), "the process has to end");
    assert!(teams.iter().all(|team| team.page.is_err() && team.acknowledged == 1), "nothing more was acknowledged");
    // The next process finds everything as it reads, on a disk that is well again.
    disk = disk.kill().unwrap();
    house.database = disk.database("quizwire.db");
    house.open().await;
    go_on(&house, &mut teams).await;
    everything_is_on(&disk, seed, teams).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_failed_is_the_end_and_the_next_server_loses_nothing() {
    for fault in [Fault::Sync, Fault::Forget] {
        tokio::time::timeout(PATIENCE, fails_a_sync(fault)).await.expect("patience");
    }
}
