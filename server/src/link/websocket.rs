//! Frames over a WebSocket.

use super::admission::{self, Admitted};
use super::conversation::{self, Incoming, Wire};
use crate::app_state::App;
use crate::origin;
use crate::room::Role;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use protocol::close::{self, Close};
use protocol::codec::SUBPROTOCOL;
use protocol::limits;
use protocol::view::Transport;

/// Buffers of one connection in bytes; the defaults cost 128 KiB a connection.
const BUFFER_BYTES: usize = 4 * 1_024;
/// What may wait in a connection's write buffer, and so the largest message.
const WRITE_BUFFER_BYTES_MAX: usize = 1024 * 1_024;
/// The same for a desk, whose view has every answer of a full hall in it.
const DESK_WRITE_BUFFER_BYTES_MAX: usize = 32 * 1024 * 1_024;

/// `GET /link/play`: a team's page.
pub async fn play(State(app): State<App>, jar: CookieJar, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    let admitted = admission::play(&app, &jar).await;
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
    let admitted = admission::desk(&app, &jar, &code).await;
    connect(app, headers, upgrade, admitted)
}

/// `GET /link/screen/{code}`: the big screen.
pub async fn screen(
    State(app): State<App>,
    Path(code): Path<String>,
    jar: CookieJar,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let admitted = admission::screen(&app, &jar, &code).await;
    connect(app, headers, upgrade, admitted)
}

/// Upgrades the connection. Who is not admitted hears so by a close code: a page sees those, but no HTTP status.
fn connect(app: App, headers: HeaderMap, upgrade: WebSocketUpgrade, admitted: Admitted) -> Response {
    if !origin::is_allowed(&headers, &app.origins) {
        tracing::warn!(origin = ?headers.get("origin"), "link: foreign origin refused");
        return (StatusCode::FORBIDDEN, "This page does not belong to this server.").into_response();
    }
    let admitted = match admitted {
        Ok(admitted) => admitted,
        Err(response) => return response,
    };
    let is_desk = admitted.as_ref().is_some_and(|admission| admission.role == Role::Desk);
    let mut upgrade = upgrade
        .protocols([SUBPROTOCOL])
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_write_buffer_size(if is_desk { DESK_WRITE_BUFFER_BYTES_MAX } else { WRITE_BUFFER_BYTES_MAX })
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
            _ if !same_version => Some(Close::new(close::VERSION)),
            None => Some(Close::new(close::POLICY)),
            Some(admission) => conversation::hold(&app, &mut socket, admission).await,
        };
        if let Some(close) = goodbye {
            tracing::debug!(?close, "link: closed");
            let close = Message::Close(Some(CloseFrame { code: close.code, reason: close.reason().into() }));
            let _ = tokio::time::timeout(std::time::Duration::from_secs(1), socket.send(close)).await;
        }
    })
}

impl Wire for WebSocket {
    const TRANSPORT: Transport = Transport::WebSocket;

    async fn receive(&mut self) -> Incoming {
        match self.recv().await {
            Some(Ok(Message::Binary(frame))) => Incoming::Frame(frame.to_vec()),
            Some(Ok(Message::Text(_))) => Incoming::Wrong(Close::new(close::UNREADABLE)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Incoming::Nothing,
            Some(Ok(Message::Close(_))) | None => Incoming::Gone,
            Some(Err(error)) => {
                tracing::debug!(%error, "link: broken");
                match error.to_string().to_lowercase().contains("too long") {
                    true => Incoming::Wrong(Close::new(close::TOO_BIG)),
                    false => Incoming::Gone,
                }
            }
        }
    }

    async fn send(&mut self, frame: &[u8]) -> bool {
        WebSocket::send(self, Message::Binary(frame.to_vec().into())).await.is_ok()
    }
}
