//! A fault in one room stays in that room.

use super::*;
use crate::clock;
use crate::hub::Hub;
use crate::storage::{Games, Teams};
use crate::store::Store;
use protocol::codec::decode;
use protocol::ids::{QuestionId, TeamId, WriterId};
use protocol::server::ToTeam;

/// What a programming error would do.
pub fn fault() {
    panic!("a fault for the test");
}

/// A game with one team, made and begun.
async fn game(store: &Store) -> (i64, TeamId) {
    let quiz = serde_json::from_str(
        r#"{ "title": "T", "rounds": [ { "title": "R", "questions": [
            { "prompt": "?", "answer": { "kind": "short_text", "accepted": ["a"] } } ] } ] }"#,
    );
    let entrant = crate::games::Entrant { name: "One".into(), password: "secret".into() };
    let code = crate::games::create(store, quiz.unwrap(), &[entrant], &[]).await.unwrap();
    let id = store.game(&code).await.unwrap().unwrap().id;
    let team = store.teams(id).await.unwrap()[0].id;
    (id, team)
}

/// A page of the team that has introduced itself, with what it is told.
async fn page(door: &Door, team: TeamId) -> (ConnectionId, Outlet) {
    let (queue, mut frames) = outbound(outbound::PAGE_BYTES);
    let (answer, attached) = oneshot::channel();
    door.send(Inbox::Attach(Role::Team(team), Transport::WebSocket, queue, answer)).await.unwrap();
    let Place { connection, .. } = attached.await.unwrap().unwrap();
    let hello = FromTeam::Hello { writer: WriterId(1), acked: 0, known: Vec::new() };
    door.send(Inbox::Team(connection, clock::now_ms(), hello)).await.unwrap();
    let Some(Outgoing::Message(frame)) = frames.recv().await else { panic!("no welcome") };
    assert!(matches!(decode(frame.encoded()), Ok(ToTeam::Welcome { .. })));
    (connection, frames)
}

#[tokio::test]
async fn a_panic_ends_one_room_which_is_restored_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("test.db")).await.unwrap();
    let storage = store.storage();
    let (broken, whole) = (game(&store).await, game(&store).await);
    let hub = Hub::new(storage, "http://127.0.0.1:1".into());
    let (door, other) = (hub.door(broken.0).await.unwrap(), hub.door(whole.0).await.unwrap());
    let (_, mut frames) = page(&door, broken.1).await;
    let (connection, mut others) = page(&other, whole.1).await;

    door.send(Inbox::Fault).await.unwrap();
    while let Some(Outgoing::Message(_)) = frames.recv().await {}
    door.closed().await;
    // The other room goes on as if nothing had happened.
    let known = vec![protocol::client::Known { question: QuestionId(0), revision: 0 }];
    let hello = FromTeam::Hello { writer: WriterId(1), acked: 0, known };
    other.send(Inbox::Team(connection, clock::now_ms(), hello)).await.unwrap();
    assert!(matches!(others.recv().await, Some(Outgoing::Message(_))));
    assert!(!other.is_closed());
    // And the broken one is there again for whoever comes.
    let door = hub.door(broken.0).await.unwrap();
    page(&door, broken.1).await;
}

/// A machine without a battery for its clock comes back in the past.
#[tokio::test]
async fn a_game_whose_last_instant_lies_ahead_goes_on_from_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("test.db")).await.unwrap();
    let storage = store.storage();
    let (id, team) = game(&store).await;
    let (other, _) = game(&store).await;
    // The last thing that happened is an hour ahead of this machine: the question was being counted in.
    let (fence, _) = storage.ownership.take_over(id).await.unwrap();
    let facts = store.facts(id).await.unwrap();
    let at_ms = clock::now_ms() + 3_600_000;
    let question = QuestionId(0);
    let events = [game::Event::Sealed { question }, game::Event::Armed { question, reveal_ms: at_ms + 1_000 }];
    let ahead = events.map(|event| game::Fact { at_ms, event });
    storage.journal.append(fence, facts.len() as u64, &ahead).await.unwrap();

    let hub = Hub::new(storage, "http://127.0.0.1:1".into());
    let door = hub.door(id).await.unwrap();
    let (connection, mut frames) = page(&door, team).await;
    loop {
        let Some(Outgoing::Message(frame)) = frames.recv().await else { continue };
        let Ok(ToTeam::View(view)) = decode(frame.encoded()) else { continue };
        if let protocol::view::TeamStage::Open { clock: span, .. } = view.stage {
            assert_eq!(span.from_ms, at_ms + 1_000, "it opens at its own instant, a second later");
            break;
        }
    }
    assert_eq!(connection, ConnectionId(1));
    // And no other game is taken along.
    let (queue, _frames) = outbound(outbound::PAGE_BYTES);
    let (answer, attached) = oneshot::channel();
    hub.door(other).await.unwrap().send(Inbox::Attach(Role::Desk, Transport::WebSocket, queue, answer)).await.unwrap();
    assert_eq!(attached.await.unwrap().unwrap().clock.ahead_ms(), 0);
}
