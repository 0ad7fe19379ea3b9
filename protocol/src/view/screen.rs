//! The big screen's view.

use super::{Audience, Stage, Together, View};
use serde::{Deserialize, Serialize};

/// What the room sees.
pub type ScreenView = View<ScreenPart>;
/// Where the game stands, for the room.
pub type ScreenStage = Stage<ScreenPart>;

/// What only big screens are told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenPart {
    /// Address to join at, without the scheme.
    pub address: String,
    /// The same as a QR code: a square of modules, true is dark.
    pub qr: Vec<bool>,
}

impl Audience for ScreenPart {
    /// By which number the desk knows a screen that it has not let in.
    type Lobby = Option<u16>;
    type Open = Turnout;
    type Closed = Turnout;
    type Solution = Tally;
    type Rating = Vec<Progress>;
    type Scores = ();
}

/// How many teams write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turnout {
    /// Teams that have written something.
    pub answered: u32,
    /// Teams in all.
    pub teams: u32,
    /// How close together the laptops showed the question, once they have said so.
    pub together: Option<Together>,
}

/// How many teams were right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Teams with full marks.
    pub right: u32,
    /// Teams in all.
    pub teams: u32,
}

/// How far a team is with rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Its name.
    pub name: String,
    /// Ratings given.
    pub given: u32,
    /// Of how many.
    pub of: u32,
}
