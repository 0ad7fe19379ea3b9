//! What reads as written may never have reached the disk: a process that opens the database after one that failed to
//! sync builds nothing on it before it has written it anew.

#![allow(clippy::unwrap_used, reason = "tests stop at what they did not expect")]

use faultdisk::{Disk, Fault};
use game::{Event, Fact};
use protocol::ids::TeamId;
use server::games;
use server::storage::{AppendError, Games, Ownership};
use server::store::Store;

const QUIZ: &str = r#"{ "title": "Sync", "rounds": [ { "title": "Only", "questions": [
    { "prompt": "Prompt?", "answer": { "kind": "number", "value": 1 } } ] } ] }"#;

fn fact(team: u32) -> [Fact; 1] {
    [Fact { at_ms: 0, event: Event::TeamAdded { team: TeamId(team) } }]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_after_a_failed_sync_and_a_restart_outlives_a_power_cut() {
    for seed in 0..10 {
        let disk = Disk::new().unwrap();
        let store = Store::open(&disk.database("quizwire.db")).await.unwrap();
        let code = games::create(&store, serde_json::from_str(QUIZ).unwrap(), &[], &[]).await.unwrap();
        let game = store.game(&code).await.unwrap().unwrap().id;
        let (fence, _) = store.take_over(game).await.unwrap();
        let journal = store.storage().journal;
        let made = store.facts(game).await.unwrap().len() as u64;
        disk.inflict(Fault::Forget);
        assert!(matches!(journal.append(fence, made, &fact(1)).await, Err(AppendError::Failed)));
        // Whatever is tried now, by anybody, it is refused: the process is about to end.
        disk.mend();
        assert!(matches!(journal.append(fence, made, &fact(1)).await, Err(AppendError::Failed)));

        let disk = disk.kill().unwrap();
        let store = Store::open(&disk.database("quizwire.db")).await.unwrap();
        let (fence, _) = store.take_over(game).await.unwrap();
        let there = store.facts(game).await.unwrap().len() as u64;
        let journal = store.storage().journal;
        journal.append(fence, there, &fact(2)).await.unwrap();

        let folder = tempfile::tempdir().unwrap();
        disk.power_cut(seed).write_to(folder.path()).unwrap();
        let image = Store::open(&folder.path().join("quizwire.db")).await.unwrap();
        let facts = image.facts(game).await.unwrap();
        assert_eq!(facts.last(), fact(2).last(), "seed {seed}");
    }
}
