//! What somebody asks for becomes facts, or is refused with a reason. Nothing changes here.

mod amend;
mod clock;
mod desk;
mod length;
mod reveal;
mod team;

pub use amend::{content_at, place};
pub use clock::{after_outage, tick};
pub use desk::{Circumstances, desk};
pub use reveal::{arm, displayed};
pub use team::{Arrival, edits, rate};

use crate::event::Event;
use protocol::rejection::Rejection;

/// The facts that a command makes, to be applied in order.
pub type Decision = Result<Vec<Event>, Rejection>;
