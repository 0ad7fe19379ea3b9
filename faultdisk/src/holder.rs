//! Who holds locks.

/// Whoever can hold a lock: one opening of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holder(pub u64);
