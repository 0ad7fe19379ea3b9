//! What happens on a connection, whatever carries its frames: heartbeats, limits, and the way into the room and back.

use super::admission::{Admission, SessionWatch};
use super::heartbeat::Heartbeat;
use super::stamps::Stamps;
use crate::app_state::App;
use crate::bucket::{Bucket, Rate};
use crate::clock::GameClock;
use crate::room::outbound::{DESK_BYTES, PAGE_BYTES};
use crate::room::{ConnectionId, Door, Full, Inbox, Outgoing, Outlet, Place, Role, outbound};
use protocol::client::FromTeam;
use protocol::close::{self, Close};
use protocol::codec::decode;
use protocol::ids::Micros;
use protocol::limits;
use protocol::stamp::Stamp;
use protocol::view::Transport;
use std::future::Future;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

/// How fast one page may talk: 40 frames a second for typing, the rest for answers to heartbeats before a reveal. Only a
/// program hits it.
const FRAMES: Rate = Rate { burst: 120.0, per_second: 60.0 };
/// What a greeting costs beside its frame: its answer is larger than any other. A page greets once, and once more for
/// each earlier page load that it sends for.
const GREETING: f64 = 5.0;
/// How often a session is looked up again: it may have expired, or been ended by another process.
const RECHECK: Duration = Duration::from_secs(30);
/// A page that has said nothing for so long is gone; a frame that nobody takes for so long has nowhere to go.
const SILENCE: Duration = Duration::from_millis(limits::SILENCE_MS);
/// How long what is under way may take when the server ends.
const DRAIN: Duration = Duration::from_secs(2);

/// What has come over a wire.
pub enum Incoming {
    /// A frame.
    Frame(Vec<u8>),
    /// Nothing that concerns the game.
    Nothing,
    /// Something that this wire does not carry: why the connection ends.
    Wrong(Close),
    /// The page is gone.
    Gone,
}

/// What carries the frames of one connection.
pub trait Wire: Send {
    /// How it does.
    const TRANSPORT: Transport;

    /// Waits for what comes next. May be given up at any time without losing anything.
    fn receive(&mut self) -> impl Future<Output = Incoming> + Send;

    /// Sends a frame; false when that is no longer possible.
    fn send(&mut self, frame: &[u8]) -> impl Future<Output = bool> + Send;
}

/// Why the server ends a connection; nothing when the page did.
pub type Goodbye = Option<Close>;

/// The game is being restored.
const RESTORED: Close = Close::retry(100);
/// The game cannot be opened right now.
const FAILED: Close = Close::retry(1_000);
/// Nobody has opened the game yet who may.
const UNOPENED: Close = Close::retry(2_000);
/// The server restarts.
const STOPPING: Close = Close::retry(500);
const TOO_FAST: Close = Close::new(close::TOO_FAST);
const LOGGED_OUT: Close = Close::new(close::POLICY);

/// Holds a conversation to its end.
pub async fn hold(app: &App, wire: &mut impl Wire, admission: Admission) -> Goodbye {
    let Admission { game, role, session } = admission;
    let door = match role {
        // Nobody without a session makes the server read a game.
        Role::Visitor => Ok(app.hub.running(game)),
        _ => app.hub.door(game).await.map(Some),
    };
    let door = match door {
        Ok(Some(door)) => door,
        Ok(None) => return Some(UNOPENED),
        Err(error) => {
            tracing::error!(game, error = format!("{error:#}"), "hub: the game cannot be restored");
            return Some(FAILED);
        }
    };
    let bytes_max = if role == Role::Desk { DESK_BYTES } else { PAGE_BYTES };
    let (queue, frames) = outbound(bytes_max);
    let (answer, attached) = oneshot::channel();
    if door.send(Inbox::Attach(role, transport_of(wire), queue, answer)).await.is_err() {
        return Some(RESTORED);
    }
    let Place { connection, clock } = match attached.await {
        Ok(Ok(place)) => place,
        Ok(Err(Full)) => return Some(Close::new(close::TOO_MANY)),
        Err(_) => return Some(RESTORED),
    };
    let bucket = Bucket::new(FRAMES, std::time::Instant::now());
    let (heartbeat, stamps) = (Heartbeat::new(transport_of(wire)), Stamps::default());
    let heard = Instant::now();
    let mut conversation =
        Conversation { app, door: &door, connection, clock, role, session, frames, bucket, heard, heartbeat, stamps };
    let goodbye = conversation.run(wire).await;
    let _ = door.send(Inbox::Detach(connection)).await;
    goodbye
}

fn transport_of<W: Wire>(_: &W) -> Transport {
    W::TRANSPORT
}

struct Conversation<'a> {
    app: &'a App,
    door: &'a Door,
    connection: ConnectionId,
    /// Stamps and instants of arrival are the game's.
    clock: GameClock,
    role: Role,
    session: SessionWatch,
    frames: Outlet,
    bucket: Bucket,
    heard: Instant,
    heartbeat: Heartbeat,
    stamps: Stamps,
}

