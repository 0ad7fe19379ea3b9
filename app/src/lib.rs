//! Quizwire's pages and components, compiled for the server and for the browser.
//!
//! They know no socket and no clock of their own: a [`Link`] brings what the game looks like and takes what people do.

mod control;
mod countdown;
mod desk;
mod leaderboard;
pub mod library;
mod link;
mod login;
mod play;
mod points;
mod question;
mod scene;
mod screen;
mod shell;
mod wordmark;
mod words;

pub use control::{ControlPage, GameLink};
pub use desk::DeskPage;
pub use link::{Keeping, Laptop, Link, PlayState, Status, TeamIntent, Trouble};
pub use login::{LoginPage, NotFoundPage};
pub use play::PlayPage;
pub use screen::ScreenPage;
pub use shell::{Assets, Page, Shell};
