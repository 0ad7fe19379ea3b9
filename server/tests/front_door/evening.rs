//! A whole evening, as its three kinds of people live it.

use crate::test_server::TestServer;
use protocol::client::{Action, FromDesk};
use protocol::ids::QuestionId;
use protocol::view::{Jury, Reason, ScreenStage, Tally, TeamStage, Turnout};
use swarm::Team;

async fn until_open(pages: &mut [Team]) {
    for page in pages {
        page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    }
}

#[tokio::test]
async fn an_evening_from_lobby_to_podium() {
    let server = TestServer::with_teams(4).await;
    let mut desk = server.desk().await;
    let mut screen = server.screen().await;
    let mut pages = Vec::new();
    for number in 1..=4 {
        pages.push(server.team(number, number as u64).await);
    }
    screen
        .until(|view| matches!(&view.stage, ScreenStage::Lobby { attendance, .. } if attendance.teams.iter().all(|team| team.online)))
        .await
        .unwrap();

    // Short text: three ways of writing it, one wrong.
    desk.open_question().await.unwrap();
    until_open(&mut pages).await;
    for (page, text) in pages.iter_mut().zip(["solution ALPHA", "The Solution, alpha!", "solutionalpha", "no idea"]) {
        page.write(QuestionId(0), text).await.unwrap();
    }
    desk.until(|view| {
        view.rows.iter().map(|row| row.text.as_str()).eq([
            "solution ALPHA",
            "The Solution, alpha!",
            "solutionalpha",
            "no idea",
        ])
    })
    .await
    .unwrap();
    screen
        .until(|view| matches!(view.stage, ScreenStage::Open { own: Turnout { answered: 4, teams: 4, .. }, .. }))
        .await
        .unwrap();
    desk.close_question().await.unwrap();
    assert!(desk.view.standings.iter().all(|standing| standing.cents == 0), "marks count when the solution is shown");
    desk.press(Action::ShowSolution).await.unwrap();
    desk.until(|view| view.standings.iter().map(|standing| standing.cents).eq([1_000, 1_000, 1_000, 0])).await.unwrap();
    screen.until(|view| matches!(view.stage, ScreenStage::Solution { own: Tally { right: 3, .. }, .. })).await.unwrap();

    // A choice that was opened by mistake, withdrawn and opened again keeps what was ticked.
    desk.open_question().await.unwrap();
    until_open(&mut pages).await;
    pages[3].pick(QuestionId(1), 1).await.unwrap();
    desk.press(Action::Withdraw).await.unwrap();
    pages[3].until_stage(|stage| matches!(stage, TeamStage::Between { .. })).await.unwrap();
    desk.open_question().await.unwrap();
    until_open(&mut pages).await;
    assert!(pages[3].replica.content(QuestionId(1)).choices.has(1));
    pages[0].pick(QuestionId(1), 0).await.unwrap();
    pages[0].pick(QuestionId(1), 1).await.unwrap();

    // Pause covers the question; more time moves the deadline.
    desk.press(Action::Pause).await.unwrap();
    pages[0].until_stage(|stage| matches!(stage, TeamStage::Paused { .. })).await.unwrap();
    desk.press(Action::Resume).await.unwrap();
    let before = desk.view.clock.unwrap().to_ms;
    desk.press_at(desk.view.turn, Action::AddTime);
    desk.until(|view| view.clock.is_some_and(|clock| clock.to_ms == before + 30_000)).await.unwrap();
    desk.close_question().await.unwrap();
    desk.press(Action::ShowSolution).await.unwrap();
    desk.until(|view| view.standings.iter().map(|standing| standing.cents).eq([2_000, 1_000, 1_000, 1_000]))
        .await
        .unwrap();

    // A number; then the scores of the round, with ties sharing a place.
    desk.open_question().await.unwrap();
    until_open(&mut pages).await;
    pages[1].write(QuestionId(2), "4,712").await.unwrap();
    pages[2].write(QuestionId(2), "12").await.unwrap();
    desk.close_question().await.unwrap();
    desk.press(Action::ShowSolution).await.unwrap();
    desk.press(Action::ShowScores).await.unwrap();
    screen.until(|view| matches!(view.stage, ScreenStage::Scores { .. })).await.unwrap();
    let ScreenStage::Scores { standings, .. } = &screen.view.stage else { unreachable!() };
    assert_eq!(
        standings.iter().map(|standing| (standing.place, standing.cents)).collect::<Vec<_>>(),
        [(1, 2_000), (1, 2_000), (3, 1_000), (3, 1_000)]
    );

    // A creative round: everybody writes, everybody rates three others.
    desk.press(Action::NextRound).await.unwrap();
    desk.open_question().await.unwrap();
    until_open(&mut pages).await;
    for (page, number) in pages.iter_mut().zip(1..) {
        page.write(QuestionId(3), &format!("Poem of number {number}")).await.unwrap();
    }
    desk.close_question().await.unwrap();
    desk.press(Action::StartRating).await.unwrap();
    for (page, number) in pages.iter_mut().zip(1..) {
        page.until_stage(|stage| matches!(stage, TeamStage::Rating { .. })).await.unwrap();
        let TeamStage::Rating { own: Jury { sheets, .. }, clock, .. } = &page.view.stage else { unreachable!() };
        assert_eq!(sheets.len(), 3);
        assert!(sheets.iter().all(|sheet| !sheet.text.contains(&format!("number {number}"))), "nobody rates its own");
        tokio::time::sleep_until(server::clock::GameClock::default().instant(clock.from_ms + 20)).await;
    }
    // Team 2's poem gets five stars from all, the others' three.
    for page in &mut pages {
        let TeamStage::Rating { own: Jury { sheets, .. }, .. } = page.view.stage.clone() else { unreachable!() };
        for sheet in sheets {
            let stars = if sheet.text.contains("number 2") { 5 } else { 3 };
            page.rate(1, sheet.slot.0, 1).await.unwrap();
            page.rate(1, sheet.slot.0, stars).await.unwrap();
        }
    }
    assert!(matches!(
        screen.view.stage,
        ScreenStage::Scores { .. }
            | ScreenStage::Between { .. }
            | ScreenStage::Rating { .. }
            | ScreenStage::Closed { .. }
            | ScreenStage::Open { .. }
            | ScreenStage::Armed { .. }
    ));
    desk.until(|view| view.rating.as_ref().is_some_and(|rating| rating.given == 12)).await.unwrap();
    desk.until(|view| view.standings[0].cents == 4_000).await.unwrap();
    screen.until(|view| matches!(&view.stage, ScreenStage::Rating { own, .. } if own.iter().all(|team| team.given == team.of)))
        .await.unwrap();
    desk.close_question().await.unwrap();

    // Earlier questions can be looked at, and their marks changed, at any time before the end.
    desk.send(&FromDesk::Review(Some(QuestionId(0))));
    desk.until(|view| view.review.as_ref().is_some_and(|review| review.rows[3].2 == "no idea")).await.unwrap();
    desk.send(&FromDesk::Mark { team: desk.view.rows[3].team, question: QuestionId(0), cents: Some(100) });
    desk.until(|view| view.review.as_ref().is_some_and(|review| review.rows[3].3.cents == Some(100))).await.unwrap();
    desk.send(&FromDesk::Mark { team: desk.view.rows[3].team, question: QuestionId(0), cents: None });
    desk.until(|view| view.review.as_ref().is_some_and(|review| review.rows[3].3.cents == Some(0))).await.unwrap();

    // A mark set by hand moves the board, and says so.
    let team = desk.view.standings.iter().find(|standing| standing.name == "Team 4").unwrap().team;
    desk.send(&FromDesk::Mark { team, question: QuestionId(3), cents: Some(2_000) });
    desk.until(|view| view.standings.iter().any(|standing| standing.team == team && standing.cents == 3_000))
        .await
        .unwrap();
    desk.press(Action::ShowScores).await.unwrap();
    pages[3].until_stage(|stage| matches!(stage, TeamStage::Scores { .. })).await.unwrap();
    let TeamStage::Scores { own: marks, .. } = &pages[3].view.stage else { unreachable!() };
    assert!(
        marks[0].1.by_hand && marks[0].1.reason == Reason::Median { doubled: 6, stars: vec![3, 3, 3] },
        "{marks:?}"
    );
    desk.press(Action::Finish).await.unwrap();
    screen
        .until(|view| matches!(&view.stage, ScreenStage::Finished { standings } if standings[0].name == "Team 2"))
        .await
        .unwrap();
    desk.press(Action::TakeBack).await.unwrap();
    screen.until(|view| matches!(view.stage, ScreenStage::Scores { .. })).await.unwrap();
}
