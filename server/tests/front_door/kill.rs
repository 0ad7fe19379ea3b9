//! The server process is killed while teams type. What was acknowledged is in the journal once, in order.

use crate::process::Process;
use crate::test_server::{TestServer, entrant};
use game::Event;
use protocol::ids::{QuestionId, WriterId};
use protocol::replica::Replica;
use protocol::view::TeamStage;
use server::storage::Teams;
use server::store::Store;
use std::time::Duration;

const TEAMS: usize = 3;
const KILLS: usize = 3;
/// How long a team listens between two keys.
const MOMENT: Duration = Duration::from_millis(15);
const Q: QuestionId = QuestionId(0);

#[tokio::test]
async fn killed_while_teams_type_nothing_acknowledged_is_lost_or_doubled() {
    let mut server = TestServer::with_teams(TEAMS).await;
    let mut process = Process::instead(&mut server, None).await;
    let mut desk = server.desk().await;
    let mut pages = Vec::new();
    for number in 1..=TEAMS {
        let cookie = server.team_cookie(number).await;
        pages.push((server.resume(&cookie, Replica::new(WriterId(number as u64))).await, cookie));
    }
    desk.open_question().await.unwrap();
    let mut acked = [0; TEAMS];
    for kill in 0..KILLS {
        for (page, _) in &mut pages {
            page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
        }
        // Each team types on its own while the process dies under it.
        let typing = pages.into_iter().map(|(mut page, cookie)| {
            tokio::spawn(async move {
                for letter in 0..1_000 {
                    let mut text = page.replica.content(Q).text;
                    if text.chars().count() > 60 {
                        text.clear()
                    } else {
                        text.push(char::from(b'a' + (letter % 26) as u8))
                    }
                    page.type_text(Q, &text);
                    if !page.hear_for(MOMENT).await {
                        break;
                    }
                }
                (page, cookie)
            })
        });
        let typing: Vec<_> = typing.collect();
        tokio::time::sleep(Duration::from_millis(300 + 170 * kill as u64)).await;
        process.0.kill().unwrap();
        process.0.wait().unwrap();
        let mut left = Vec::new();
        for task in typing {
            left.push(task.await.unwrap());
        }
        process = Process::start(&server, None).await;
        pages = Vec::new();
        for ((page, cookie), acked) in left.into_iter().zip(&mut acked) {
            *acked = page.acked.max(*acked);
            pages.push((server.resume(&cookie, page.replica).await, cookie));
        }
    }
    for (page, _) in &mut pages {
        page.until(|page| page.replica.unsaved() == 0).await.unwrap();
    }
    let texts: Vec<_> = pages.iter().map(|(page, _)| page.replica.content(Q).text).collect();
    drop(process);

    let store = Store::open(&server.database()).await.unwrap();
    let facts = store.facts(1).await.unwrap();
    let game = game::Game::replay(&facts);
    for ((number, acked), text) in (1..=TEAMS).zip(acked).zip(texts) {
        let team = store.team(1, &entrant(number).name).await.unwrap().unwrap().id;
        let numbers: Vec<_> = facts
            .iter()
            .filter_map(|fact| match fact.event {
                Event::Edited { writer, number: edit, .. } if writer == WriterId(number as u64) => Some(edit),
                _ => None,
            })
            .collect();
        assert!(acked > 0, "the test has to type something");
        assert!(numbers.len() as u64 >= acked, "{} in the journal, {acked} acknowledged", numbers.len());
        assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>(), "each once, in order");
        assert_eq!(game.document(Q, team).content.text, text);
    }
}
