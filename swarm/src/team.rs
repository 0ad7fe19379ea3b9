//! A team's page.

use crate::{Result, Transport, Venue, Wire, now_ms, patiently};
use anyhow::ensure;
use protocol::answer::Change;
use protocol::client::{FromTeam, Readiness};
use protocol::codec::{decode, encode};
use protocol::ids::{QuestionId, Slot, WriterId};
use protocol::replica::{Heard, Replica};
use protocol::seal::Unsealing;
use protocol::server::ToTeam;
use protocol::text::diff;
use protocol::view::{TeamStage, TeamView};

/// What a page says that has all of the question that is being armed.
fn loaded(message: &[u8]) -> Option<Vec<u8>> {
    let Ok(ToTeam::View(view) | ToTeam::Welcome { view, .. }) = decode(message) else { return None };
    let TeamStage::Armed { heading, reveal_ms: None, .. } = view.stage else { return None };
    Some(encode(&FromTeam::Ready(Readiness::Loaded { question: heading.id, percent: 100 })))
}

/// A team's page, with what it has typed.
#[derive(Debug)]
pub struct Team {
    /// Its connection.
    pub wire: Wire,
    /// What it has typed.
    pub replica: Replica,
    /// Where the game stands.
    pub view: TeamView,
    /// Number of the last acknowledged edit.
    pub acked: u64,
    /// What opens the question that was sent sealed.
    pub unsealing: Option<Unsealing>,
    /// What came too late or was refused.
    pub others: Vec<Heard>,
}

impl Team {
    /// Connects as a fresh page load.
    ///
    /// # Errors
    /// When the server does not let it in.
    pub async fn join(venue: &Venue, transport: Transport, cookie: &str, writer: u64) -> Result<Self> {
        Self::resume(venue, transport, cookie, Replica::new(WriterId(writer))).await
    }

    /// Connects with what an earlier connection held.
    ///
    /// # Errors
    /// When the server does not let it in.
    pub async fn resume(venue: &Venue, transport: Transport, cookie: &str, replica: Replica) -> Result<Self> {
        let wire = Self::dial(venue, transport, cookie).await?;
        let mut page = Self { wire, replica, view: TeamView::default(), acked: 0, unsealing: None, others: Vec::new() };
        page.replica.cut();
        page.replica.connected();
        page.flush();
        page.until(|page| page.view.own.team.is_some()).await?;
        Ok(page)
    }

    /// Only the connection, for a page that lives on without one.
    ///
    /// # Errors
    /// When the server does not let it in.
    pub async fn dial(venue: &Venue, transport: Transport, cookie: &str) -> Result<Wire> {
        Wire::open(venue, transport, "/link/play", cookie, loaded).await
    }

    /// Hears messages until something holds.
    ///
    /// # Errors
    /// When it never does, or the connection ends first.
    pub async fn until(&mut self, holds: impl Fn(&Self) -> bool) -> Result<()> {
        patiently(async {
            while !holds(self) {
                ensure!(self.hear().await?, "the connection ended");
            }
            Ok(())
        })
        .await
    }

    /// Hears one message; false when the connection has ended.
    ///
    /// # Errors
    /// When nothing comes for too long.
    pub async fn hear(&mut self) -> Result<bool> {
        let Some(message) = self.wire.next::<ToTeam>().await? else { return Ok(false) };
        if let ToTeam::Ack { number, .. } | ToTeam::Welcome { acked: number, .. } = message {
            self.acked = self.acked.max(number);
        }
        match self.replica.hear(message, WriterId(now_ms() as u64)) {
            Heard::View(view) => self.view = *view,
            Heard::Unseal(unsealing) => self.unsealing = Some(unsealing),
            Heard::Attendance(news) => {
                self.view.stage.attendance_mut().into_iter().for_each(|attendance| attendance.follow(news.clone()));
            }
            Heard::Nothing | Heard::TypedElsewhere => {}
            heard @ (Heard::Late | Heard::Refused(_)) => self.others.push(heard),
        }
        self.flush();
        Ok(true)
    }

    /// Hears what comes within this time; false when the connection has ended.
    pub async fn hear_for(&mut self, time: std::time::Duration) -> bool {
        match tokio::time::timeout(time, self.hear()).await {
            Ok(heard) => heard.unwrap_or(false),
            Err(_) => true,
        }
    }

    /// Sends what can be sent.
    pub fn flush(&mut self) {
        while let Some(message) = self.replica.flush() {
            self.wire.send(encode(&message));
        }
    }

    /// Makes the answer read `text`, as if typed now, and waits until it is saved.
    ///
    /// # Errors
    /// When it is not saved.
    pub async fn write(&mut self, question: QuestionId, text: &str) -> Result<()> {
        self.type_text(question, text);
        self.until_saved().await
    }

    /// Makes the answer read `text` without waiting.
    pub fn type_text(&mut self, question: QuestionId, text: &str) {
        let before = self.replica.content(question).text;
        if let Some(splice) = diff(&before, text, text.chars().count()) {
            self.change(question, Change::Splice(splice));
        }
    }

    /// Changes an answer without waiting; what the outbox cannot take is left out.
    pub fn change(&mut self, question: QuestionId, change: Change) {
        let _ = self.replica.edit(question, change, now_ms());
        self.flush();
    }

    /// Chooses an option and waits until it is saved.
    ///
    /// # Errors
    /// When it is not saved.
    pub async fn pick(&mut self, question: QuestionId, option: u8) -> Result<()> {
        self.change(question, Change::Pick { option });
        self.until_saved().await
    }

    /// Rates an answer and waits until it is saved.
    ///
    /// # Errors
    /// When it is not saved.
    pub async fn rate(&mut self, round: u16, slot: u16, stars: u8) -> Result<()> {
        let _ = self.replica.rate(round, Slot(slot), stars, now_ms());
        self.flush();
        self.until_saved().await
    }

    /// Waits until everything is saved.
    ///
    /// # Errors
    /// When it is not.
    pub async fn until_saved(&mut self) -> Result<()> {
        self.until(|page| page.replica.unsaved() == 0).await
    }

    /// Waits for a stage.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn until_stage(&mut self, is: impl Fn(&TeamStage) -> bool) -> Result<()> {
        self.until(|page| is(&page.view.stage)).await
    }
}
