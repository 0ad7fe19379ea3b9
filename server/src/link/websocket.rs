//! Frames over WebSocket. Who a connection belongs to is fixed at its handshake; what it says is checked by the room.

use super::bucket::Bucket;
use super::origin;
use crate::auth::{self, TokenHash};
use crate::clock;
use crate::http::App;
use crate::room::{ConnectionId, Door, Inbox, Outgoing, Role};
use crate::store::Identity;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use protocol::client::{FromDesk, FromScreen, FromTeam, Probe};
use protocol::codec::{SUBPROTOCOL, close, decode, encode};
use protocol::limits;
use protocol::server::{Beat, ToDesk, ToScreen, ToTeam};
use std::time::{Duration, Instant};
use tokio::sync::{broadcast, mpsc, oneshot};

/// How often a session is looked up again: it may have expired, or been ended by another process.
const RECHECK: Duration = Duration::from_secs(30);
/// Frames waiting for one page before it is cut off.
const QUEUE: usize = 256;
/// Buffers of one connection in bytes; the defaults cost 128 KiB a connection.
const BUFFER_BYTES: usize = 4 * 1_024;
/// What may wait in a connection's write buffer.
const WRITE_BUFFER_BYTES_MAX: usize = 1024 * 1_024;

/// `GET /link/play`: a team's page.
pub async fn play(State(app): State<App>, jar: CookieJar, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    let session = Ended::of(&app);
    let admitted = match auth::identify(&app.store, &jar, auth::TEAM_COOKIE).await {
        Ok(Some((Identity::Team { team, game }, token))) => Some((game, Role::Team(team), session.with(token))),
        Ok(_) => None,
        Err(_) => return broken(),
    };
    connect(app, headers, upgrade, admitted)
}

/// `GET /link/desk/{code}`: the quizmaster's desk.
pub async fn desk(
    State(app): State<App>,
    Path(code): Path<String>,
    jar: CookieJar,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let session = Ended::of(&app);
    let session = match auth::identify(&app.store, &jar, auth::DESK_COOKIE).await {
        Ok(Some((Identity::Quizmaster, token))) => Some(session.with(token)),
        Ok(_) => None,
        Err(_) => return broken(),
    };
    match app.store.game(&code).await {
        Ok(Some(game)) => connect(app, headers, upgrade, session.map(|session| (game.id, Role::Desk, session))),
        Ok(None) => unknown_game(),
        Err(_) => broken(),
    }
}

/// `GET /link/screen/{code}`: the big screen; it shows only what the whole room may see.
pub async fn screen(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let session = Ended::of(&app);
    match app.store.game(&code).await {
        Ok(Some(game)) => connect(app, headers, upgrade, Some((game.id, Role::Screen, session))),
        Ok(None) => unknown_game(),
        Err(_) => broken(),
    }
}

fn broken() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, "The database cannot be read. Try again.").into_response()
}

fn unknown_game() -> Response {
    (StatusCode::NOT_FOUND, "There is no game with this code.").into_response()
}

/// Who may come in: to which game, as what, by which session.
type Admitted = Option<(i64, Role, Ended)>;

/// Hears when a session ends. It starts to listen before the session is looked up, so that no end falls in between.
struct Ended {
    token: Option<TokenHash>,
    revoked: broadcast::Receiver<TokenHash>,
}

impl Ended {
    fn of(app: &App) -> Self {
        Self { token: None, revoked: app.revoked.subscribe() }
    }

    fn with(mut self, token: TokenHash) -> Self {
        self.token = Some(token);
        self
    }

    /// Whether the session is no longer in the database; a database that does not answer changes nothing.
    async fn has_expired(&self, app: &App) -> bool {
        match &self.token {
            Some(token) => matches!(app.store.session(token, clock::now_ms()).await, Ok(None)),
            None => false,
        }
    }

