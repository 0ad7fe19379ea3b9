//! Who lies about times, or about how far away they are, wins nothing by it.

use crate::test_server::TestServer;
use futures::SinkExt;
use protocol::answer::{Change, Edit};
use protocol::client::{Action, Batch, FromDesk, FromTeam, Readiness};
use protocol::codec::{SUBPROTOCOL, encode};
use protocol::ids::{QuestionId, WriterId};
use protocol::replica::Heard;
use protocol::stamp::Stamp;
use protocol::text::Splice;
use protocol::view::TeamStage;
use std::time::Duration;
use swarm::wire::connect;
use swarm::{Desk, Team, now_ms, now_us};
use tokio_tungstenite::tungstenite::Message;

const Q: QuestionId = QuestionId(0);

/// Opens the first question, and ends it once both have written; gives the instant of the end.
async fn ended(desk: &mut Desk, pages: [&mut Team; 2]) -> i64 {
    desk.open_question().await.unwrap();
    for page in pages {
        page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
        page.write(Q, "a").await.unwrap();
    }
    desk.press(Action::CloseNow).await.unwrap();
    desk.view.clock.expect("it runs until the end").to_ms
}

/// Types one more letter, now, and says that it was then.
fn type_as_of(page: &mut Team, claimed_ms: i64) {
    let splice = Splice { at: 1, delete: 0, insert: "b".into() };
    page.replica.edit(Q, Change::Splice(splice), claimed_ms).unwrap();
    page.flush();
}

async fn until_ms(at_ms: i64) {
    tokio::time::sleep(Duration::from_millis((at_ms - now_ms()).max(0) as u64)).await;
}

#[tokio::test]
async fn a_page_that_answers_late_and_sets_its_dates_back_is_late_all_the_same() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut honest = server.team(1, 1).await;
    let mut liar = server.team(2, 2).await;
    // It pretends to be 1.5 s away, so that what it types after the end might still be under way.
    desk.until(|view| view.rows[1].devices.iter().any(|device| device.line.is_some())).await.unwrap();
    liar.wire.delay_answers(Duration::from_millis(1_500));
    let end_ms = ended(&mut desk, [&mut honest, &mut liar]).await;
    until_ms(end_ms + 900).await;
    type_as_of(&mut liar, end_ms - 400);
    liar.until(|page| page.others.contains(&Heard::Late)).await.unwrap();
    assert_eq!(liar.replica.content(Q).text, "a");
    desk.until(|view| view.late.iter().any(|late| late.teams.iter().any(|(_, name)| name == "Team 2"))).await.unwrap();
    desk.send(&FromDesk::History(Some((desk.view.rows[1].team, Q))));
    desk.until(|view| view.history.is_some()).await.unwrap();
    let late = &desk.view.history.as_ref().unwrap().late[0];
    assert!(late.first_ms <= late.closes_ms && late.grace_ms.is_some_and(|grace_ms| grace_ms < 1_000), "{late:?}");
}

#[tokio::test]
async fn a_page_that_answers_no_heartbeat_gets_the_least_time() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut honest = server.team(1, 1).await;
    let cookie = server.team_cookie(2).await;
    let mut mute = connect(&server, "/link/play", &cookie, &server.origin(), SUBPROTOCOL).await.unwrap();
    let mut sender = async |message: &FromTeam| {
        let frame = Stamp { sent_us: now_us(), echo: None }.frame(&encode(message));
        mute.send(Message::Binary(frame.into())).await.unwrap();
    };
    let typed = |first: u64, base: u32, claimed_ms: i64| {
        let changes = vec![Change::Splice(Splice { at: 0, delete: 0, insert: "c".into() })];
        let edits = vec![Edit { at_ms: claimed_ms, changes }];
        FromTeam::Edits(Batch { writer: WriterId(2), first, question: Q, base, on_late: false, edits })
    };
    sender(&FromTeam::Hello { writer: WriterId(2), acked: 0, known: Vec::new() }).await;
    // It has the question at once, as an honest page would.
    desk.press(Action::OpenQuestion).await.unwrap();
    sender(&FromTeam::Ready(Readiness::Loaded { question: Q, percent: 100 })).await;
    honest.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    sender(&typed(1, 0, now_ms())).await;
    desk.until(|view| view.rows[1].text == "c").await.unwrap();
    desk.press(Action::CloseNow).await.unwrap();
    let end_ms = desk.view.clock.expect("it runs until the end").to_ms;
    until_ms(end_ms + 900).await;
    sender(&typed(2, 1, end_ms - 400)).await;
    desk.until(|view| view.late.iter().any(|late| late.teams.iter().any(|(_, name)| name == "Team 2"))).await.unwrap();
    assert_eq!(desk.view.rows[1].text, "c");
    let graces_ms = |team: usize| desk.view.rows[team].devices.iter().map(|device| device.grace_ms).collect::<Vec<_>>();
    assert_eq!(graces_ms(1), [250]);
    assert!((250..2_000).contains(&graces_ms(0)[0]), "{:?}", graces_ms(0));
}

#[tokio::test]
async fn what_was_typed_after_the_end_is_late_however_soon_it_comes() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut page = server.team(1, 1).await;
    let mut other = server.team(2, 2).await;
    let end_ms = ended(&mut desk, [&mut page, &mut other]).await;
    until_ms(end_ms + 10).await;
    type_as_of(&mut page, end_ms + 5);
    page.until(|page| page.others.contains(&Heard::Late)).await.unwrap();
}
