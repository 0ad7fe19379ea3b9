//! The baseline of the reconnect benchmark: a server that takes WebSockets in and does nothing else, made of the same parts as the
//! real one. No server that is made of them can be faster.

use crate::Result;
use axum::Router;
use axum::extract::WebSocketUpgrade;
use axum::response::Response;
use axum::routing::get;
use protocol::codec::SUBPROTOCOL;
use std::net::SocketAddr;
use tokio::net::TcpSocket;

/// Where it takes WebSockets in.
pub const PATH: &str = "/link/play";

/// Connections that wait to be taken in. With the usual 128 a reconnect would overflow the queue, and measure how long clients
/// wait before they knock again.
const BACKLOG: u32 = 4_096;

/// Serves for ever.
///
/// # Errors
/// When it cannot listen there.
pub async fn serve(address: SocketAddr) -> Result<()> {
    let router = Router::new().route("/healthz", get(async || "ok")).route(PATH, get(take_in));
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(axum::serve(socket.listen(BACKLOG)?, router).await?)
}

async fn take_in(upgrade: WebSocketUpgrade) -> Response {
    upgrade.protocols([SUBPROTOCOL]).on_upgrade(async |mut socket| while socket.recv().await.is_some() {})
}
