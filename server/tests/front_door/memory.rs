//! What a full hall leaves behind in memory.

use crate::process::Process;
use crate::test_server::{QUIZ, TestServer};
use protocol::ids::{QuestionId, WriterId};
use protocol::replica::Replica;
use protocol::view::TeamStage;
use std::time::Duration;
use swarm::Team;

const Q: QuestionId = QuestionId(0);
const TEAMS: usize = 16;
/// Keys of one team until caches, queues and buffers are as large as they get.
const KEYS_BEFORE: usize = 2_000;
/// Keys of one team whose traces are counted.
const KEYS: usize = 4_000;
const KEYS_A_BATCH: usize = 40;
const LOGINS: usize = 200;
const MB: usize = 1_000_000;

/// Memory of the process that is not on disk.
fn resident(process: &Process) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.0.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1_024
}

#[tokio::test(flavor = "multi_thread")]
async fn logins_leave_little_behind() {
    let mut server = TestServer::with_teams(2).await;
    let process = Process::instead(&mut server, None).await;
    let before = resident(&process);
    for _ in 0..LOGINS / 2 {
        tokio::join!(server.team_cookie(1), server.team_cookie(2));
    }
    let more = resident(&process).saturating_sub(before);
    println!("{LOGINS} logins: {} MB more", more / MB);
    assert!(more < 60 * MB, "{} MB", more / MB);
}

#[tokio::test(flavor = "multi_thread")]
async fn keypresses_leave_little_behind() {
    let folder = tempfile::tempdir().unwrap();
    let quiz = QUIZ.replace("\"seconds\": 30", "\"seconds\": 3600");
    let mut server = TestServer::at(folder.path().join("quizwire.db"), &quiz, TEAMS).await;
    let process = Process::instead(&mut server, None).await;
    let mut desk = server.desk().await;
    let mut pages = Vec::new();
    for number in 1..=TEAMS {
        let cookie = server.team_cookie(number).await;
        let mut page = server.resume(&cookie, Replica::new(WriterId(number as u64))).await;
        page.wire.keeps_frames = false;
        pages.push(page);
    }
    desk.open_question().await.unwrap();
    for page in &mut pages {
        page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    }
    let pages = type_keys(pages, KEYS_BEFORE).await;
    let before = resident(&process);
    type_keys(pages, KEYS).await;
    let each = resident(&process).saturating_sub(before) / (TEAMS * KEYS);
    println!("{} keypresses: {each} bytes each", TEAMS * KEYS);
    assert!(each < 300, "{each} bytes a keypress");
}

/// All pages type so many keys each, as fast as a page may talk, until all is acknowledged.
async fn type_keys(pages: Vec<Team>, keys: usize) -> Vec<Team> {
    let typing = pages.into_iter().map(|mut page| {
        tokio::spawn(async move {
            for key in 0..keys {
                let text = page.replica.content(Q).text;
                let text = if key % 60 == 59 { String::new() } else { text + "x" };
                page.type_text(Q, &text);
                if key % KEYS_A_BATCH == 0 {
                    page.until_saved().await.unwrap();
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
            page.until_saved().await.unwrap();
            page
        })
    });
    let mut typed = Vec::new();
    for typing in typing.collect::<Vec<_>>() {
        typed.push(typing.await.unwrap());
    }
    typed
}
