//! The quizmaster's desk.

use crate::{Result, Transport, Venue, Wire, patiently};
use anyhow::Context;
use protocol::client::{Action, FromDesk};
use protocol::codec::encode;
use protocol::rejection::Rejection;
use protocol::server::ToDesk;
use protocol::view::{DeskView, Moment};

/// A desk.
#[derive(Debug)]
pub struct Desk {
    wire: Wire,
    /// What it shows.
    pub view: DeskView,
    /// Refusals.
    pub refused: Vec<Rejection>,
}

impl Desk {
    /// Connects.
    ///
    /// # Errors
    /// When the server does not let it in.
    pub async fn open(venue: &Venue, transport: Transport, cookie: &str) -> Result<Self> {
        let path = format!("/link/desk/{}", venue.code);
        let wire = Wire::open(venue, transport, &path, cookie, |_| None).await?;
        let mut desk = Self { wire, view: DeskView::default(), refused: Vec::new() };
        desk.until(|view| !view.code.is_empty()).await?;
        Ok(desk)
    }

    /// Hears messages until something holds.
    ///
    /// # Errors
    /// When it never does, or the connection ends first.
    pub async fn until(&mut self, holds: impl Fn(&DeskView) -> bool) -> Result<()> {
        patiently(async {
            while !holds(&self.view) {
                self.hear().await?;
            }
            Ok(())
        })
        .await
    }

    /// Hears one message.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn hear(&mut self) -> Result<()> {
        match self.wire.next().await?.context("the connection ended")? {
            ToDesk::View(view) => self.view = *view,
            ToDesk::Rows(rows) => {
                for row in rows {
                    if let Some(old) = self.view.rows.iter_mut().find(|old| old.team == row.team) {
                        *old = row;
                    }
                }
            }
            ToDesk::Screens(screens) => self.view.screens = screens,
            ToDesk::Refused(reason) => self.refused.push(reason),
        }
        Ok(())
    }

    /// Waits for a refusal.
    ///
    /// # Errors
    /// When none comes.
    pub async fn until_refused(&mut self) -> Result<Rejection> {
        patiently(async {
            loop {
                match self.refused.pop() {
                    Some(reason) => return Ok(reason),
                    None => self.hear().await?,
                }
            }
        })
        .await
    }

    /// Presses a button as the desk shows it now, and waits until something comes of it.
    ///
    /// # Errors
    /// When nothing does.
    pub async fn press(&mut self, action: Action) -> Result<()> {
        let turn = self.view.turn;
        self.press_at(turn, action);
        self.until(|view| view.turn > turn).await
    }

    /// Presses a button that was shown at `turn`, without waiting.
    pub fn press_at(&mut self, turn: u32, action: Action) {
        self.send(&FromDesk::Act { turn, action });
    }

    /// Sends anything.
    pub fn send(&mut self, message: &FromDesk) {
        self.wire.send(encode(message));
    }

    /// Opens the next question and waits until it is open.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open_question(&mut self) -> Result<()> {
        self.press(Action::OpenQuestion).await?;
        self.until(|view| view.now == Moment::Open).await
    }

    /// Ends the question and waits until everything under way is in.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn close_question(&mut self) -> Result<()> {
        self.press(Action::CloseNow).await?;
        self.until(|view| matches!(view.now, Moment::Closed { .. } | Moment::Rated)).await
    }
}
