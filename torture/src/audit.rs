//! What became of it: the pages' records against the journal.

use crate::Result;
use crate::laptop::Ledger;
use crate::test_server::GAME;
use game::{Event, Fact};
use protocol::ids::WriterId;
use server::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::AddAssign;
use std::path::Path;

/// What a run has come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Times the server was killed.
    pub kills: u64,
    /// Edits and ratings that a page was told are saved.
    pub acknowledged: u64,
    /// Those of them that are in the journal.
    pub found: u64,
    /// Those that are not.
    pub lost: u64,
    /// Edits and ratings that are there once more.
    pub doubled: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.kills += other.kills;
        self.acknowledged += other.acknowledged;
        self.found += other.found;
        self.lost += other.lost;
        self.doubled += other.doubled;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kills, acknowledged, found, lost, doubled } = self;
        write!(f, "kills {kills}, acknowledged {acknowledged}, found {found}, lost {lost}, doubled {doubled}")
    }
}

/// All facts of the game, from the file.
///
/// # Errors
/// When the journal cannot be read.
pub async fn facts(database: &Path) -> Result<Vec<Fact>> {
    let store = Store::open(database).await?;
    let facts = store.facts(GAME).await;
    store.close().await;
    facts
}

/// Numbers of each page load's edits and ratings, as they follow each other in the journal.
fn numbers(facts: &[Fact]) -> BTreeMap<WriterId, Vec<u64>> {
    let mut numbers: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for fact in facts {
        if let Event::Edited { writer, number, .. }
        | Event::EditedLate { writer, number, .. }
        | Event::Rated { writer, number, .. }
        | Event::RatedLate { writer, number, .. } = fact.event
        {
            numbers.entry(writer).or_default().push(number);
        }
    }
    numbers
}

/// Numbers as ranges of those that follow each other.
fn in_short(numbers: &[u64]) -> String {
    let runs = numbers.chunk_by(|one, next| *next == one + 1);
    let run = |run: &[u64]| format!("{}..={}", run[0], run[run.len() - 1]);
    runs.map(run).collect::<Vec<_>>().join(", ")
}

/// Looks for everything that the pages know to be saved. Adds to the faults what is not as it should be.
pub fn audit<'a>(facts: &[Fact], ledgers: impl Iterator<Item = &'a Ledger>, faults: &mut Vec<String>) -> Tally {
    let mut journal = numbers(facts);
    let mut tally = Tally::default();
    for (writer, written) in ledgers.flat_map(Ledger::writers) {
        let numbers = journal.remove(&writer).unwrap_or_default();
        let there: BTreeSet<_> = numbers.iter().copied().collect();
        let found = there.range(..=written.acknowledged).count() as u64;
        tally.acknowledged += written.acknowledged;
        tally.found += found;
        tally.lost += written.acknowledged - found;
        tally.doubled += (numbers.len() - there.len()) as u64;
        let in_order = numbers.iter().copied().eq(1..=there.len() as u64);
        if !in_order || !(written.acknowledged..=written.made).contains(&(numbers.len() as u64)) {
            faults.push(format!("{writer:?}: {written:?}, but in the journal there are {}", in_short(&numbers)));
        }
    }
    for (writer, numbers) in journal {
        faults.push(format!("{writer:?} is no page, but {} are in the journal", numbers.len()));
    }
    tally
}

#[cfg(test)]
mod tests;
