//! What a full hall costs: what comes in crowds grows with the hall, and not with its square.

use crate::test_server::{QUIZ, TestServer};
use protocol::client::Action;
use protocol::ids::{QuestionId, WriterId};
use protocol::limits;
use protocol::replica::Replica;
use protocol::view::{ScreenStage, TeamStage};
use swarm::Team;

const TEAMS: usize = 120;

/// Everything that these pages have been sent, in bytes.
fn bytes(pages: &[Team]) -> usize {
    pages.iter().flat_map(|page| &page.wire.frames).map(Vec::len).sum()
}

/// Teams come one after another.
async fn arrive(server: &TestServer) -> Vec<Team> {
    let mut pages = Vec::new();
    for number in 1..=TEAMS {
        let cookie = server.team_cookie(number).await;
        pages.push(server.resume(&cookie, Replica::new(WriterId(number as u64))).await);
    }
    pages
}

#[tokio::test(flavor = "multi_thread")]
async fn who_arrives_is_told_to_all_in_a_few_bytes_and_nobody_is_cut_off_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::at(folder.path().join("quizwire.db"), QUIZ, TEAMS).await;
    let (mut desk, mut screen) = (server.desk().await, server.screen().await);
    let mut pages = arrive(&server).await;
    // Everybody learns how many are here, and who came last.
    for page in &mut pages {
        page.until_stage(
            |stage| matches!(stage, TeamStage::Lobby { attendance, .. } if attendance.here == TEAMS as u32),
        )
        .await
        .unwrap();
        let TeamStage::Lobby { attendance, .. } = &page.view.stage else { panic!("{:?}", page.view.stage) };
        assert!(attendance.teams.len() <= limits::LOBBY_TEAMS && attendance.of == TEAMS as u32);
    }
    let all_here =
        |stage: &ScreenStage| matches!(stage, ScreenStage::Lobby { attendance, .. } if attendance.here == TEAMS as u32);
    screen.until(|view| all_here(&view.stage)).await.unwrap();
    desk.until(|view| view.rows.iter().all(|row| !row.devices.is_empty())).await.unwrap();
    let each = bytes(&pages) / TEAMS;
    println!("{TEAMS} arrivals: {each} bytes to each page");
    // A whole view for each arrival would be over 300 kB to each.
    assert!(each < 40_000, "{each} bytes to each page");

    // One that goes and comes back is told as such.
    let last = pages.pop().unwrap();
    drop(last);
    let one_less =
        |stage: &TeamStage| matches!(stage, TeamStage::Lobby { attendance, .. } if attendance.here == TEAMS as u32 - 1);
    pages[0].until_stage(one_less).await.unwrap();
    desk.open_question().await.unwrap();
    for page in &mut pages {
        page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_leaderboard_reaches_everybody_alike_and_marks_that_change_later_move_it() {
    let server = TestServer::with_teams(3).await;
    let mut desk = server.desk().await;
    let mut pages = Vec::new();
    for number in 1..=3 {
        pages.push(server.team(number, number as u64).await);
    }
    desk.open_question().await.unwrap();
    pages[1].until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    pages[1].write(QuestionId(0), "solution alpha").await.unwrap();
    desk.close_question().await.unwrap();
    desk.press(Action::ShowSolution).await.unwrap();
    desk.press(Action::ShowScores).await.unwrap();
    let of = |stage: &TeamStage| match stage {
        TeamStage::Scores { standings, .. } => standings.iter().map(|row| (row.place, row.cents)).collect(),
        _ => Vec::new(),
    };
    for page in &mut pages {
        page.until_stage(|stage| of(stage) == [(1, 1_000), (2, 0), (2, 0)]).await.unwrap();
    }
    // Kept marks are forgotten where one is set by hand.
    let team = desk.view.rows[0].team;
    desk.send(&protocol::client::FromDesk::Mark { team, question: QuestionId(0), cents: Some(400) });
    for page in &mut pages {
        page.until_stage(|stage| of(stage) == [(1, 1_000), (2, 400), (3, 0)]).await.unwrap();
    }
    // A page that comes now sees the same.
    let page = server.team(3, 77).await;
    assert_eq!(of(&page.view.stage), [(1, 1_000), (2, 400), (3, 0)]);
}
