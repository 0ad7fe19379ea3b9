//! A full hall comes back at once: the server was killed, everybody has typed a key meanwhile, and from the instant it
//! answers again all are at the door.

use crate::Result;
use crate::baseline;
use crate::process::{Process, free_address};
use crate::quiz;
use crate::test_server::TestServer;
use crate::times::Times;
use futures::future::try_join_all;
use protocol::answer::Change;
use protocol::codec::SUBPROTOCOL;
use protocol::ids::{QuestionId, WriterId};
use protocol::limits;
use protocol::replica::Replica;
use protocol::text::Splice;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use std::time::Duration;
use swarm::{Desk, Team, Transport, Venue, now_ms, wire};
use tokio::time::Instant;

const QUESTION: QuestionId = QuestionId(0);

/// A device while the server is away.
struct Device {
    cookie: String,
    page: Replica,
}

/// A full hall, and the baseline to measure it against.
pub struct Reconnect {
    server: TestServer,
    baseline: Process,
    devices: Vec<Device>,
}

impl Reconnect {
    /// Fills a hall with this many teams and opens a question.
    ///
    /// # Errors
    /// When somebody is not let in.
    pub async fn new(program: &Path, teams: usize) -> Result<Self> {
        let mut random = ChaCha8Rng::seed_from_u64(now_ms() as u64);
        let mut server = TestServer::new(program, quiz::single(), teams, &mut random).await?;
        server.process.start()?;
        server.process.ready().await?;
        let address = free_address(&mut random)?;
        let baseline = Process {
            program: std::env::current_exe()?,
            arguments: vec!["--baseline".into(), address.to_string().into()],
            log: server.database().with_file_name("baseline.log"),
            venue: Venue::new(address, &server.process.venue.code),
            child: None,
        };
        let cookies = server.team_cookies().await?;
        let seats = cookies.iter().flat_map(|cookie| std::iter::repeat_n(cookie, limits::DEVICES_PER_TEAM)).zip(1..);
        let device =
            |(cookie, writer): (&String, _)| Device { cookie: cookie.clone(), page: Replica::new(WriterId(writer)) };
        let devices = seats.map(device).collect();
        let mut desk = Desk::open(&server.process.venue, Transport::WebSocket, &server.desk_cookie().await?).await?;
        desk.open_question().await?;
        Ok(Self { server, baseline, devices })
    }

    /// Number of devices.
    pub fn len(&self) -> usize {
        self.devices.len()
    }

    /// Whether nobody is there.
    pub fn is_empty(&self) -> bool {
        self.devices.is_empty()
    }

    /// All devices open a WebSocket to the baseline, and nothing else.
    ///
    /// # Errors
    /// When one of them cannot.
    pub async fn handshakes(&mut self) -> Result<Times> {
        self.baseline.start()?;
        let back = self.baseline.ready().await?;
        let (venue, count) = (self.baseline.venue.clone(), self.devices.len());
        let connect = move |venue: Venue, cookie: String| async move {
            let socket = wire::connect(&venue, baseline::PATH, &cookie, &venue.origin(), SUBPROTOCOL).await?;
            anyhow::Ok((socket, back.elapsed()))
        };
        let tasks = self.devices.iter().map(|device| tokio::spawn(connect(venue.clone(), device.cookie.clone())));
        let mut sockets = Vec::with_capacity(count);
        for socket in try_join_all(tasks.collect::<Vec<_>>()).await? {
            sockets.push(socket?);
        }
        self.baseline.kill();
        Ok(Times::of(&sockets.into_iter().map(|(_, took)| took).collect::<Vec<_>>()))
    }

    /// The server is killed, all devices type a key, and come back when it does: until each has been welcomed and its key
    /// is saved.
    ///
    /// # Errors
    /// When one of them does not get so far.
    pub async fn resume(&mut self) -> Result<Times> {
        self.server.process.kill();
        for device in &mut self.devices {
            let key = Change::Splice(Splice { at: 0, delete: 0, insert: "x".into() });
            device.page.edit(QUESTION, key, now_ms()).map_err(|reason| anyhow::anyhow!("{reason:?}"))?;
        }
        self.server.process.start()?;
        let back = self.server.process.ready().await?;
        let venue = self.server.process.venue.clone();
        let tasks = self.devices.drain(..).map(|device| tokio::spawn(come_back(device, venue.clone(), back)));
        let returned = try_join_all(tasks.collect::<Vec<_>>()).await?.into_iter().collect::<Result<Vec<_>>>()?;
        let mut took = Vec::with_capacity(returned.len());
        for (cookie, team, duration) in returned {
            took.push(duration);
            self.devices.push(Device { cookie, page: team.replica });
        }
        Ok(Times::of(&took))
    }
}

async fn come_back(device: Device, venue: Venue, back: Instant) -> Result<(String, Team, Duration)> {
    let mut team = Team::resume(&venue, Transport::WebSocket, &device.cookie, device.page).await?;
    team.until_saved().await?;
    Ok((device.cookie, team, back.elapsed()))
}
