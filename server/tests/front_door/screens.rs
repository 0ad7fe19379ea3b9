//! Big screens: the desk opens them, or lets them in. Whoever opens one by the game's code alone is no screen.

use crate::test_server::{TestServer, transport};
use protocol::client::{Action, FromDesk, FromScreen, Readiness};
use protocol::close;
use protocol::codec::encode;
use protocol::ids::QuestionId;
use protocol::view::{ScreenStage, TeamStage};
use std::time::Duration;
use swarm::wire::{close_code, connect};
use swarm::{Screen, now_us};

const Q: QuestionId = QuestionId(0);

#[tokio::test]
async fn the_desks_key_opens_a_screen_which_outlives_the_server() {
    let mut server = TestServer::with_teams(1).await;
    let desk = server.desk().await;
    let path = desk.view.screen.clone();
    let (bare, key) = path.split_once("?key=").expect("a key");
    assert!(bare == format!("/screen/{}", server.code) && key.len() == 64, "{path}");
    let cookie = server.screen_cookie_at(&path).await;
    let mut screen = Screen::open(&server, transport(), &cookie).await.unwrap();
    screen.until(|view| matches!(view.stage, ScreenStage::Lobby { .. })).await.unwrap();
    // Another key opens nothing, nor does this one open another game's.
    assert!(server.venue.screen_cookie(&format!("{bare}?key={}", "0".repeat(64)), "").await.is_err());
    // Its own address has no key in it any more.
    assert_eq!(server.get(bare, &cookie).await.unwrap().0, 200);

    server.close().await;
    server.open().await;
    let mut screen = Screen::open(&server, transport(), &cookie).await.unwrap();
    screen.until(|view| matches!(view.stage, ScreenStage::Lobby { .. })).await.unwrap();
}

#[tokio::test]
async fn a_screen_without_a_key_shows_a_number_and_is_let_in_by_it() {
    let server = TestServer::with_teams(1).await;
    let mut desk = server.desk().await;
    let mut visitor = Screen::open(&server, transport(), "").await.unwrap();
    let ScreenStage::Lobby { own: Some(number), .. } = visitor.view.stage else { panic!("{:?}", visitor.view.stage) };
    desk.until(|view| view.screens == [number]).await.unwrap();
    desk.send(&FromDesk::AdmitScreen(number));
    let path = visitor.until_admitted().await.unwrap();
    let cookie = server.screen_cookie_at(&path).await;
    let mut screen = Screen::open(&server, transport(), &cookie).await.unwrap();
    screen.until(|view| matches!(view.stage, ScreenStage::Lobby { .. })).await.unwrap();
    desk.until(|view| view.screens.is_empty()).await.unwrap();
}

#[tokio::test]
async fn who_knows_only_the_code_delays_nothing_and_writes_nothing() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut pages = [server.team(1, 1).await, server.team(2, 2).await];
    let mut visitors = Vec::new();
    // A few may wait; the others are told so.
    while visitors.len() < protocol::limits::SCREENS_WAITING {
        visitors.push(Screen::open(&server, transport(), "").await.unwrap());
    }
    let path = format!("/link/screen/{}", server.code);
    let mut refused = connect(&server, &path, "", &server.origin(), protocol::codec::SUBPROTOCOL).await.unwrap();
    assert_eq!(close_code(&mut refused).await.unwrap(), close::TOO_MANY);
    // They are far away, have nothing of the question, and say all the same that they have shown it.
    for visitor in &visitors {
        visitor.wire.withhold_answers();
        visitor.wire.delay_answers(Duration::from_millis(1_800));
    }
    desk.open_question().await.unwrap();
    for visitor in &mut visitors {
        (0..20).for_each(|_| visitor.wire.send(encode(&FromScreen::Ready(shown()))));
        assert!(matches!(visitor.view.stage, ScreenStage::Lobby { own: Some(_), .. }), "{:?}", visitor.view.stage);
    }
    for page in &mut pages {
        page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
        page.write(Q, "x").await.unwrap();
    }
    // Teams and desks still get in.
    server.team(1, 3).await;
    server.desk().await;
    desk.until(|view| view.rows.iter().all(|row| row.text == "x")).await.unwrap();
    assert!(desk.view.reveal.is_none(), "{:?}", desk.view.reveal);
}

fn shown() -> Readiness {
    Readiness::Displayed { question: Q, at_us: now_us(), error_us: 1, coarse: false }
}

#[tokio::test]
async fn nobody_without_a_session_makes_the_server_read_a_game() {
    let server = TestServer::with_teams(1).await;
    let path = format!("/link/screen/{}", server.code);
    let mut refused = connect(&server, &path, "", &server.origin(), protocol::codec::SUBPROTOCOL).await.unwrap();
    assert_eq!(close_code(&mut refused).await.unwrap(), close::RESTART);
}

#[tokio::test]
async fn a_page_tells_once_that_it_has_shown_a_question_however_often_it_connects() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut honest = server.team(1, 1).await;
    let mut pages = vec![server.team(2, 2).await];
    let cookie = server.team_cookie(2).await;
    desk.press(Action::OpenQuestion).await.unwrap();
    honest.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    for writer in [2, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] {
        pages.clear();
        let mut page = join_when_there_is_room(&server, &cookie, writer).await;
        page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
        (0..5).for_each(|_| page.wire.send(encode(&protocol::client::FromTeam::Ready(shown()))));
        // What it says after that is heard after that.
        page.write(Q, &format!("{writer}")).await.unwrap();
        pages.push(page);
    }
    desk.until(|view| view.rows[1].text == "12").await.unwrap();
    // Everything that was said has been heard; the view after that has all of it.
    desk.close_question().await.unwrap();
    let laptops = desk.view.reveal.as_ref().map(|reveal| reveal.together.laptops);
    assert_eq!(laptops, Some(protocol::limits::DEVICES_PER_TEAM as u32));
}

/// Over plain requests, a page that has gone without a word takes its place for a while.
async fn join_when_there_is_room(server: &TestServer, cookie: &str, writer: u64) -> swarm::Team {
    for _ in 0..100 {
        if let Ok(page) = swarm::Team::join(server, transport(), cookie, writer).await {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("there is no room for another page");
}
