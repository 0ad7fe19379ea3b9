//! What the disk refuses, the store says: no statement passes for written before it is.

#![allow(clippy::unwrap_used, reason = "tests stop at what they did not expect")]

use faultdisk::{Disk, Fault};
use server::games::{self, Entrant};
use server::storage::{Games, Identity, Ownership, Sessions, Teams};
use server::store::Store;

#[tokio::test]
async fn what_cannot_be_written_is_an_error_at_once() {
    for fault in [Fault::Full, Fault::Sync, Fault::Forget] {
        let disk = Disk::new().unwrap();
        let store = Store::open(&disk.database("quizwire.db")).await.unwrap();
        let game = create(&store).await.unwrap();
        let team = store.teams(game).await.unwrap()[0].id;
        disk.inflict(fault);
        assert!(create(&store).await.is_err(), "{fault:?}");
        assert!(store.take_over(game).await.is_err(), "{fault:?}");
        assert!(store.close_games("Title").await.is_err(), "{fault:?}");
        assert!(store.add_session(&[1], Identity::Team { team, game }, 0, 1).await.is_err(), "{fault:?}");
        assert!(store.set_quizmaster("hash").await.is_err(), "{fault:?}");
        assert_eq!(store.games().await.unwrap().len(), 1, "{fault:?}: reading goes on");
        disk.mend();
        match fault {
            // Nobody knows what is on a disk that once failed to sync.
            Fault::Sync | Fault::Forget => assert!(store.take_over(game).await.is_err()),
            Fault::Full => assert_eq!(store.take_over(game).await.unwrap().0.epoch, 1, "nobody has taken over yet"),
        }
        store.close().await;
    }
}

async fn create(store: &Store) -> anyhow::Result<i64> {
    let quiz = serde_json::from_str(
        r#"{ "title": "Title", "rounds": [ { "title": "R", "questions": [
            { "prompt": "?", "answer": { "kind": "short_text", "accepted": ["a"] } } ] } ] }"#,
    );
    let team = Entrant { name: "One".into(), password: "secret".into() };
    let code = games::create(store, quiz?, &[team], &[]).await?;
    Ok(store.game(&code).await?.unwrap().id)
}
