//! The power is cut while games append to the real journal. What was acknowledged is there, once and in order.
//!
//! The same rounds with `synchronous=NORMAL` lose some of it: the disk is as bad as it says, and FULL is what helps.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use faultdisk::Disk;
use game::quiz::Quiz;
use game::{Event, Fact};
use protocol::ids::{QuestionId, TeamId, WriterId};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use server::games;
use server::storage::{Fence, Games, Journal, Ownership};
use server::store::Store;
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use std::sync::Arc;
use tokio::task::JoinHandle;

const ROUNDS: u64 = 40;
const GAMES: usize = 6;
/// Writes and syncs until the power goes, at most; several checkpoints fall among them.
const OPERATIONS: u64 = 8_000;
/// Facts that an appender appends if the power never goes.
const FACTS: u64 = 20_000;
/// Facts with which a game is made: the quiz, and its order.
const MADE: u64 = 2;
/// Facts of one append, at most.
const BATCH: u64 = 5;
const QUIZ: &str = r#"{ "title": "Power", "rounds": [ { "title": "Only", "questions": [
    { "prompt": "Prompt?", "points": 10, "seconds": 30, "answer": { "kind": "number", "value": 1, "tolerance": 0 } }
] } ] }"#;

/// What all rounds together came to.
#[derive(Debug, Default)]
struct Tally {
    acknowledged: u64,
    lost: u64,
    unacknowledged: u64,
}

/// Fact number `seq` of a game, which is like no other.
fn fact(game: i64, seq: u64) -> Fact {
    let (team, question, writer) = (TeamId(game as u32), QuestionId(0), WriterId(game as u64));
    let event = Event::Edited { team, question, writer, number: seq, made_ms: game, changes: Vec::new() };
    Fact { at_ms: seq as i64, event }
}

/// Appends to a game until the power goes; returns the game and how many facts it has by what was acknowledged.
async fn append(journal: Arc<dyn Journal>, fence: Fence, mut random: ChaCha8Rng) -> (i64, u64) {
    let (mut next, game) = (MADE, fence.game);
    while next < FACTS {
        let batch: Vec<_> = (next..=next + random.random_range(0..BATCH)).map(|seq| fact(game, seq)).collect();
        if journal.append(fence, next, &batch).await.is_err() {
            return (game, next);
        }
        next += batch.len() as u64;
    }
    panic!("game {game}: the power does not go")
}

async fn appenders(store: &Store, seed: u64) -> Vec<JoinHandle<(i64, u64)>> {
    let journal = store.storage().journal;
    let mut appenders = Vec::new();
    for number in 0..GAMES {
        let quiz: Quiz = serde_json::from_str(QUIZ).unwrap();
        let code = games::create(store, quiz, &[], &[]).await.unwrap();
        let game = store.game(&code).await.unwrap().unwrap().id;
        let (fence, ..) = store.take_over(game).await.unwrap();
        let random = ChaCha8Rng::seed_from_u64(seed * GAMES as u64 + number as u64);
        appenders.push(tokio::spawn(append(journal.clone(), fence, random)));
    }
    appenders
}

async fn integrity(database: &Path) -> String {
    let mut connection = SqliteConnectOptions::new().filename(database).connect().await.unwrap();
    let integrity = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    integrity
}

/// One power cut, looked at by the ordinary VFS.
async fn round(seed: u64, synchronous: SqliteSynchronous, tally: &mut Tally) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let disk = Disk::new().unwrap();
    let store = Store::open_as(&disk.database("quizwire.db"), synchronous).await.unwrap();
    let appenders = appenders(&store, seed).await;
    disk.power_cut_after(random.random_range(0..OPERATIONS));
    let appenders = futures::future::join_all(appenders).await;
    let folder = tempfile::tempdir().unwrap();
    disk.power_cut(seed).write_to(folder.path()).unwrap();

    let database = folder.path().join("quizwire.db");
    let image = Store::open(&database).await.unwrap();
    for appender in appenders {
        let (game, acknowledged) = appender.unwrap();
        let facts = image.facts(game).await.unwrap();
        for (seq, found) in facts.iter().enumerate().skip(MADE as usize) {
            assert_eq!(*found, fact(game, seq as u64), "seed {seed}, game {game}");
        }
        let there = facts.len() as u64;
        assert!(there <= acknowledged + BATCH, "seed {seed}, game {game}: {there} facts, {acknowledged} acknowledged");
        tally.acknowledged += acknowledged;
        tally.lost += acknowledged.saturating_sub(there);
        tally.unacknowledged += there.saturating_sub(acknowledged);
    }
    image.close().await;
    store.close().await;
    assert_eq!(integrity(&database).await, "ok", "seed {seed}");
}

/// All rounds, from a seed that differs from run to run and is printed.
async fn rounds(synchronous: SqliteSynchronous) -> Tally {
    let first: u64 = u64::from(rand::random::<u32>());
    let mut tally = Tally::default();
    let begun = std::time::Instant::now();
    for seed in first..first + ROUNDS {
        round(seed, synchronous, &mut tally).await;
    }
    println!("{synchronous:?}: {ROUNDS} rounds from seed {first}, {tally:?}, {:.1} s", begun.elapsed().as_secs_f64());
    tally
}

#[tokio::test(flavor = "multi_thread")]
async fn full_syncing_loses_nothing_that_was_acknowledged() {
    let tally = rounds(SqliteSynchronous::Full).await;
    assert!(tally.acknowledged > 0 && tally.lost == 0, "{tally:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn normal_syncing_loses_some_so_this_disk_can_lose() {
    let tally = rounds(SqliteSynchronous::Normal).await;
    assert!(tally.lost > 0, "{tally:?}");
}
