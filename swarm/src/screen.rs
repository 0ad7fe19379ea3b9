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
    wire: Wire,
    /// What it shows.
    pub view: ScreenView,
}

/// What a screen says that has all of the question that is being armed.
fn loaded(message: &[u8]) -> Option<Vec<u8>> {
    let Ok(ToScreen::View(view)) = decode(message) else { return None };
    let ScreenStage::Armed { heading, reveal_ms: None, .. } = view.stage else { return None };
    Some(encode(&FromScreen::Ready(Readiness::Loaded { question: heading.id, percent: 100 })))
}

impl Screen {
    /// Connects.
    ///
    /// # Errors
    /// When the server does not let it in.
    pub async fn open(venue: &Venue, transport: Transport) -> Result<Self> {
        let path = format!("/link/screen/{}", venue.code);
        let wire = Wire::open(venue, transport, &path, "", loaded).await?;
        let mut screen = Self { wire, view: ScreenView::default() };
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
                match self.wire.next().await?.context("the connection ended")? {
                    ToScreen::View(view) => self.view = *view,
                    ToScreen::Attendance(news) => {
                        if let ScreenStage::Lobby { attendance } = &mut self.view.stage {
                            attendance.follow(news);
                        }
                    }
                    ToScreen::Unseal(_) => {}
                }
            }
            Ok(())
        })
        .await
    }
}
