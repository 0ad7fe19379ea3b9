//! A connection that comes back: one loop over however many WebSockets it takes.

use futures::channel::mpsc;
use futures::future::{Either, select};
use futures::{SinkExt, StreamExt};
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, WebSocketError};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use protocol::codec::{SUBPROTOCOL, close};
use protocol::limits;
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

/// First wait before trying again; doubles up to [`RETRY_MS_MAX`], with jitter.
const RETRY_MS: f64 = 100.0;
const RETRY_MS_MAX: f64 = 1_000.0;
/// How long connecting may take.
const CONNECT_MS: u32 = 5_000;
/// Where a page notes that it has reloaded for a new version, so that it does so once.
const RELOADED: &str = "quizwire-reloaded";

/// What a page does with its connection.
pub trait Session {
    /// A new connection stands.
    fn opened(&mut self);
    /// A frame has come.
    fn receive(&mut self, frame: &[u8]);
    /// The next frame to send, if there is one.
    fn next_frame(&mut self) -> Option<Vec<u8>>;
    /// The connection is gone.
    fn closed(&mut self);
    /// The server has said why it does not want this page.
    fn unwanted(&mut self, _reason: &str) {}
}

/// A page's session, shared by its connection and its callbacks.
pub type Shared<S> = Rc<RefCell<S>>;

/// Wakes the connection when there is something to send.
pub type Wake = mpsc::UnboundedSender<()>;

/// Keeps a connection to `path` open as long as the page is.
pub fn keep<S: Session + 'static>(path: String, session: Shared<S>) -> Wake {
    let (wake, mut woken) = mpsc::unbounded();
    // Kept with the loop: a page that has nothing to say may drop its own.
    let waker = wake.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let _waker = waker;
        let mut retry_ms = RETRY_MS;
        loop {
            let heard = converse(&path, &session, &mut woken).await;
            session.borrow_mut().closed();
            retry_ms = if heard { RETRY_MS } else { (retry_ms * 2.0).min(RETRY_MS_MAX) };
            let jittered = retry_ms * (0.5 + js_sys::Math::random() / 2.0);
            TimeoutFuture::new(jittered as u32).await;
        }
    });
    wake
}

fn address(path: &str) -> Option<String> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}{path}", location.host().ok()?))
}

/// One connection, until it ends; true when something was heard.
async fn converse<S: Session>(path: &str, session: &Shared<S>, woken: &mut mpsc::UnboundedReceiver<()>) -> bool {
    let Some(Ok(socket)) = address(path).map(|address| WebSocket::open_with_protocol(&address, SUBPROTOCOL)) else {
        return false;
    };
    let (mut sink, stream) = socket.split();
    let mut stream = stream.fuse();
    session.borrow_mut().opened();
    let mut heard = false;
    loop {
        loop {
            // Taken out first: a borrow held while waiting would meet the next keypress.
            let frame = session.borrow_mut().next_frame();
            let Some(frame) = frame else { break };
            if sink.send(Message::Bytes(frame)).await.is_err() {
                return heard;
            }
        }
        let silence = if heard { limits::SILENCE_MS as u32 } else { CONNECT_MS };
        match next(&mut stream, woken, silence).await {
            Next::Frame(Ok(Message::Bytes(frame))) => {
                if !heard {
                    forget_reload();
                }
                heard = true;
                session.borrow_mut().receive(&frame);
            }
            Next::Frame(Ok(Message::Text(_))) | Next::Woken => {}
            Next::Frame(Err(WebSocketError::ConnectionClose(event))) => {
                leave(event.code);
                if event.code == close::TOO_MANY {
                    session.borrow_mut().unwanted(&event.reason);
                }
                return heard;
            }
            Next::Frame(Err(_)) | Next::Over => return heard,
        }
    }
}

enum Next {
    Frame(Result<Message, WebSocketError>),
    Woken,
    Over,
}

/// The next frame, or that there is something to send, or that nothing was heard for too long.
async fn next(
    stream: &mut (impl futures::Stream<Item = Result<Message, WebSocketError>> + Unpin),
    woken: &mut mpsc::UnboundedReceiver<()>,
    silence_ms: u32,
) -> Next {
    let frame_or_wake = pin!(select(stream.next(), woken.next()));
    match select(frame_or_wake, TimeoutFuture::new(silence_ms)).await {
        Either::Left((Either::Left((Some(frame), _)), _)) => Next::Frame(frame),
        Either::Left((Either::Left((None, _)), _)) | Either::Right(_) => Next::Over,
        Either::Left((Either::Right(_), _)) => Next::Woken,
    }
}

/// This version is understood: the next one may be reloaded for again.
fn forget_reload() {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(RELOADED);
    }
}

/// Where a close code sends the page: to the login when its session has ended, or to its newer version, once.
fn leave(code: u16) {
    let location = window().location();
    let storage = window().session_storage().ok().flatten();
    match code {
        close::POLICY => {
            let login =
                if location.pathname().is_ok_and(|path| path.starts_with("/control")) { "/control" } else { "/" };
            let _ = location.set_href(login);
        }
        close::VERSION => {
            let reloaded = storage.as_ref().is_some_and(|storage| storage.get_item(RELOADED).ok().flatten().is_some());
            if let Some(storage) = storage.filter(|_| !reloaded) {
                let _ = storage.set_item(RELOADED, "1");
                let _ = location.reload();
            }
        }
        _ => {}
    }
}
