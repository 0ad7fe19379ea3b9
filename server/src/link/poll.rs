//! The same frames over plain requests, for networks that block WebSockets.
//!
//! A page opens a link with a POST and gets an id that nobody can guess. One GET at a time waits for frames to the page,
//! one POST at a time brings frames from it, each frame behind its length. A request that fails ends the link for the
//! page, which opens another one and greets anew: what was lost with it is found out then, as with a WebSocket.

use super::admission::{self, Admitted};
use super::conversation::{self, Incoming, Wire};
use super::origin;
use crate::auth::{self, DESK_COOKIE, TEAM_COOKIE, TokenHash};
use crate::http::App;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use protocol::codec::{SUBPROTOCOL, close, polling};
use protocol::limits;
use protocol::view::Transport;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;

/// Frames from a page that wait for its conversation.
const UP: usize = 16;
/// Frames to a page that wait for its next GET, beside those in the room's queue.
const DOWN: usize = 32;
/// Longest that a GET waits; a heartbeat ends it sooner.
const WAIT: Duration = Duration::from_secs(10);
/// How long a goodbye waits to be fetched.
const GOODBYE: Duration = Duration::from_millis(limits::SILENCE_MS);

/// What is on its way to a page.
enum Down {
    Frame(Vec<u8>),
    Close(u16, &'static str),
}

#[derive(Clone)]
struct Poll {
    up: mpsc::Sender<Vec<u8>>,
    down: Arc<tokio::sync::Mutex<mpsc::Receiver<Down>>>,
    token: Option<TokenHash>,
}

/// All open links of this kind.
#[derive(Default)]
pub struct Polls(Mutex<HashMap<String, Poll>>);

impl Polls {
    fn with<T>(&self, work: impl FnOnce(&mut HashMap<String, Poll>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What a page says about itself when it opens a link.
#[derive(Deserialize)]
pub struct Opening {
    version: String,
}

/// `POST /link/play/poll`
pub async fn play(State(app): State<App>, jar: CookieJar, headers: HeaderMap, opening: Query<Opening>) -> Response {
    let admitted = admission::play(&app, &jar).await;
    open(app, &headers, &opening.version, admitted)
}

/// `POST /link/desk/{code}/poll`
pub async fn desk(
    State(app): State<App>,
    Path(code): Path<String>,
    jar: CookieJar,
    headers: HeaderMap,
    opening: Query<Opening>,
) -> Response {
    let admitted = admission::desk(&app, &jar, &code).await;
    open(app, &headers, &opening.version, admitted)
}

/// `POST /link/screen/{code}/poll`
pub async fn screen(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
    opening: Query<Opening>,
) -> Response {
    let admitted = admission::screen(&app, &code).await;
    open(app, &headers, &opening.version, admitted)
}

fn open(app: App, headers: &HeaderMap, version: &str, admitted: Admitted) -> Response {
    if !origin::is_allowed(headers, &app.origins) {
        return (StatusCode::FORBIDDEN, "This page does not belong to this server.").into_response();
    }
    let admission = match admitted {
        _ if version != SUBPROTOCOL => return closed(close::VERSION, "This page is out of date."),
        Ok(Some(admission)) => admission,
        Ok(None) => return closed(close::POLICY, "Log in first."),
        Err(response) => return response,
    };
    let id = auth::random_hex();
    let (up, from_page) = mpsc::channel(UP);
    let (to_page, down) = mpsc::channel(DOWN);
    let poll = Poll { up, down: Arc::new(tokio::sync::Mutex::new(down)), token: admission.session.token };
    let is_full = app.polls.with(|polls| {
        let is_full = polls.len() >= limits::CONNECTIONS_PER_GAME;
        if !is_full {
            polls.insert(id.clone(), poll);
        }
        is_full
    });
    if is_full {
        return closed(close::TOO_MANY, "This server has as many open pages as it can have.");
    }
    let name = id.clone();
    tokio::spawn(async move {
        let mut wire = Requests { from_page, to_page };
        if let Some((code, reason)) = conversation::hold(&app, &mut wire, admission).await {
            tracing::debug!(code, reason, "link: closed");
            // Fetched by the page, or by nobody.
            let _ = wire.to_page.send_timeout(Down::Close(code, reason), GOODBYE).await;
            let _ = tokio::time::timeout(GOODBYE, wire.to_page.closed()).await;
        }
        app.polls.with(|polls| polls.remove(&name));
    });
    id.into_response()
}

/// The link of this id, if it is this browser's.
async fn find(app: &App, jar: &CookieJar, headers: &HeaderMap, id: &str) -> Result<Poll, Response> {
    let gone = || closed(close::RESTART, "This connection has ended; come back in 0 ms.");
    if headers.contains_key("origin") && !origin::is_allowed(headers, &app.origins) {
        return Err((StatusCode::FORBIDDEN, "This page does not belong to this server.").into_response());
    }
    let poll = app.polls.with(|polls| polls.get(id).cloned()).ok_or_else(gone)?;
    let mut is_own = poll.token.is_none();
    for cookie in [TEAM_COOKIE, DESK_COOKIE] {
        is_own |= poll.token.is_some() && auth::token(jar, cookie) == poll.token;
    }
    if is_own { Ok(poll) } else { Err(gone()) }
}

/// `GET /link/poll/{id}`: waits for frames to the page.
pub async fn down(State(app): State<App>, Path(id): Path<String>, jar: CookieJar, headers: HeaderMap) -> Response {
    let poll = match find(&app, &jar, &headers, &id).await {
        Ok(poll) => poll,
        Err(response) => return response,
    };
    let Ok(mut down) = poll.down.try_lock() else {
        return closed(close::RESTART, "This connection is waited for already; come back in 0 ms.");
    };
    let mut items = Vec::new();
    if tokio::time::timeout(WAIT, down.recv_many(&mut items, DOWN)).await == Ok(0) {
        return closed(close::RESTART, "This connection has ended; come back in 0 ms.");
    }
    let mut body = Vec::new();
    let mut goodbye = None;
    for item in items {
        match item {
            Down::Frame(frame) => polling::push(&mut body, &frame),
            Down::Close(code, reason) => goodbye = Some((code, reason)),
        }
    }
    let Some((code, reason)) = goodbye else { return body.into_response() };
    down.close();
    (closing(code, reason), body).into_response()
}

/// `POST /link/poll/{id}`: frames from the page.
pub async fn up(
    State(app): State<App>,
    Path(id): Path<String>,
    jar: CookieJar,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let poll = match find(&app, &jar, &headers, &id).await {
        Ok(poll) => poll,
        Err(response) => return response,
    };
    let Some(frames) = polling::frames(&body) else {
        return closed(close::UNREADABLE, "The frames could not be read.");
    };
    for frame in frames {
        if frame.len() > limits::CLIENT_FRAME_BYTES {
            return closed(close::TOO_BIG, "The frame is too big.");
        }
        if poll.up.send(frame.to_vec()).await.is_err() {
            // Why it ended is what the page's GET fetches.
            return StatusCode::NO_CONTENT.into_response();
        }
    }
    StatusCode::NO_CONTENT.into_response()
}

/// `POST /link/poll/{id}/leave`: the page leaves.
pub async fn leave(State(app): State<App>, Path(id): Path<String>, jar: CookieJar, headers: HeaderMap) -> Response {
    if find(&app, &jar, &headers, &id).await.is_ok() {
        app.polls.with(|polls| polls.remove(&id));
    }
    StatusCode::NO_CONTENT.into_response()
}

fn closing(code: u16, reason: &'static str) -> [(&'static str, String); 2] {
    [(polling::CODE, code.to_string()), (polling::REASON, reason.to_owned())]
}

fn closed(code: u16, reason: &'static str) -> Response {
    (closing(code, reason), ()).into_response()
}

/// A link's two queues, as the conversation sees them.
struct Requests {
    from_page: mpsc::Receiver<Vec<u8>>,
    to_page: mpsc::Sender<Down>,
}

impl Wire for Requests {
    const TRANSPORT: Transport = Transport::Polling;

    async fn receive(&mut self) -> Incoming {
        self.from_page.recv().await.map_or(Incoming::Gone, Incoming::Frame)
    }

    async fn send(&mut self, frame: &[u8]) -> bool {
        self.to_page.send(Down::Frame(frame.to_vec())).await.is_ok()
    }
}
