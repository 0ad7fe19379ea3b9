//! What is in one file: what is durable, what it reads as, and the changes between the two.

use rand::{Rng, RngExt};
use std::collections::BTreeMap;

/// Bytes that a disk writes as one.
const SECTOR: usize = 512;

enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Truncate { len: usize },
}

/// The bytes of a file.
#[derive(Default)]
pub struct FileContent {
    durable: Vec<u8>,
    now: Vec<u8>,
    changes: Vec<Change>,
}

impl FileContent {
    /// Its length as it reads.
    pub fn len(&self) -> usize {
        self.now.len()
    }

    /// Reads from `offset`, with zeros for what is not there; false if that was needed.
    pub fn read(&self, offset: usize, into: &mut [u8]) -> bool {
        into.fill(0);
        let there = self.now.get(offset..).unwrap_or_default();
        let whole = there.len() >= into.len();
        into.iter_mut().zip(there).for_each(|(into, byte)| *into = *byte);
        whole
    }

    /// Writes at `offset`, not yet durably.
    pub fn write(&mut self, offset: usize, bytes: &[u8]) {
        self.change(Change::Write { offset, bytes: bytes.to_vec() });
    }

    /// Sets the length, not yet durably.
    pub fn truncate(&mut self, len: usize) {
        self.change(Change::Truncate { len });
    }

    /// Makes everything durable.
    pub fn sync(&mut self) {
        self.changes.drain(..).for_each(|change| change.apply(&mut self.durable));
    }

    /// Forgets that something was to be made durable.
    pub fn forget(&mut self) {
        self.changes.clear();
    }

    /// What the disk may hold after a power cut. How much of what was not synced is there differs from cut to cut; all
    /// of it and nothing of it are not rare.
    pub fn after_power_cut(&self, random: &mut impl Rng) -> Vec<u8> {
        let mut lens = vec![self.durable.len()];
        let mut states = BTreeMap::<usize, Vec<usize>>::new();
        for (number, change) in self.changes.iter().enumerate() {
            let (from, to, len) = change.reach(lens.last().copied().unwrap_or_default());
            lens.push(len);
            for sector in from / SECTOR..to.div_ceil(SECTOR) {
                states.entry(sector).or_default().push(number);
            }
        }
        let written = random.random_range(-0.5..1.5_f64).clamp(0.0, 1.0);
        let mut image = self.durable.clone();
        image.resize(lens.iter().copied().max().unwrap_or_default(), 0);
        for (sector, numbers) in states {
            let passed = passed(numbers.len(), written, random);
            for change in numbers.iter().take(passed).filter_map(|number| self.changes.get(*number)) {
                change.apply_to_sector(sector, &mut image);
            }
        }
        let len = lens.get(passed(self.changes.len(), written, random));
        image.truncate(len.copied().unwrap_or_default());
        image
    }

    fn change(&mut self, change: Change) {
        change.apply(&mut self.now);
        self.changes.push(change);
    }
}

/// How many of a row of changes the disk has carried out: with the chance `written` all, otherwise any number.
fn passed(changes: usize, written: f64, random: &mut impl Rng) -> usize {
    match written {
        0.0 => 0,
        written if random.random_bool(written) => changes,
        _ => random.random_range(0..=changes),
    }
}

impl Change {
    fn apply(&self, file: &mut Vec<u8>) {
        match self {
            Self::Write { offset, bytes } => {
                file.resize(file.len().max(offset + bytes.len()), 0);
                file[*offset..offset + bytes.len()].copy_from_slice(bytes);
            }
            Self::Truncate { len } => file.resize(*len, 0),
        }
    }

    /// The bytes it touches in a file of this length, from and to, and the length that it leaves.
    fn reach(&self, before: usize) -> (usize, usize, usize) {
        match self {
            Self::Write { offset, bytes } => (*offset, offset + bytes.len(), before.max(offset + bytes.len())),
            Self::Truncate { len } => (*len, before.max(*len), *len),
        }
    }

    /// Does what it does to one sector.
    fn apply_to_sector(&self, sector: usize, image: &mut [u8]) {
        let end = ((sector + 1) * SECTOR).min(image.len());
        match self {
            Self::Write { offset, bytes } => {
                let (from, to) = ((sector * SECTOR).max(*offset), end.min(offset + bytes.len()));
                image[from..to].copy_from_slice(&bytes[from - offset..to - offset]);
            }
            Self::Truncate { len } => image[(sector * SECTOR).max(*len).min(end)..end].fill(0),
        }
    }
}