    /// Waits for the end; one that may have been missed counts.
    async fn wait(&mut self) {
        loop {
            match self.revoked.recv().await {
                Ok(token) if Some(token) == self.token => return,
                Err(broadcast::error::RecvError::Lagged(_)) if self.token.is_some() => return,
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

/// Upgrades the connection. Who is not admitted hears so by a close code: a page sees those, but no HTTP status.
fn connect(app: App, headers: HeaderMap, upgrade: WebSocketUpgrade, admitted: Admitted) -> Response {
    if !origin::is_allowed(&headers, &app.origins) {
        tracing::warn!(origin = ?headers.get("origin"), "link: foreign origin refused");
        return (StatusCode::FORBIDDEN, "This page does not belong to this server.").into_response();
    }
    let mut upgrade = upgrade
        .protocols([SUBPROTOCOL])
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .max_message_size(limits::CLIENT_FRAME_BYTES)
        .max_frame_size(limits::CLIENT_FRAME_BYTES);
    let same_version = upgrade.selected_protocol().is_some();
    // Echoed all the same: a browser drops a connection whose subprotocol is not answered, and would not see why.
    let other_version = upgrade.requested_protocols().next().cloned().filter(|_| !same_version);
    if let Some(other_version) = other_version {
        upgrade.set_selected_protocol(other_version);
    }
    upgrade.on_upgrade(move |mut socket| async move {
        let goodbye = match admitted {
            _ if !same_version => Some((close::VERSION, "This page is out of date.")),
            None => Some((close::POLICY, "Log in first.")),
            Some((game, role, session)) => converse(&app, &mut socket, game, role, session).await,
        };
        if let Some((code, reason)) = goodbye {
            tracing::debug!(code, reason, "link: closed");
            let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
        }
    })
}

/// Why the server ends a connection; nothing when the page did.
type Goodbye = Option<(u16, &'static str)>;

async fn converse(app: &App, socket: &mut WebSocket, game: i64, role: Role, session: Ended) -> Goodbye {
    let door = match app.hub.door(game).await {
        Ok(door) => door,
        Err(error) => {
            tracing::error!(game, %error, "hub: the game cannot be restored");
            return Some((close::RESTART, "The game cannot be opened right now."));
        }
    };
    let (queue, frames) = mpsc::channel(QUEUE);
    let (answer, attached) = oneshot::channel();
    if door.send(Inbox::Attach(role, queue, answer)).await.is_err() {
        return Some((close::RESTART, "The game is being restored."));
    }
    let connection = match attached.await {
        Ok(Ok(connection)) => connection,
        Ok(Err(reason)) => return Some((close::TOO_MANY, reason)),
        Err(_) => return Some((close::RESTART, "The game is being restored.")),
    };
    let mut link = Link {
        app,
        door: &door,
        connection,
        role,
        session,
        frames,
        bucket: Bucket::new(Instant::now()),
        heard: Instant::now(),
    };
    let goodbye = link.run(socket).await;
    let _ = door.send(Inbox::Detach(connection)).await;
    goodbye
}

struct Link<'a> {
    app: &'a App,
    door: &'a Door,
    connection: ConnectionId,
    role: Role,
    session: Ended,
    frames: mpsc::Receiver<Outgoing>,
    bucket: Bucket,
    heard: Instant,
}

impl Link<'_> {
    async fn run(&mut self, socket: &mut WebSocket) -> Goodbye {
        let mut beat = tokio::time::interval(Duration::from_millis(limits::BEAT_MS));
        let mut shutdown = self.app.shutdown.clone();
        let mut recheck = tokio::time::interval_at(tokio::time::Instant::now() + RECHECK, RECHECK);
        loop {
            tokio::select! {
                biased;
                () = async { let _ = shutdown.wait_for(|down| *down).await; } => return Some((close::RESTART, "The server restarts; come back at once.")),
                () = self.session.wait() => return Some((close::POLICY, "Logged out.")),
                message = socket.recv() => match message {
                    Some(Ok(Message::Binary(frame))) => {
                        if let Some(goodbye) = self.hear(socket, &frame).await {
                            return Some(goodbye);
                        }
                    }
                    Some(Ok(Message::Text(_))) => return Some((close::UNREADABLE, "Frames are binary.")),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Err(error)) => {
                        tracing::warn!(role = ?self.role, %error, "link: broken");
                        let too_big = error.to_string().to_lowercase().contains("too long");
                        return too_big.then_some((close::TOO_BIG, "The frame is too big."));
                    }
                    Some(Ok(Message::Close(_))) | None => return None,
                },
                frame = self.frames.recv() => match frame {
                    Some(Outgoing::Frame(frame)) => {
                        socket.send(Message::Binary(frame.to_vec().into())).await.ok()?;
                    }
                    Some(Outgoing::Close(close::LAGGING)) => return Some((close::LAGGING, "This page was too slow; it comes back to a fresh view.")),
                    Some(Outgoing::Close(_)) | None => return Some((close::RESTART, "The game is being restored.")),
                },
                _ = recheck.tick() => {
                    if self.session.has_expired(self.app).await {
                        return Some((close::POLICY, "Logged out."));
                    }
                }
                _ = beat.tick() => {
                    if self.heard.elapsed() > Duration::from_millis(limits::SILENCE_MS) {
                        return Some((close::RESTART, "Nothing was heard from this page."));
                    }
                    let beat = self.encode(Beat::Beat { sent_ms: clock::now_ms() });
                    socket.send(Message::Binary(beat.into())).await.ok()?;
                }
            }
        }
    }

    async fn hear(&mut self, socket: &mut WebSocket, frame: &[u8]) -> Goodbye {
        let received_ms = clock::now_ms();
        self.heard = Instant::now();
        if !self.bucket.take(self.heard) {
            tracing::warn!(role = ?self.role, "link: too many messages");
            return Some((close::TOO_FAST, "Too many messages."));
        }
        let message = match self.role {
            Role::Team(_) => decode(frame).map(|message| match message {
                FromTeam::Probe(probe) => Heard::Probe(probe),
                message => Heard::For(Inbox::Team(self.connection, message)),
            }),
            Role::Desk => decode(frame).map(|message| match message {
                FromDesk::Probe(probe) => Heard::Probe(probe),
                message => Heard::For(Inbox::Desk(self.connection, message)),
            }),
            Role::Screen => decode(frame).map(|FromScreen::Probe(probe)| Heard::Probe(probe)),
        };
        match message {
            Ok(Heard::For(message)) => {
                self.door.send(message).await.is_err().then_some((close::RESTART, "The game is being restored."))
            }
            Ok(Heard::Probe(probe)) => {
                let rtt_ms = u32::try_from(received_ms.saturating_sub(probe.beat_ms)).unwrap_or(0);
                let _ = self.door.try_send(Inbox::RoundTrip(self.connection, rtt_ms));
                let echo = Beat::Echo { probe_ms: probe.sent_ms, received_ms, sent_ms: clock::now_ms() };
                let echo = self.encode(echo);
                let _ = socket.send(Message::Binary(echo.into())).await;
                None
            }
            Err(_) => {
                tracing::warn!(role = ?self.role, bytes = frame.len(), "link: unreadable frame");
                Some((close::UNREADABLE, "The frame could not be read."))
            }
        }
    }

    fn encode(&self, beat: Beat) -> Vec<u8> {
        match self.role {
            Role::Team(_) => encode(&ToTeam::Beat(beat)),
            Role::Desk => encode(&ToDesk::Beat(beat)),
            Role::Screen => encode(&ToScreen::Beat(beat)),
        }
    }
}

enum Heard {
    Probe(Probe),
    For(Inbox),
}
