//! Databases of the first release are opened, stand where they stood, and are played on.

use crate::test_server::TestServer;
use protocol::client::{Action, FromDesk};
use protocol::ids::{QuestionId, TeamId};
use protocol::view::{Jury, TeamStage};
use server::auth;
use server::storage::Sessions;
use server::store::Store;
use std::path::Path;
use swarm::{Desk, Team, Venue};

const PASSWORD: &str = "a password of the test";

/// A server with a copy of a database of the first release, in which the quizmaster's password is known.
async fn server(folder: &Path, name: &str, code: &str) -> TestServer {
    let database = folder.join("quizwire.db");
    let fixture = format!("{}/tests/fixtures/{name}.db", env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(fixture, &database).unwrap();
    let store = Store::open(&database).await.unwrap();
    store.set_quizmaster(&auth::hash(PASSWORD.into()).await.unwrap()).await.unwrap();
    store.close().await;
    TestServer::on(database, code, PASSWORD).await
}

/// Places, names and points in hundredths.
fn board(desk: &Desk) -> Vec<(u32, &str, i64)> {
    desk.view.standings.iter().map(|row| (row.place, row.name.as_str(), row.cents)).collect()
}

async fn team(venue: &Venue, name: &str, password: &str, writer: u64) -> Team {
    let cookie = venue.team_cookie(name, password).await.unwrap();
    Team::join(venue, crate::test_server::transport(), &cookie, writer).await.unwrap()
}

/// As the first release worked them out.
const FINISHED: [(u32, &str, i64); 6] = [
    (1, "Red Pandas", 7_500),
    (2, "Midnight Otters", 5_625),
    (3, "Paper Comets", 4_000),
    (4, "Brave Teapots", 3_875),
    (5, "Polite Volcanoes", 0),
    (5, "Velvet Moles", 0),
];

#[tokio::test]
async fn a_finished_evening_of_the_first_release_ends_as_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path(), "first-release-finished", "VRXB").await;
    let mut desk = server.desk().await;
    assert_eq!(board(&desk), FINISHED);
    let mut page = team(&server.venue, "Red Pandas", "bamboo-lantern", 1).await;
    page.until_stage(|stage| matches!(stage, TeamStage::Finished { standings } if standings[0].cents == 7_500))
        .await
        .unwrap();
    // And it can still be corrected.
    desk.press(Action::TakeBack).await.unwrap();
    desk.send(&FromDesk::Mark { team: TeamId(5), question: QuestionId(0), cents: Some(700) });
    desk.until(|view| view.standings.iter().any(|row| row.team == TeamId(5) && row.cents == 700)).await.unwrap();
    desk.press(Action::Finish).await.unwrap();
}

#[tokio::test]
async fn an_evening_of_the_first_release_is_rated_and_finished_by_this_one() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path(), "first-release-before-rating", "MSWN").await;
    let mut desk = server.desk().await;
    assert!(board(&desk).iter().all(|(place, _, cents)| (*place, *cents) == (1, 0)));
    let teams = [
        ("Red Pandas", "bamboo-lantern"),
        ("Midnight Otters", "river-pebble"),
        ("Paper Comets", "orbit-ribbon"),
        ("Brave Teapots", "ginger-kettle"),
    ];
    let mut pages = Vec::new();
    for ((name, password), writer) in teams.into_iter().zip(1..) {
        pages.push(team(&server.venue, name, password, writer).await);
    }
    desk.press(Action::StartRating).await.unwrap();
    for page in &mut pages {
        page.until_stage(|stage| matches!(stage, TeamStage::Rating { .. })).await.unwrap();
        let TeamStage::Rating { round, own: Jury { ref sheets, .. }, .. } = page.view.stage else {
            panic!("{:?}", page.view.stage)
        };
        for slot in sheets.iter().map(|sheet| sheet.slot.0).collect::<Vec<_>>() {
            page.rate(round, slot, 5).await.unwrap();
        }
    }
    desk.close_question().await.unwrap();
    desk.press(Action::ShowScores).await.unwrap();
    desk.press(Action::Finish).await.unwrap();
    // Three answers of each of four teams, all of them with five stars.
    let points: Vec<_> = board(&desk).iter().map(|(_, _, cents)| *cents).collect();
    assert!(points[..4].iter().all(|cents| *cents > 0 && *cents == points[0]) && points[4..] == [0, 0], "{points:?}");
}
