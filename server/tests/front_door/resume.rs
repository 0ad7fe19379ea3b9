//! Coming back as if nothing had happened.

use crate::test_server::TestServer;
use protocol::client::Action;
use protocol::close;
use protocol::codec::SUBPROTOCOL;
use protocol::ids::{QuestionId, WriterId};
use protocol::replica::Replica;
use protocol::view::{Notice, TeamStage};
use swarm::wire::{close_code, connect};

const Q: QuestionId = QuestionId(0);

#[tokio::test]
async fn a_fresh_page_load_finds_the_half_typed_word_and_the_same_deadline() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut page = server.team(1, 1).await;
    desk.open_question().await.unwrap();
    page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    page.write(Q, "half a wor").await.unwrap();
    let stage = page.view.stage.clone();
    drop(page);
    let page = server.team(1, 2).await;
    assert_eq!(page.view.stage, stage);
    assert_eq!(page.replica.content(Q).text, "half a wor");
}

#[tokio::test]
async fn two_laptops_of_a_team_see_one_text() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut one = server.team(1, 1).await;
    let mut two = server.team(1, 2).await;
    desk.open_question().await.unwrap();
    one.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    two.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    one.type_text(Q, "from one");
    two.type_text(Q, "from two");
    for page in [&mut one, &mut two] {
        page.until(|page| {
            let text = page.replica.content(Q).text;
            page.replica.unsaved() == 0 && text.contains("from one") && text.contains("from two")
        })
        .await
        .unwrap();
    }
    assert_eq!(one.replica.content(Q), two.replica.content(Q));
    desk.until(|view| view.rows[0].text == one.replica.content(Q).text && view.rows[0].devices.len() == 2)
        .await
        .unwrap();
}

#[tokio::test]
async fn after_a_restart_the_question_goes_on_with_its_deadline_and_unsent_words_follow() {
    let mut server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let cookie = server.team_cookie(1).await;
    let mut page = server.resume(&cookie, Replica::new(WriterId(1))).await;
    desk.open_question().await.unwrap();
    page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    page.write(Q, "before").await.unwrap();
    let stage = page.view.stage.clone();
    server.close().await;
    while page.hear().await.unwrap() {}
    page.type_text(Q, "before and while it was away");
    server.open().await;
    let mut page = server.resume(&cookie, page.replica).await;
    page.until(|page| page.replica.unsaved() == 0).await.unwrap();
    assert_eq!(page.view.stage, stage, "the same question with the same deadline");
    assert!(matches!(page.view.own.notice, Some(Notice::Back { .. })), "{:?}", page.view.own.notice);
    let mut desk = server.desk().await;
    desk.until(|view| view.rows[0].text == "before and while it was away").await.unwrap();
    desk.press(Action::CloseNow).await.unwrap();
}

#[tokio::test]
async fn after_a_long_outage_the_game_comes_back_paused_with_the_time_that_was_left() {
    let mut server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let cookie = server.team_cookie(1).await;
    let mut page = server.resume(&cookie, Replica::new(WriterId(1))).await;
    desk.open_question().await.unwrap();
    page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    let clock = desk.view.clock.unwrap();
    server.close().await;
    while page.hear().await.unwrap() {}
    tokio::time::sleep(std::time::Duration::from_millis(5_500)).await;
    page.type_text(Q, "typed while it was away");
    server.open().await;
    let mut page = server.resume(&cookie, page.replica).await;
    page.until(|page| page.replica.unsaved() == 0).await.unwrap();
    assert_eq!(page.replica.content(Q).text, "typed while it was away");
    assert_eq!(page.others, Vec::new(), "none of it is late");
    let TeamStage::Paused { left_ms } = page.view.stage else { panic!("{:?}", page.view.stage) };
    let whole = clock.to_ms - clock.from_ms;
    assert!(left_ms <= whole && left_ms > whole - 4_000, "{left_ms} of {whole}");
    let mut desk = server.desk().await;
    desk.press(Action::Resume).await.unwrap();
    let left = desk.view.clock.unwrap().to_ms - server::clock::now_ms();
    assert!((left - left_ms).abs() < 2_000, "{left} after {left_ms}");
}

#[tokio::test]
async fn logging_out_closes_the_connection_and_ends_the_session() {
    let server = TestServer::with_teams(1).await;
    let cookie = server.team_cookie(1).await;
    let mut socket = connect(&server, "/link/play", &cookie, &server.origin(), SUBPROTOCOL).await.unwrap();
    let response = reqwest::Client::new()
        .post(server.url("/logout"))
        .header("cookie", &cookie)
        .header("origin", server.origin())
        .send()
        .await;
    assert!(response.unwrap().status().is_success());
    assert_eq!(close_code(&mut socket).await.unwrap(), close::POLICY);
    assert_eq!(server.get("/play", &cookie).await.unwrap().0, 303);
}
