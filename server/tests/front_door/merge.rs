//! Several devices, several page loads, and a quizmaster who decides about what came too late.

use crate::test_server::{TestServer, transport};
use protocol::client::{Action, FromDesk};
use protocol::ids::{QuestionId, TeamId, WriterId};
use protocol::limits;
use protocol::outbox::Kept;
use protocol::rejection::Rejection;
use protocol::replica::{Heard, Replica};
use protocol::view::{TeamStage, Transport};
use swarm::Team;

const Q: QuestionId = QuestionId(0);

async fn until_open(page: &mut Team) {
    page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
}

/// What the laptop's disk holds of a page.
fn disk(replica: &mut Replica) -> Vec<Kept> {
    let records = replica.disk_writes().into_iter().flat_map(|disk_writes| disk_writes.put);
    records.map(|kept| Kept::read(&kept.record()).unwrap()).collect()
}

#[tokio::test]
async fn what_two_devices_write_beyond_the_limit_is_cut_alike_everywhere() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let (mut one, mut two) = (server.team(1, 1).await, server.team(1, 2).await);
    desk.open_question().await.unwrap();
    until_open(&mut one).await;
    until_open(&mut two).await;
    let most = limits::SHORT_TEXT_CHARS;
    one.type_text(Q, &"a".repeat(most - 10));
    two.type_text(Q, &"b".repeat(most - 10));
    for page in [&mut one, &mut two] {
        let whole = |page: &Team| {
            let text = page.replica.content(Q).text;
            page.replica.unsaved() == 0 && text.chars().count() == most && text.contains('a') && text.contains('b')
        };
        page.until(whole).await.unwrap();
    }
    assert_eq!(one.replica.content(Q), two.replica.content(Q));
    assert_eq!((one.others.as_slice(), two.others.as_slice()), (&[][..], &[][..]), "nothing was refused");
    // And it goes on from there.
    two.write(Q, "short again").await.unwrap();
    one.until(|page| page.replica.content(Q).text == "short again").await.unwrap();
}

#[tokio::test]
async fn a_killed_browser_leaves_what_it_typed_to_the_next_page_load() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut page = server.team(1, 1).await;
    desk.open_question().await.unwrap();
    until_open(&mut page).await;
    page.write(Q, "saved").await.unwrap();
    let mut replica = page.replica.clone();
    replica.disk_writes();
    drop(page);
    // Typed without a line, kept on the disk, and the browser is gone.
    replica.cut();
    for letter in " and kept".chars() {
        let at = replica.content(Q).text.chars().count() as u32;
        let splice = protocol::text::Splice { at, delete: 0, insert: letter.into() };
        replica.edit(Q, protocol::answer::Change::Splice(splice), swarm::now_ms()).unwrap();
    }
    let records = disk(&mut replica);
    // Two page loads find the same records, as two tabs do, and both send them.
    let cookie = server.team_cookie(1).await;
    for writer in [2, 3] {
        let mut page = server.resume(&cookie, Replica::new(WriterId(writer))).await;
        page.replica.adopt(records.clone(), swarm::now_ms());
        page.flush();
        page.until(|page| page.replica.unsaved() == 0 && page.replica.content(Q).text == "saved and kept")
            .await
            .unwrap();
        page.write(Q, "saved and kept").await.unwrap();
    }
    desk.until(|view| view.rows[0].text == "saved and kept").await.unwrap();
}

