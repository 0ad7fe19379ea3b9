//! The one accept loop: what every connection is served with, for how long, and how it ends.

mod descriptors;
mod entries;
mod guests;
mod party;
mod socket;

pub use descriptors::raise as raise_descriptors;
pub use guests::{Guests, Place};
pub use party::{Party, network};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use socket::Socket;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// Connections that may wait to be accepted: a whole hall that comes back at once.
const BACKLOG: u32 = 4_096;
/// How long a request's head may take, counted from when the connection began or the last answer went: so this is also
/// how long a connection may idle.
const HEAD: Duration = Duration::from_secs(20);
/// Longest head, and what is read ahead of a connection.
const HEAD_BYTES: usize = 32 * 1_024;
/// Before the next try, when there is no descriptor for another connection.
const BREATH: Duration = Duration::from_millis(50);
/// How long connections have to say goodbye.
const DRAIN: Duration = Duration::from_secs(3);

/// Listens with room for a whole hall: what does not fit waits a second for its next try.
///
/// # Errors
/// When the address cannot be listened on.
pub fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until `stop` turns true, then lets everybody say goodbye, within a time.
pub async fn serve(listener: TcpListener, router: Router, guests: &Guests, stop: watch::Receiver<bool>) {
    let mut stopped = stop.clone();
    let mut tasks = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            () = until(&mut stopped) => break,
            Some(_) = tasks.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Without words: where all places belong to others, whoever comes finds the door closed.
                    let Some(place) = guests.enter(peer.ip()).await else { continue };
                    tasks.spawn(attend(stream, peer, router.clone(), place, stop.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "listener: no further connection can be accepted");
                    sleep(BREATH).await;
                }
            },
        }
    }
    drop(listener);
    let goodbyes = async {
        while tasks.join_next().await.is_some() {}
        // A connection that carries a link is no task of ours any more.
        guests.gone().await;
    };
    if timeout(DRAIN, goodbyes).await.is_err() {
        tracing::warn!("listener: some connections are cut off");
    }
}

async fn until(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// One connection, to its end or until it carries a link.
async fn attend(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    place: Arc<Place>,
    mut stop: watch::Receiver<bool>,
) {
    // A keypress must not wait for the acknowledgement of the packet before it.
    let _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(router);
    let guest = place.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(guest.clone());
        router.call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES);
    let io = TokioIo::new(Socket::new(stream, place.clone()));
    let mut connection = pin!(http.serve_connection(io, service).with_upgrades());
    let served = tokio::select! {
        served = connection.as_mut() => served,
        () = place.lost() => return,
        () = until(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(%error, "listener: a connection broke");
    }
}
