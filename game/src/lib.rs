//! The rules of a quiz evening.
//!
//! [`decide`] turns what somebody asks for into facts, [`Game::apply`] lets the facts happen, [`project`] shows each
//! role what it may see. Time, identity and random seeds are arguments, so a replay of the facts gives the same game.

pub mod allocate;
pub mod clock;
pub mod decide;
pub mod event;
pub mod folding;
pub mod history;
pub mod invalidation;
pub mod live;
pub mod mark;
pub mod moves;
pub mod phase;
pub mod play_order;
pub mod presence;
pub mod project;
pub mod quiz;
pub mod reply;
pub mod reveal;
pub mod roster;
pub mod round_trips;
pub mod score;

mod state;

pub use event::{Cause, Event, Fact};
pub use state::{Answer, Clicked, Game, LateEdit, RatingRound, Team, Times};