#[tokio::test]
async fn what_came_too_late_is_told_kept_and_accepted_or_left() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let cookie = server.team_cookie(1).await;
    let mut page = server.resume(&cookie, Replica::new(WriterId(1))).await;
    let mut other = server.team(2, 2).await;
    desk.open_question().await.unwrap();
    until_open(&mut page).await;
    until_open(&mut other).await;
    page.write(Q, "in time").await.unwrap();
    // More than one batch without a line, until long after the deadline.
    let mut replica = page.replica.clone();
    drop(page);
    replica.cut();
    for letter in 0..90u32 {
        let insert = if letter == 0 { ", then " } else { "x" };
        let at = replica.content(Q).text.chars().count() as u32;
        let splice = protocol::text::Splice { at, delete: 0, insert: insert.into() };
        replica.edit(Q, protocol::answer::Change::Splice(splice), swarm::now_ms()).unwrap();
    }
    // Far enough that the clocks of page and server, which round differently, agree that it was before the end.
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    desk.close_question().await.unwrap();
    let mut page = server.resume(&cookie, replica).await;
    page.until(|page| page.replica.unsaved() == 0).await.unwrap();
    assert!(page.others.iter().all(|heard| *heard == Heard::Late) && !page.others.is_empty(), "{:?}", page.others);
    assert_eq!(page.replica.content(Q).text, "in time", "what counts");
    desk.until(|view| view.late.len() == 1 && view.late[0].teams[0].1 == "Team 1" && view.rows[0].late == 90)
        .await
        .unwrap();
    assert!(desk.view.late[0].acceptable);
    let team = desk.view.rows[0].team;
    desk.send(&FromDesk::History(Some((team, Q))));
    desk.until(|view| view.history.is_some()).await.unwrap();
    let history = desk.view.history.clone().unwrap();
    assert_eq!(history.late.len(), 1, "one chain: {:?}", history.late);
    assert_eq!(history.late[0].text, format!("in time, then {}", "x".repeat(89)));
    assert!(history.late[0].first_ms <= history.late[0].closes_ms, "typed in time: {:?}", history.late[0]);
    desk.send(&FromDesk::SettleLate { question: Q, team: None, accept: true });
    desk.until(|view| view.late.is_empty()).await.unwrap();
    let whole = format!("in time, then {}", "x".repeat(89));
    desk.until(|view| view.rows[0].text == whole).await.unwrap();
    page.until(|page| page.replica.content(Q).text == whole).await.unwrap();
    desk.send(&FromDesk::SettleLate { question: Q, team: None, accept: true });
    assert_eq!(desk.until_refused().await.unwrap(), Rejection::NotNow, "there is nothing left to decide");
}

#[tokio::test]
async fn an_earlier_version_can_be_used_once_the_question_is_over() {
    let mut server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut page = server.team(1, 1).await;
    desk.open_question().await.unwrap();
    until_open(&mut page).await;
    page.write(Q, "solution alpha").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(limits::VERSION_MS as u64 + 100)).await;
    page.write(Q, "").await.unwrap();
    let team: TeamId = desk.view.rows[0].team;
    let use_it = FromDesk::UseVersion { team, question: Q, revision: 1 };
    desk.send(&use_it);
    assert_eq!(desk.until_refused().await.unwrap(), Rejection::NotNow, "not while the team writes");
    desk.close_question().await.unwrap();
    desk.send(&FromDesk::History(Some((team, Q))));
    desk.until(|view| view.history.is_some()).await.unwrap();
    let history = desk.view.history.clone().unwrap();
    let texts: Vec<_> = history.versions.iter().map(|version| (version.text.as_str(), version.device)).collect();
    assert_eq!(texts, [("", Some(1)), ("solution alpha", Some(1))]);
    desk.send(&use_it);
    desk.until(|view| view.rows[0].text == "solution alpha").await.unwrap();
    page.until(|page| page.replica.content(Q).text == "solution alpha").await.unwrap();
    desk.press(Action::ShowSolution).await.unwrap();
    desk.until(|view| view.standings.iter().any(|standing| standing.team == team && standing.cents == 1_000))
        .await
        .unwrap();
    // All of it is in the journal.
    server.close().await;
    server.open().await;
    let mut desk = server.desk().await;
    desk.until(|view| view.rows[0].text == "solution alpha").await.unwrap();
}

#[tokio::test]
async fn the_desk_sees_how_each_device_is_connected() {
    let server = TestServer::with_teams(1).await;
    let mut desk = server.desk().await;
    let mut page = server.team(1, 1).await;
    let cookie = server.team_cookie(1).await;
    let other = match transport() {
        Transport::WebSocket => Transport::Polling,
        Transport::Polling => Transport::WebSocket,
    };
    let second = Team::join(&server, other, &cookie, 2).await.unwrap();
    let both = [Transport::WebSocket, Transport::Polling];
    desk.until(|view| {
        let mut transports: Vec<_> = view.rows[0].devices.iter().map(|device| device.transport).collect();
        transports.sort();
        transports == both
    })
    .await
    .unwrap();
    page.until(|page| page.view.own.devices == 2).await.unwrap();
    drop(second);
    page.until(|page| page.view.own.devices == 1).await.unwrap();
}
