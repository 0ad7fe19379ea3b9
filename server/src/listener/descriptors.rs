//! How many files and connections this process may have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Kept for the database, the site's files and what else is not a connection.
const RESERVE: u64 = 96;
/// More than a hall can use; each costs memory, too.
const MOST: u64 = 60_000;
/// Where the system knows no limit.
const UNLIMITED: u64 = 4_096;

/// Takes what the system allows: the soft limit is often 1,024, the hard one far above.
pub fn raise() {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(MOST).min(MOST + RESERVE);
    if limit.current.is_some_and(|current| current < wanted) {
        let raised = Rlimit { current: Some(wanted), maximum: limit.maximum };
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::warn!(%error, "listener: the limit of open files stays as it is");
        }
    }
}

/// Connections that fit.
pub fn places() -> usize {
    let limit = getrlimit(Resource::Nofile).current.unwrap_or(UNLIMITED);
    limit.saturating_sub(RESERVE).clamp(16, MOST) as usize
}
