//! A connection that comes back: one loop over however many WebSockets, or rows of plain requests, it takes.

mod channel;
mod polling;
mod requests;
mod wakefulness;
mod websocket;

use crate::clock::Clock;
use channel::{Channel, Incoming};
use futures::StreamExt;
use futures::channel::mpsc;
use futures::future::{Either, LocalBoxFuture, pending, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use protocol::close::{self, Close};
use protocol::limits;
use protocol::stamp::Stamp;
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

/// First wait before trying again; doubles up to [`RETRY_MS_MAX`], with jitter.
const RETRY_MS: f64 = 100.0;
const RETRY_MS_MAX: f64 = 1_000.0;
/// How long a connection may take until something is heard. Networks that block WebSockets often say nothing.
const OPEN_MS: u32 = 3_000;
/// When to try a WebSocket again while there are only plain requests: at once, in case the server was just coming up
/// when it failed, then now and then.
const UPGRADE_MS: [u32; 2] = [500, 30_000];
const UPGRADE_MS_MAX: u32 = 120_000;
/// A page that wakes gives up a connection that has missed a heartbeat.
const MISSED_MS: f64 = limits::BEAT_MS as f64 + 500.0;
/// Where a page notes that it has reloaded for a new version, so that it does so once.
const RELOADED: &str = "quizwire-reloaded";

/// What a page does with its connection.
pub trait Endpoint {
    /// A new connection stands.
    fn opened(&mut self);
    /// A message has come.
    fn receive(&mut self, message: &[u8]);
    /// The next message to send, if there is one.
    fn next_message(&mut self) -> Option<Vec<u8>>;
    /// There is no connection, or still none.
    fn closed(&mut self);
    /// As many pages are open as there can be.
    fn crowded(&mut self) {}
}

/// A page's endpoint, shared by its connection and its callbacks.
pub type Shared = Rc<RefCell<dyn Endpoint>>;

/// What a connection is woken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nudge {
    /// There is something to send.
    Send,
    /// The laptop woke up, or its network came back.
    Look,
}

/// Wakes the connection.
pub type Wake = mpsc::UnboundedSender<Nudge>;

/// How a connection ended.
enum Ended {
    /// It broke, or was closed; whether anything was heard, and when the server wants the page back.
    Broken { heard: bool, wait_ms: Option<u32> },
    /// A better one is there.
    Upgraded(Channel),
}

/// Keeps a connection to `path` open as long as the page is.
pub fn keep(path: String, clock: Clock, endpoint: Shared) -> Wake {
    let (wake, woken) = mpsc::unbounded();
    wakefulness::watch(&wake);
    let keeper = Keeper { path, clock, endpoint, woken };
    wasm_bindgen_futures::spawn_local(keeper.run());
    wake
}

struct Keeper {
    path: String,
    clock: Clock,
    endpoint: Shared,
    woken: mpsc::UnboundedReceiver<Nudge>,
}

impl Keeper {
    async fn run(mut self) {
        // The page has just come from the server.
        let mut is_up = true;
        let mut retry_ms = RETRY_MS;
        loop {
            // Asked first: a browser delays WebSockets after many that failed.
            if is_up || requests::is_up(OPEN_MS).await {
                let (heard, wait_ms) = self.connect().await;
                retry_ms = if heard { RETRY_MS } else { retry_ms };
                is_up = heard;
                self.endpoint.borrow_mut().closed();
                self.wait(wait_ms.map_or(retry_ms, f64::from)).await;
            } else {
                self.endpoint.borrow_mut().closed();
                self.wait(retry_ms).await;
            }
            retry_ms = (retry_ms * 2.0).min(RETRY_MS_MAX);
        }
    }

    /// A WebSocket, or where nothing is heard over one, plain requests until it is.
    async fn connect(&mut self) -> (bool, Option<u32>) {
        let mut next = websocket::open(&self.path);
        let mut ever_heard = false;
        while let Some(channel) = next.take() {
            match self.converse(channel, Box::pin(pending())).await {
                Ended::Upgraded(channel) => next = Some(channel),
                Ended::Broken { heard, wait_ms } if heard || ever_heard || wait_ms.is_some() => return (true, wait_ms),
                Ended::Broken { .. } => {
                    let Some(channel) = polling::open(&self.path, OPEN_MS).await else { return (false, None) };
                    match self.converse(channel, Box::pin(upgrade(self.path.clone()))).await {
                        Ended::Upgraded(channel) => next = Some(channel),
                        Ended::Broken { heard, wait_ms } => return (heard, wait_ms),
                    }
                }
            }
            ever_heard = true;
        }
        (ever_heard, None)
    }

