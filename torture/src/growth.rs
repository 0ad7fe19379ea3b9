//! What a hall costs the server, by its size: logins, arrivals one after another, the turn of "Show scores", keypresses.

use crate::Result;
use crate::quiz;
use crate::test_server::TestServer;
use protocol::client::Action;
use protocol::ids::QuestionId;
use protocol::limits;
use protocol::view::TeamStage;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use std::time::Duration;
use swarm::{Desk, Team, Transport, now_ms};
use tokio::time::{Instant, sleep};

/// Keys that a page sends before it waits until they are saved.
const KEYS_A_BATCH: usize = 40;
/// Letters of an answer before it is deleted again.
const LETTERS: usize = 60;

/// One hall, measured.
#[derive(Debug, Default)]
pub struct Growth {
    /// Teams, each with one page.
    pub teams: usize,
    /// Memory after all have logged in, in bytes more.
    pub logins_bytes: u64,
    /// Processor time while all arrive one after another, in seconds.
    pub arrivals_s: f64,
    /// What each page was sent meanwhile, in bytes.
    pub arrivals_bytes: usize,
    /// From the press until the last page has the scores, in seconds; and the processor time of it.
    pub scores_s: [f64; 2],
    /// Keypresses that were saved, and processor time of each in microseconds.
    pub keys: (usize, f64),
    /// Memory after them, in bytes more.
    pub keys_bytes: u64,
}

/// Fills a hall with so many teams, which play so many questions until they see the scores, then type so many keys together.
///
/// # Errors
/// When somebody is not let in, or does not hear what it has to.
pub async fn measure(program: &Path, teams: usize, questions: u16, keys: usize) -> Result<Growth> {
    let mut random = ChaCha8Rng::seed_from_u64(now_ms() as u64);
    let mut server = TestServer::new(program, quiz::played(questions.into()), teams, &mut random).await?;
    server.process.start()?;
    server.process.ready().await?;
    let venue = server.process.venue.clone();
    let mut growth = Growth { teams, ..Growth::default() };

    let bytes = server.process.resident_bytes()?;
    let cookies = server.team_cookies().await?;
    growth.logins_bytes = server.process.resident_bytes()?.saturating_sub(bytes);

    let mut desk = Desk::open(&venue, Transport::WebSocket, &server.desk_cookie().await?).await?;
    let cpu_s = server.process.cpu_s()?;
    let mut pages = Vec::new();
    for (cookie, writer) in cookies.iter().zip(1..) {
        pages.push(Team::join(&venue, Transport::WebSocket, cookie, writer).await?);
    }
    let here = |page: &Team| matches!(&page.view.stage, TeamStage::Lobby { attendance, .. } if attendance.here as usize == teams);
    for page in &mut pages {
        page.until(here).await?;
    }
    growth.arrivals_s = server.process.cpu_s()? - cpu_s;
    growth.arrivals_bytes = pages.iter().flat_map(|page| &page.wire.frames).map(Vec::len).sum::<usize>() / teams;
    pages.iter_mut().for_each(|page| {
        page.wire.frames.clear();
        page.wire.keeps_frames = false;
    });

    for question in 0..questions {
        open(&mut desk, &mut pages).await?;
        for (page, at) in pages.iter_mut().zip(0..) {
            page.pick(QuestionId(question), at % 2).await?;
        }
        desk.close_question().await?;
        desk.press(Action::ShowSolution).await?;
    }
    let (begun, cpu_s) = (Instant::now(), server.process.cpu_s()?);
    let turn = desk.view.turn;
    desk.press_at(turn, Action::ShowScores);
    for page in &mut pages {
        page.until_stage(|stage| matches!(stage, TeamStage::Scores { .. })).await?;
    }
    growth.scores_s = [begun.elapsed().as_secs_f64(), server.process.cpu_s()? - cpu_s];

    desk.until(|view| view.turn > turn).await?;
    desk.press(Action::NextRound).await?;
    open(&mut desk, &mut pages).await?;
    // Nobody looks at the wall while the keys are counted.
    drop(desk);
    let (bytes, cpu_s) = (server.process.resident_bytes()?, server.process.cpu_s()?);
    let each = keys / teams;
    let typing = pages.into_iter().map(|page| tokio::spawn(type_keys(page, QuestionId(questions), each)));
    for typing in typing.collect::<Vec<_>>() {
        typing.await??;
    }
    growth.keys = (each * teams, (server.process.cpu_s()? - cpu_s) * 1e6 / (each * teams) as f64);
    growth.keys_bytes = server.process.resident_bytes()?.saturating_sub(bytes);
    Ok(growth)
}

async fn open(desk: &mut Desk, pages: &mut [Team]) -> Result<()> {
    desk.open_question().await?;
    for page in pages {
        page.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await?;
    }
    Ok(())
}

/// One letter after another, as fast as a page may talk.
async fn type_keys(mut page: Team, question: QuestionId, keys: usize) -> Result<()> {
    for key in 0..keys {
        let text = page.replica.content(question).text;
        page.type_text(question, &if key % LETTERS == LETTERS - 1 { String::new() } else { text + "x" });
        if key % KEYS_A_BATCH == 0 {
            page.until_saved().await?;
            sleep(Duration::from_millis(50)).await;
        }
    }
    page.until_saved().await
}

impl Growth {
    /// Names of the columns.
    pub fn head() -> String {
        format!(
            "{:>6}{:>12}{:>14}{:>14}{:>14}{:>12}{:>12}{:>12}{:>12}",
            "teams",
            "logins MB",
            "arrivals CPU",
            "to each page",
            "scores seen",
            "scores CPU",
            "keys",
            "us a key",
            "keys MB"
        )
    }

    /// A row of the table.
    pub fn row(&self) -> String {
        let mb = |bytes: u64| bytes as f64 / 1e6;
        format!(
            "{:>6}{:>12.1}{:>12.2} s{:>11} kB{:>11.0} ms{:>9.0} ms{:>12}{:>12.1}{:>12.1}",
            self.teams,
            mb(self.logins_bytes),
            self.arrivals_s,
            self.arrivals_bytes / 1_000,
            self.scores_s[0] * 1e3,
            self.scores_s[1] * 1e3,
            self.keys.0,
            self.keys.1,
            mb(self.keys_bytes)
        )
    }
}

/// Keys that so many teams can type into one answer each.
pub fn keys_max(teams: usize) -> usize {
    teams * limits::ANSWER_EDITS
}
