//! Coming back as if nothing had happened.

use crate::house::House;
use protocol::client::Action;
use protocol::codec::{SUBPROTOCOL, close};
use protocol::ids::{QuestionId, WriterId};
use protocol::outboxes::Outboxes;
use protocol::view::TeamStage;
use swarm::wire::{close_code, connect};

const Q: QuestionId = QuestionId(0);

#[tokio::test]
async fn a_fresh_page_load_finds_the_half_typed_word_and_the_same_deadline() {
    let house = House::with_teams(2).await;
    let mut desk = house.desk().await;
    let mut page = house.team(1, 1).await;
    desk.open_question().await.unwrap();
    page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    page.write(Q, "half a wor").await.unwrap();
    let stage = page.view.stage.clone();
    drop(page);
    let page = house.team(1, 2).await;
    assert_eq!(page.view.stage, stage);
    assert_eq!(page.outboxes.content(Q).text, "half a wor");
}

#[tokio::test]
async fn two_laptops_of_a_team_see_one_text() {
    let house = House::with_teams(2).await;
    let mut desk = house.desk().await;
    let mut one = house.team(1, 1).await;
    let mut two = house.team(1, 2).await;
    desk.open_question().await.unwrap();
    one.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    two.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    one.type_text(Q, "from one");
    two.type_text(Q, "from two");
    for page in [&mut one, &mut two] {
        page.until(|page| {
            let text = page.outboxes.content(Q).text;
            page.outboxes.unsaved() == 0 && text.contains("from one") && text.contains("from two")
        })
        .await
        .unwrap();
    }
    assert_eq!(one.outboxes.content(Q), two.outboxes.content(Q));
    desk.until(|view| view.rows[0].text == one.outboxes.content(Q).text && view.rows[0].devices.len() == 2)
        .await
        .unwrap();
}

#[tokio::test]
async fn after_a_restart_the_question_goes_on_with_its_deadline_and_unsent_words_follow() {
    let mut house = House::with_teams(2).await;
    let mut desk = house.desk().await;
    let cookie = house.team_cookie(1).await;
    let mut page = house.resume(&cookie, Outboxes::new(WriterId(1))).await;
    desk.open_question().await.unwrap();
    page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    page.write(Q, "before").await.unwrap();
    let stage = page.view.stage.clone();
    house.close().await;
    while page.hear().await.unwrap() {}
    page.type_text(Q, "before and while it was away");
    house.open().await;
    let mut page = house.resume(&cookie, page.outboxes).await;
    page.until(|page| page.outboxes.unsaved() == 0).await.unwrap();
    assert_eq!(page.view.stage, stage, "the same question with the same deadline");
    assert!(page.view.notice.as_ref().is_some_and(|notice| notice.contains("none lost")), "{:?}", page.view.notice);
    let mut desk = house.desk().await;
    desk.until(|view| view.rows[0].text == "before and while it was away").await.unwrap();
    desk.press(Action::CloseNow).await.unwrap();
}

#[tokio::test]
async fn after_a_long_outage_the_game_comes_back_paused_with_the_time_that_was_left() {
    let mut house = House::with_teams(2).await;
    let mut desk = house.desk().await;
    let cookie = house.team_cookie(1).await;
    let mut page = house.resume(&cookie, Outboxes::new(WriterId(1))).await;
    desk.open_question().await.unwrap();
    page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    let clock = desk.view.clock.unwrap();
    house.close().await;
    while page.hear().await.unwrap() {}
    tokio::time::sleep(std::time::Duration::from_millis(5_500)).await;
    page.type_text(Q, "typed while it was away");
    house.open().await;
    let mut page = house.resume(&cookie, page.outboxes).await;
    page.until(|page| page.outboxes.unsaved() == 0).await.unwrap();
    assert_eq!(page.outboxes.content(Q).text, "typed while it was away");
    assert_eq!(page.others, Vec::new(), "none of it is late");
    let TeamStage::Paused { left_ms } = page.view.stage else { panic!("{:?}", page.view.stage) };
    let whole = clock.to_ms - clock.from_ms;
    assert!(left_ms <= whole && left_ms > whole - 4_000, "{left_ms} of {whole}");
    let mut desk = house.desk().await;
    desk.press(Action::Resume).await.unwrap();
    let left = desk.view.clock.unwrap().to_ms - server::clock::now_ms();
    assert!((left - left_ms).abs() < 2_000, "{left} after {left_ms}");
}

#[tokio::test]
async fn logging_out_closes_the_connection_and_ends_the_session() {
    let house = House::with_teams(1).await;
    let cookie = house.team_cookie(1).await;
    let mut socket = connect(&house, "/link/play", &cookie, &house.origin(), SUBPROTOCOL).await.unwrap();
    let response = reqwest::Client::new()
        .post(house.url("/logout"))
        .header("cookie", &cookie)
        .header("origin", house.origin())
        .send()
        .await;
    assert!(response.unwrap().status().is_success());
    assert_eq!(close_code(&mut socket).await.unwrap(), close::POLICY);
    assert_eq!(house.get("/play", &cookie).await.unwrap().0, 303);
}