impl Conversation<'_> {
    async fn run(&mut self, wire: &mut impl Wire) -> Goodbye {
        let mut shutdown = self.app.shutdown.clone();
        let mut recheck = tokio::time::interval_at(Instant::now() + RECHECK, RECHECK);
        loop {
            tokio::select! {
                biased;
                () = async { let _ = shutdown.wait_for(|down| *down).await; } => return self.drain(wire).await,
                () = self.session.ended() => return Some(LOGGED_OUT),
                incoming = wire.receive() => match incoming {
                    Incoming::Frame(frame) => {
                        if let Some(goodbye) = self.hear(&frame).await {
                            return goodbye;
                        }
                    }
                    Incoming::Nothing => {
                        if !self.bucket.take(std::time::Instant::now()) {
                            return Some(TOO_FAST);
                        }
                    }
                    Incoming::Wrong(close) => return Some(close),
                    Incoming::Gone => return None,
                },
                frame = self.frames.recv() => match frame {
                    Some(Outgoing::Message(message)) => self.send(wire, message.encoded()).await?,
                    Some(Outgoing::Burst(time)) => self.heartbeat.quicken(time),
                    Some(Outgoing::Close(close::LAGGING)) => return Some(Close::new(close::LAGGING)),
                    Some(Outgoing::Close(_)) | None => return Some(RESTORED),
                },
                _ = recheck.tick() => {
                    if self.session.has_expired(self.app).await {
                        return Some(LOGGED_OUT);
                    }
                }
                () = tokio::time::sleep_until(self.heard + SILENCE) => {
                    tracing::debug!(connection = self.connection.0, "link: nothing was heard for too long");
                    return Some(Close::retry(0));
                }
                () = self.heartbeat.beat() => self.send(wire, &[]).await?,
            }
        }
    }

    /// Sends a message, or with none a heartbeat, within the time after which a page counts as gone.
    async fn send(&mut self, wire: &mut impl Wire, message: &[u8]) -> Option<()> {
        let frame = self.stamps.stamp(self.clock.now_us()).frame(message);
        timeout(SILENCE, wire.send(&frame)).await.is_ok_and(|sent| sent).then_some(())
    }

    /// The server ends: what the page has already said is answered, then it is told when to come back.
    async fn drain(&mut self, wire: &mut impl Wire) -> Goodbye {
        let _ = self.door.send(Inbox::Detach(self.connection)).await;
        let rest = async {
            while let Some(outgoing) = self.frames.recv().await {
                match outgoing {
                    Outgoing::Message(message) => self.send(wire, message.encoded()).await?,
                    Outgoing::Burst(_) => {}
                    Outgoing::Close(_) => break,
                }
            }
            Some(())
        };
        let _ = timeout(DRAIN, rest).await;
        Some(STOPPING)
    }

    /// Takes a frame; tells how the conversation ends if it does.
    async fn hear(&mut self, frame: &[u8]) -> Option<Goodbye> {
        let received_us = self.clock.now_us();
        self.heard = Instant::now();
        if !self.bucket.take(self.heard.into_std()) {
            tracing::warn!(role = ?self.role, "link: too many messages");
            return Some(Some(TOO_FAST));
        }
        let read = Stamp::of(frame).ok().and_then(|(stamp, message)| match message {
            [] => Some((stamp, None)),
            message => Some((stamp, Some(self.read(message, received_us)?))),
        });
        let Some((stamp, message)) = read else {
            tracing::warn!(role = ?self.role, bytes = frame.len(), "link: unreadable frame");
            return Some(Some(Close::new(close::UNREADABLE)));
        };
        if self.stamps.hear(&stamp, received_us) {
            self.heartbeat.renew();
        }
        let greets = matches!(message, Some(Inbox::Team(_, _, FromTeam::Hello { .. })));
        if greets && !self.bucket.take_many(self.heard.into_std(), GREETING) {
            tracing::warn!(role = ?self.role, "link: too many greetings");
            return Some(Some(TOO_FAST));
        }
        match message {
            Some(message) => self.door.send(message).await.is_err().then_some(Some(RESTORED)),
            None => {
                // A heartbeat is answered at once, so its way there and back is the line's.
                if let Some(round_trip_us) = self.stamps.round_trip_us(&stamp, received_us) {
                    let _ = self.door.try_send(Inbox::RoundTrip(self.connection, round_trip_us));
                }
                None
            }
        }
    }

    fn read(&self, message: &[u8], received_us: Micros) -> Option<Inbox> {
        Some(match self.role {
            Role::Team(_) => Inbox::Team(self.connection, received_us.div_euclid(1_000), decode(message).ok()?),
            Role::Desk => Inbox::Desk(self.connection, decode(message).ok()?),
            Role::Screen | Role::Visitor => Inbox::Screen(self.connection, decode(message).ok()?),
        })
    }
}