    /// Waits with jitter, so that a hall does not come back in one instant; a page that wakes waits no more.
    async fn wait(&mut self, wait_ms: f64) {
        let jittered = wait_ms * (0.5 + js_sys::Math::random() / 2.0);
        let mut over = TimeoutFuture::new(jittered as u32);
        while let Either::Right((nudge, rest)) = select(over, self.woken.next()).await {
            if nudge == Some(Nudge::Look) {
                return;
            }
            over = rest;
        }
    }

    /// One connection, until it ends or `better` brings another one.
    async fn converse(&mut self, mut channel: Channel, mut better: LocalBoxFuture<'_, Channel>) -> Ended {
        self.clock.reconnected();
        self.endpoint.borrow_mut().opened();
        let (mut heard, mut heard_ms) = (false, now_ms());
        loop {
            loop {
                // Taken out first: a borrow held while waiting would meet the next keypress.
                let message = self.endpoint.borrow_mut().next_message();
                let Some(message) = message else { break };
                if !channel.send(self.clock.stamp().frame(&message)) {
                    return Ended::Broken { heard, wait_ms: None };
                }
            }
            let limit_ms = if heard { limits::SILENCE_MS as u32 } else { OPEN_MS };
            let left_ms = f64::from(limit_ms) - (now_ms() - heard_ms);
            match next(&mut channel, &mut self.woken, &mut better, left_ms.max(0.0) as u32).await {
                Next::Came(Incoming::Frame(frame)) => {
                    if !heard {
                        forget_reload();
                    }
                    (heard, heard_ms) = (true, now_ms());
                    let Ok((stamp, message)) = Stamp::of(&frame) else { continue };
                    self.clock.hear(&stamp);
                    match message {
                        // A heartbeat is answered at once.
                        [] => drop(channel.send(self.clock.stamp().frame(&[]))),
                        message => self.endpoint.borrow_mut().receive(message),
                    }
                }
                Next::Came(Incoming::Closed(Close { code, retry_ms })) => {
                    leave(code);
                    if code == close::TOO_MANY {
                        self.endpoint.borrow_mut().crowded();
                    }
                    return Ended::Broken { heard, wait_ms: retry_ms };
                }
                Next::Woken(Nudge::Look) if heard && now_ms() - heard_ms > MISSED_MS => {
                    return Ended::Broken { heard, wait_ms: Some(0) };
                }
                Next::Woken(_) => {}
                Next::Better(channel) => return Ended::Upgraded(channel),
                Next::Over => return Ended::Broken { heard, wait_ms: None },
            }
        }
    }
}

/// A WebSocket over which something was heard.
async fn upgrade(path: String) -> Channel {
    let mut waits = UPGRADE_MS.into_iter();
    loop {
        TimeoutFuture::new(waits.next().unwrap_or(UPGRADE_MS_MAX)).await;
        if let Some(mut channel) = websocket::open(&path)
            && channel.is_heard(OPEN_MS).await
        {
            return channel;
        }
    }
}

enum Next {
    Came(Incoming),
    Woken(Nudge),
    Better(Channel),
    Over,
}

/// What comes next: a frame, a nudge, a better connection, or nothing for too long.
async fn next(
    channel: &mut Channel,
    woken: &mut mpsc::UnboundedReceiver<Nudge>,
    better: &mut LocalBoxFuture<'_, Channel>,
    silence_ms: u32,
) -> Next {
    let came = pin!(channel.next());
    let incoming = select(came, woken.next());
    let changes = select(better, TimeoutFuture::new(silence_ms));
    match select(incoming, changes).await {
        Either::Left((Either::Left((Some(incoming), _)), _)) => Next::Came(incoming),
        Either::Left((Either::Right((Some(nudge), _)), _)) => Next::Woken(nudge),
        Either::Right((Either::Left((channel, _)), _)) => Next::Better(channel),
        _ => Next::Over,
    }
}

/// Milliseconds of the browser's monotonic clock.
fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// This version is understood: the next one may be reloaded for again.
fn forget_reload() {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(RELOADED);
    }
}

/// Where a close code sends the page: to the login when its session has ended, a screen to wait to be let in again, or to its newer version, once.
fn leave(code: u16) {
    let location = window().location();
    let storage = window().session_storage().ok().flatten();
    match code {
        close::POLICY => {
            let path = location.pathname().unwrap_or_default();
            let login = match path.as_str() {
                path if path.starts_with("/control") => "/control",
                path if path.starts_with("/screen") => path,
                _ => "/",
            };
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
