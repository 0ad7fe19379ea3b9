//! A question goes out sealed, opens with a key at an instant, and the pages say when they showed it.

use crate::test_server::{PICTURE, TestServer};
use protocol::client::{Action, FromTeam, Readiness};
use protocol::codec::{decode, encode};
use protocol::ids::QuestionId;
use protocol::seal::{self, Sealed, SealedContent};
use protocol::view::{Moment, ScreenStage, TeamStage, Turnout};
use swarm::{Screen, Team, now_us};

const Q: QuestionId = QuestionId(0);

/// The sealed question, and when it opens if that is set.
fn armed(stage: &TeamStage) -> Option<(&Sealed, Option<i64>)> {
    match stage {
        TeamStage::Armed { sealed, reveal_ms, .. } => Some((sealed, *reveal_ms)),
        _ => None,
    }
}

async fn until_armed(page: &mut Team) -> (Sealed, i64) {
    page.until_stage(|stage| armed(stage).is_some_and(|(_, reveal_ms)| reveal_ms.is_some())).await.unwrap();
    let (sealed, reveal_ms) = armed(&page.view.stage).unwrap();
    (sealed.clone(), reveal_ms.unwrap())
}

fn shown(question: QuestionId, at_us: i64) -> Vec<u8> {
    encode(&FromTeam::Ready(Readiness::Displayed { question, at_us, error_us: 700, coarse: false }))
}

#[tokio::test]
async fn pages_open_the_question_themselves_with_the_key_and_its_picture_with_what_is_inside() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut page = server.team(1, 1).await;
    let ahead = page.view.ahead.clone().expect("the picture can be fetched in the lobby");
    desk.press(Action::OpenQuestion).await.unwrap();
    let (sealed, _) = until_armed(&mut page).await;
    assert_eq!(sealed.picture, Some(ahead.clone()));
    let picture = server.request(reqwest::Method::GET, &ahead.url, "").send().await.unwrap().bytes().await.unwrap();
    assert_eq!(picture.len(), ahead.bytes as usize);
    assert!(!picture.windows(16).any(|window| PICTURE.as_bytes().starts_with(window)), "it is sealed");

    page.until(|page| page.unsealing.is_some()).await.unwrap();
    assert!(armed(&page.view.stage).is_some(), "the key comes before the question is open");
    let unsealing = page.unsealing.clone().unwrap();
    let content = seal::open(&unsealing.key, sealed.content).expect("the key opens it");
    let SealedContent { question, picture: inside } = decode(&content).unwrap();
    page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    assert_eq!(page.view.stage.question(), Some(&question), "it is what everybody sees");
    assert_eq!(seal::open(&inside.unwrap().0, picture.to_vec()).unwrap(), PICTURE.as_bytes());
}

#[tokio::test]
async fn who_has_not_loaded_it_is_waited_for_until_the_quizmaster_opens_it() {
    let server = TestServer::with_teams(3).await;
    let mut desk = server.desk().await;
    let mut screen = server.screen().await;
    let mut pages = [server.team(1, 1).await, server.team(2, 2).await, server.team(3, 3).await];
    pages[2].wire.withhold_answers();
    desk.press(Action::OpenQuestion).await.unwrap();
    let loaded = |percent| encode(&FromTeam::Ready(Readiness::Loaded { question: Q, percent }));
    pages[2].wire.send(loaded(40));
    desk.until(|view| {
        let roll_call = view.roll_call.clone().unwrap_or_default();
        (roll_call.ready, roll_call.pages, roll_call.waiting) == (3, 4, vec![(Some("Team 3".to_owned()), 40)])
    })
    .await
    .unwrap();
    assert_eq!(desk.view.primary, Some(Action::OpenNow));
    // A page that says the same of another question has none of this one.
    pages[2].wire.send(encode(&FromTeam::Ready(Readiness::Loaded { question: QuestionId(2), percent: 100 })));
    desk.until(|view| view.roll_call.as_ref().is_some_and(|roll_call| roll_call.waiting[0].1 == 0)).await.unwrap();
    assert_eq!(desk.view.now, Moment::Sealed);

    desk.press(Action::OpenNow).await.unwrap();
    for page in &mut pages {
        page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    }
    screen.until(|view| matches!(view.stage, ScreenStage::Open { .. })).await.unwrap();
}

#[tokio::test]
async fn it_opens_by_itself_once_the_last_page_has_it_or_has_gone() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut slow = server.team(1, 1).await;
    slow.wire.withhold_answers();
    desk.press(Action::OpenQuestion).await.unwrap();
    desk.until(|view| view.roll_call.as_ref().is_some_and(|roll_call| roll_call.pages == 1)).await.unwrap();
    slow.wire.send(encode(&FromTeam::Ready(Readiness::Loaded { question: Q, percent: 100 })));
    desk.until(|view| view.now == Moment::Open).await.unwrap();
    slow.wire.send(shown(Q, now_us()));
    desk.until(|view| view.reveal.is_some()).await.unwrap();
    // Withdrawn and opened again, it is another reveal: nobody has it yet, and nobody has shown it.
    desk.press(Action::Withdraw).await.unwrap();
    desk.press(Action::OpenQuestion).await.unwrap();
    desk.until(|view| view.roll_call.as_ref().is_some_and(|roll_call| roll_call.ready == 0)).await.unwrap();
    drop(slow);
    desk.until(|view| view.now == Moment::Open && view.reveal.is_none()).await.unwrap();
}

