//! The same frames over plain requests, for networks that block WebSockets.
//!
//! A page opens a link with a POST and gets an id that nobody can guess. One GET at a time waits for frames to the page,
//! one POST at a time brings frames from it, each frame behind its length. A request that fails ends the link for the
//! page, which opens another one and greets anew: what was lost with it is found out then, as with a WebSocket.

use super::admission::{self, Admitted};
use super::conversation::{self, Incoming, Wire};
use crate::app_state::App;
use crate::auth;
use crate::listener::Party;
use crate::origin;
use crate::polls::{Down, Poll};
use crate::room::Role;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use protocol::close::{self, Close};
use protocol::codec::SUBPROTOCOL;
use protocol::limits;
use protocol::polling;
use protocol::view::Transport;
use serde::Deserialize;
use std::net::SocketAddr;
use std::sync::Arc;
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

/// The connection has ended, or is waited for already; the page opens another one.
const GONE: Close = Close::retry(0);

/// What a page says about itself when it opens a link.
#[derive(Deserialize)]
pub struct Opening {
    version: String,
}

/// Who asks for a link, beside the session.
pub struct Caller {
    version: String,
    peer: SocketAddr,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let opening = Query::<Opening>::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, state).await;
        let ConnectInfo(peer) = peer.map_err(IntoResponse::into_response)?;
        Ok(Self { version: opening.0.version, peer, headers: parts.headers.clone() })
    }
}

/// `POST /link/play/poll`
pub async fn play(State(app): State<App>, jar: CookieJar, caller: Caller) -> Response {
    let admitted = admission::play(&app, &jar).await;
    open(app, caller, admitted)
}

/// `POST /link/desk/{code}/poll`
pub async fn desk(State(app): State<App>, Path(code): Path<String>, jar: CookieJar, caller: Caller) -> Response {
    let admitted = admission::desk(&app, &jar, &code).await;
    open(app, caller, admitted)
}

/// `POST /link/screen/{code}/poll`
pub async fn screen(State(app): State<App>, Path(code): Path<String>, jar: CookieJar, caller: Caller) -> Response {
    let admitted = admission::screen(&app, &jar, &code).await;
    open(app, caller, admitted)
}

fn open(app: App, caller: Caller, admitted: Admitted) -> Response {
    let Caller { version, peer, headers } = caller;
    if !origin::is_allowed(&headers, &app.origins) {
        return (StatusCode::FORBIDDEN, "This page does not belong to this server.").into_response();
    }
    let admission = match admitted {
        _ if version != SUBPROTOCOL => return closed(Close::new(close::VERSION)),
        Ok(Some(admission)) => admission,
        Ok(None) => return closed(Close::new(close::POLICY)),
        Err(response) => return response,
    };
    let id = auth::random_hex();
    let (up, from_page) = mpsc::channel(UP);
    let (to_page, down) = mpsc::channel(DOWN);
    let party = match admission.role {
        Role::Team(team) => Party::Team(team),
        Role::Desk => Party::Desk,
        Role::Screen => Party::Screen(admission.game),
        Role::Visitor => Party::at(peer.ip()),
    };
    let poll = Poll { up, down: Arc::new(tokio::sync::Mutex::new(down)), token: admission.session.token, party };
    if !app.polls.add(id.clone(), poll) {
        return closed(Close::new(close::TOO_MANY));
    }
    let name = id.clone();
    tokio::spawn(async move {
        let mut wire = Requests { from_page, to_page };
        if let Some(close) = conversation::hold(&app, &mut wire, admission).await {
            tracing::debug!(?close, "link: closed");
            // Fetched by the page, or by nobody.
            let _ = wire.to_page.send_timeout(Down::Close(close), GOODBYE).await;
            let _ = tokio::time::timeout(GOODBYE, wire.to_page.closed()).await;
        }
        app.polls.with(|polls| polls.remove(&name));
    });
    id.into_response()
}

/// The link of this id, if it is this browser's.
async fn find(app: &App, jar: &CookieJar, headers: &HeaderMap, id: &str) -> Result<Poll, Response> {
    let gone = || closed(GONE);
    if headers.contains_key("origin") && !origin::is_allowed(headers, &app.origins) {
        return Err((StatusCode::FORBIDDEN, "This page does not belong to this server.").into_response());
    }
    let poll = app.polls.with(|polls| polls.get(id).cloned()).ok_or_else(gone)?;
    let is_own = poll.token.is_none_or(|token| auth::tokens(jar).any(|other| other == token));
    if is_own { Ok(poll) } else { Err(gone()) }
}

/// `GET /link/poll/{id}`: waits for frames to the page.
pub async fn down(State(app): State<App>, Path(id): Path<String>, jar: CookieJar, headers: HeaderMap) -> Response {
    let poll = match find(&app, &jar, &headers, &id).await {
        Ok(poll) => poll,
        Err(response) => return response,
    };
    let Ok(mut down) = poll.down.try_lock() else {
        return closed(GONE);
    };
    let mut items = Vec::new();
    if tokio::time::timeout(WAIT, down.recv_many(&mut items, DOWN)).await == Ok(0) {
        return closed(GONE);
    }
    let mut body = Vec::new();
    let mut goodbye = None;
    for item in items {
        match item {
            Down::Frame(frame) => polling::push(&mut body, &frame),
            Down::Close(close) => goodbye = Some(close),
        }
    }
    let Some(close) = goodbye else { return body.into_response() };
    down.close();
    (closing(close), body).into_response()
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
        return closed(Close::new(close::UNREADABLE));
    };
    for frame in frames {
        if frame.len() > limits::CLIENT_FRAME_BYTES {
            return closed(Close::new(close::TOO_BIG));
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

fn closing(close: Close) -> [(&'static str, String); 2] {
    [(polling::CODE, close.code.to_string()), (polling::REASON, close.reason())]
}

fn closed(close: Close) -> Response {
    (closing(close), ()).into_response()
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
