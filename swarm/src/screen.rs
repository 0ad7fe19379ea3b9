//! The big screen.

use crate::{Result, Transport, Venue, Wire, patiently};
use anyhow::Context;
use protocol::client::{FromScreen, Readiness};
use protocol::codec::{decode, encode};
use protocol::server::ToScreen;
use protocol::view::{ScreenStage, ScreenView};

/// A screen.
#[derive(Debug)]
pub struct Screen {
    /// Its connection.
    pub wire: Wire,
    /// What it shows.
    pub view: ScreenView,
    /// Where it is to go once it is let in.
    pub admitted: Option<String>,
}

/// What a screen says that has all of the question that is being armed.
fn loaded(message: &[u8]) -> Option<Vec<u8>> {
    let Ok(ToScreen::View(view)) = decode(message) else { return None };
    let ScreenStage::Armed { heading, reveal_ms: None, .. } = view.stage else { return None };
    Some(encode(&FromScreen::Ready(Readiness::Loaded { question: heading.id, percent: 100 })))
}

impl Screen {
    /// Connects with a screen's cookie; without one, the screen waits to be let in.
    ///
    /// # Errors
    /// When the server does not take it.
    pub async fn open(venue: &Venue, transport: Transport, cookie: &str) -> Result<Self> {
        let path = format!("/link/screen/{}", venue.code);
        let wire = Wire::open(venue, transport, &path, cookie, loaded).await?;
        let mut screen = Self { wire, view: ScreenView::default(), admitted: None };
        screen.until(|view| !view.title.is_empty()).await?;
        Ok(screen)
    }

    /// Hears messages until something holds.
    ///
    /// # Errors
    /// When it never does, or the connection ends first.
    pub async fn until(&mut self, holds: impl Fn(&ScreenView) -> bool) -> Result<()> {
        patiently(async {
            while !holds(&self.view) {
                self.hear().await?;
            }
            Ok(())
        })
        .await
    }

    /// Waits to be let in; gives where to go then.
    ///
    /// # Errors
    /// When it is not.
    pub async fn until_admitted(&mut self) -> Result<String> {
        patiently(async {
            loop {
                match self.admitted.take() {
                    Some(path) => return Ok(path),
                    None => self.hear().await?,
                }
            }
        })
        .await
    }

    async fn hear(&mut self) -> Result<()> {
        match self.wire.next().await?.context("the connection ended")? {
            ToScreen::View(view) => self.view = *view,
            ToScreen::Attendance(news) => {
                self.view.stage.attendance_mut().into_iter().for_each(|attendance| attendance.follow(news.clone()));
            }
            ToScreen::Unseal(_) => {}
            ToScreen::Admitted(path) => self.admitted = Some(path),
        }
        Ok(())
    }
}
