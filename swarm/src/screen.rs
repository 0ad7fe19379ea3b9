//! The big screen.

use crate::{Result, Transport, Venue, Wire, patiently, probe};
use anyhow::Context;
use protocol::client::FromScreen;
use protocol::codec::{decode, encode};
use protocol::server::ToScreen;
use protocol::view::ScreenView;

/// A screen.
#[derive(Debug)]
pub struct Screen {
    wire: Wire,
    /// What it shows.
    pub view: ScreenView,
}

impl Screen {
    /// Connects.
    ///
    /// # Errors
    /// When the server does not let it in.
    pub async fn open(venue: &Venue, transport: Transport) -> Result<Self> {
        let path = format!("/link/screen/{}", venue.code);
        let wire = Wire::open(venue, transport, &path, "", |frame| match decode(frame) {
            Ok(ToScreen::Beat(beat)) => probe(&beat).map(|probe| encode(&FromScreen::Probe(probe))),
            _ => None,
        })
        .await?;
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
                    ToScreen::Beat(_) => {}
                }
            }
            Ok(())
        })
        .await
    }
}
