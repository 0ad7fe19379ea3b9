//! The power is cut while games are made: a game is there with everything that belongs to it, or not at all.

#![allow(clippy::unwrap_used, reason = "tests stop at what they did not expect")]

use faultdisk::Disk;
use game::Event;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use server::games::{self, Entrant, File};
use server::storage::{Games, Media, Teams};
use server::store::Store;

const ROUNDS: u64 = 60;
/// Writes and syncs of a few games, at most.
const OPERATIONS: u64 = 120;
const QUIZ: &str = r#"{ "title": "Power", "rounds": [ { "title": "Only", "questions": [
    { "prompt": "Prompt?", "answer": { "kind": "number", "value": 1 } } ] } ] }"#;

async fn round(seed: u64) -> usize {
    let disk = Disk::new().unwrap();
    let store = Store::open(&disk.database("quizwire.db")).await.unwrap();
    disk.power_cut_after(ChaCha8Rng::seed_from_u64(seed).random_range(0..OPERATIONS));
    let teams = ["One", "Two"].map(|name| Entrant { name: name.into(), password: "secret".into() });
    let picture = File { name: "a.png".into(), mime: "image/png".into(), bytes: vec![7; 20_000] };
    let mut made = 0;
    while games::create(&store, serde_json::from_str(QUIZ).unwrap(), &teams, std::slice::from_ref(&picture))
        .await
        .is_ok()
    {
        made += 1;
    }
    let folder = tempfile::tempdir().unwrap();
    disk.power_cut(seed).write_to(folder.path()).unwrap();

    let image = Store::open(&folder.path().join("quizwire.db")).await.unwrap();
    let games = image.games().await.unwrap();
    assert!(games.len() >= made, "seed {seed}: {made} were made, {} are there", games.len());
    for game in &games {
        let facts = image.facts(game.id).await.unwrap();
        let added = facts.iter().filter(|fact| matches!(fact.event, Event::TeamAdded { .. })).count();
        let is_created = matches!(facts.first().map(|fact| &fact.event), Some(Event::Created { .. }));
        let beside = (image.teams(game.id).await.unwrap().len(), image.picture_seals(game.id).await.unwrap().len());
        assert!(is_created && added == 2 && beside == (2, 1), "seed {seed}: {facts:?}, {beside:?}");
    }
    games.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_game_is_made_as_a_whole_or_not_at_all() {
    let first = u64::from(rand::random::<u32>());
    let mut games = 0;
    for seed in first..first + ROUNDS {
        games += round(seed).await;
    }
    assert!(games > 0, "the test has to make something");
}