#[tokio::test]
async fn who_comes_while_it_is_counted_in_gets_all_of_it_at_once() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut early = server.team(1, 1).await;
    desk.press(Action::OpenQuestion).await.unwrap();
    let (_, reveal_ms) = until_armed(&mut early).await;
    early.until(|page| page.unsealing.is_some()).await.unwrap();
    // The key is out, the instant is not there yet: the late page has both from its first view on.
    let late = server.team(2, 2).await;
    match &late.view.stage {
        TeamStage::Armed { sealed, reveal_ms: late_ms, key, .. } => {
            assert_eq!(*late_ms, Some(reveal_ms));
            assert!(seal::open(key.as_ref().expect("the key"), sealed.content.clone()).is_some());
        }
        stage => assert!(matches!(stage, TeamStage::Open { .. }), "{stage:?}"),
    }
}

#[tokio::test]
async fn pages_say_when_they_showed_it_and_no_word_goes_beyond_what_the_server_saw() {
    let server = TestServer::with_teams(3).await;
    let mut desk = server.desk().await;
    let mut screen: Screen = server.screen().await;
    let mut pages = [server.team(1, 1).await, server.team(2, 2).await, server.team(3, 3).await];
    desk.press(Action::OpenQuestion).await.unwrap();
    let (_, reveal_ms) = until_armed(&mut pages[0]).await;
    for page in &mut pages {
        page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    }
    let reveal_us = reveal_ms * 1_000;
    // Its word is taken where the server has seen that it can be true.
    tokio::time::sleep_until(server::clock::GameClock::default().instant(reveal_ms + 20)).await;
    pages[0].wire.send(shown(Q, reveal_us + 4_000));
    // Before it was revealed, and after it is said: neither can be.
    pages[1].wire.send(shown(Q, reveal_us - 50_000_000));
    pages[1].wire.send(shown(Q, reveal_us + 90_000_000));
    desk.until(|view| view.reveal.as_ref().is_some_and(|reveal| reveal.together.laptops == 2)).await.unwrap();
    let reveal = desk.view.reveal.clone().unwrap();
    assert_eq!((reveal.together.spread_us, reveal.clock_errors_us, reveal.late.len()), (4_000, [700, 700], 0));
    screen
        .until(|view| matches!(view.stage, ScreenStage::Open { own: Turnout { together: Some(together), .. }, .. } if together.laptops == 2))
        .await
        .unwrap();

    pages[2].wire.send(shown(Q, i64::MAX));
    desk.until(|view| view.reveal.as_ref().is_some_and(|reveal| reveal.together.laptops == 3)).await.unwrap();
    let reveal = desk.view.reveal.clone().unwrap();
    assert!(i64::from(reveal.together.spread_us) <= now_us() - reveal_us, "{reveal:?}");

    // The desk keeps it with the question.
    desk.close_question().await.unwrap();
    desk.send(&protocol::client::FromDesk::Review(Some(Q)));
    desk.until(|view| view.review.as_ref().is_some_and(|review| review.reveal.is_some())).await.unwrap();
    assert_eq!(desk.view.review.as_ref().unwrap().reveal, Some(reveal));
}

#[tokio::test]
async fn what_the_quizmaster_does_is_shown_at_one_instant_by_all() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut screen = server.screen().await;
    let mut pages = [server.team(1, 1).await, server.team(2, 2).await];
    desk.open_question().await.unwrap();
    let is_paused = |stage: &TeamStage| matches!(stage, TeamStage::Paused { .. });
    let mut before_ms = 0;
    for (action, paused) in [(Action::Pause, true), (Action::Resume, false), (Action::AddTime, false)] {
        let seq = desk.view.seq;
        desk.press_at(desk.view.turn, action);
        desk.until(|view| view.seq > seq).await.unwrap();
        let seq = desk.view.seq;
        let mut instants = Vec::new();
        for page in &mut pages {
            page.until(|page| page.view.seq >= seq && is_paused(&page.view.stage) == paused).await.unwrap();
            instants.push(page.view.from_ms);
        }
        screen.until(|view| view.seq >= seq).await.unwrap();
        instants.push(screen.view.from_ms);
        assert!(
            instants.iter().all(|instant_ms| *instant_ms == instants[0] && *instant_ms > before_ms),
            "{instants:?}"
        );
        before_ms = instants[0];
    }
}

#[tokio::test]
async fn a_laptop_lights_its_tile_in_the_lobby() {
    let server = TestServer::with_teams(2).await;
    let mut screen = server.screen().await;
    let mut page = server.team(2, 1).await;
    let lit = |times: u32| {
        move |stage: &ScreenStage| match stage {
            ScreenStage::Lobby { attendance, .. } => {
                attendance.teams[0].waved.is_none() && attendance.teams[1].waved.is_some_and(|(of, _)| of == times)
            }
            _ => false,
        }
    };
    for times in [1, 2] {
        page.wire.send(encode(&FromTeam::Wave));
        screen.until(|view| lit(times)(&view.stage)).await.unwrap();
    }
    page.until_stage(
        |stage| matches!(stage, TeamStage::Lobby { attendance, .. } if attendance.teams[1].waved.is_some()),
    )
    .await
    .unwrap();
}
