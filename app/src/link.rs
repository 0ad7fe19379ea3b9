//! The one port of the pages: signals in, a callback out.

use leptos::prelude::*;
use protocol::answer::{Change, Content};
use protocol::ids::{Millis, QuestionId, Slot};
use protocol::rejection::Rejection;
use protocol::view::TeamView;

/// Whether what people did has reached the server's disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// The page has not been connected yet.
    #[default]
    Connecting,
    /// Everything is on disk.
    Saved,
    /// Something is under way.
    Saving,
    /// The connection was lost a moment ago and is looked for.
    Reconnecting,
    /// There is no connection; what is typed is kept and sent later.
    Offline,
}

/// What becomes of what is not sent yet when the page is closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Keeping {
    /// It is in the page only.
    #[default]
    Nowhere,
    /// Another page of this browser finds it; a private window forgets it when it is closed, and does not say so.
    Window,
    /// It stays on the laptop: the browser says that it keeps it.
    Laptop,
}

/// What a team does.
#[derive(Debug, Clone)]
pub enum TeamIntent {
    /// Typed or ticked.
    Edit(QuestionId, Change),
    /// Clicked a star.
    Rate {
        /// Round whose answers are rated.
        round: u16,
        /// Which answer.
        slot: Slot,
        /// 1 to 5.
        stars: u8,
    },
    /// Lights the team's tile on the big screen.
    Wave,
    /// Logs out and gives up what is not saved.
    Forget,
}

/// What can go wrong on a team's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// What is typed can no longer be kept.
    Full,
    /// Something came too late to count.
    Late,
    /// The team has as many pages open as it can have.
    TooManyPages,
    /// Somebody logs out with something unsaved.
    Unsaved,
    /// What was done changes nothing.
    Refused(Rejection),
}

/// What a team's page shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlayState {
    /// Where the game stands.
    pub view: TeamView,
    /// The team's answer to the question that is on, with everything typed.
    pub content: Content,
    /// What went wrong last, for the team to know.
    pub trouble: Option<Trouble>,
    /// When another device of the team last typed into this answer; 0 for never.
    pub elsewhere_ms: Millis,
    /// What becomes of what is not sent yet.
    pub kept: Keeping,
    /// How this laptop is connected, once measured.
    pub laptop: Option<Laptop>,
}

/// A laptop's line, as its page measures it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Laptop {
    /// Least round-trip time, rounded up.
    pub delay_ms: u32,
    /// Its clock agrees with the server's within this, rounded up.
    pub clock_error_ms: u32,
}

/// What connects a page to its game. On the server it is an offline one.
pub struct Link<V: Send + Sync + 'static, C: 'static> {
    /// Where the game stands.
    pub view: ReadSignal<V>,
    /// How the connection is.
    pub status: ReadSignal<Status>,
    /// The server's clock, as far as the page knows; moves with every frame of the screen.
    pub now_ms: ReadSignal<Millis>,
    /// Takes what somebody does.
    pub send: Callback<C>,
}

impl<V: Send + Sync + 'static, C: 'static> Clone for Link<V, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: Send + Sync + 'static, C: 'static> Copy for Link<V, C> {}

impl<V: Default + Send + Sync + 'static, C: 'static> Link<V, C> {
    /// A link that brings nothing and takes nothing: for the first paint.
    pub fn offline() -> Self {
        Self {
            view: signal(V::default()).0,
            status: signal(Status::default()).0,
            now_ms: signal(0).0,
            send: Callback::new(|_| {}),
        }
    }
}
