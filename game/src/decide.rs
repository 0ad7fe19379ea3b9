//! What somebody asks for becomes facts, or is refused with a reason. Nothing changes here.

mod clock;
mod desk;
mod team;

pub use clock::{after_outage, tick};
pub use desk::{Circumstances, desk};
pub use team::{edits, rate};

use crate::event::Event;
use protocol::rejection::Rejection;

/// The facts that a command makes, to be applied in order.
pub type Decision = Result<Vec<Event>, Rejection>;
