//! Another program holds the database for longer than the server waits.

use crate::test_server::TestServer;
use protocol::ids::{QuestionId, WriterId};
use protocol::replica::Replica;
use protocol::view::TeamStage;
use sqlx::{Connection, SqliteConnection};
use std::time::Duration;

const Q: QuestionId = QuestionId(0);
/// Longer than SQLite's busy timeout of 5 s.
const HELD: Duration = Duration::from_millis(6_500);

#[tokio::test]
async fn a_locked_database_delays_what_is_typed_and_loses_nothing() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let cookie = server.team_cookie(1).await;
    let mut page = server.resume(&cookie, Replica::new(WriterId(1))).await;
    desk.open_question().await.unwrap();
    page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    page.write(Q, "before").await.unwrap();

    let mut holder = SqliteConnection::connect(server.database().to_str().unwrap()).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut holder).await.unwrap();
    page.type_text(Q, "before and during");
    let acked = page.acked;
    let released = tokio::spawn(async move {
        tokio::time::sleep(HELD).await;
        sqlx::query("ROLLBACK").execute(&mut holder).await.unwrap();
    });
    // The room gives up, and its page with it; nothing was acknowledged that is not there.
    while page.hear().await.unwrap() {}
    assert_eq!(page.acked, acked);
    released.await.unwrap();
    let mut page = server.resume(&cookie, page.replica).await;
    page.until_saved().await.unwrap();
    assert_eq!(page.replica.content(Q).text, "before and during");
    let mut desk = server.desk().await;
    desk.until(|view| view.rows[0].text == "before and during").await.unwrap();
}
