//! One connection, over a WebSocket or over plain requests. It stamps what goes and answers heartbeats by itself, as a
//! page does whatever else happens.

use crate::{Result, Venue, now_us, patiently};
use anyhow::{Context, bail};
use futures::{SinkExt, StreamExt};
use protocol::codec::{SUBPROTOCOL, decode};
use protocol::polling;
use protocol::stamp::{Echo, Stamp};
use reqwest::Method;
use serde::de::DeserializeOwned;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

pub use protocol::view::Transport;

/// A bare WebSocket.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Connects as a page of `origin` with the cookie and the subprotocol.
///
/// # Errors
/// When the server refuses.
pub async fn connect(
    venue: &Venue,
    path: &str,
    cookie: &str,
    origin: &str,
    protocol: &str,
) -> std::result::Result<Socket, Box<Error>> {
    let mut request = format!("ws://{}{path}", venue.address).into_client_request()?;
    for (name, value) in [("origin", origin), ("cookie", cookie), ("sec-websocket-protocol", protocol)] {
        let value = value.parse().map_err(|error| Box::new(Error::HttpFormat(http_error(error))))?;
        request.headers_mut().insert(name, value);
    }
    Ok(connect_async(request).await?.0)
}

fn http_error(
    error: tokio_tungstenite::tungstenite::http::header::InvalidHeaderValue,
) -> tokio_tungstenite::tungstenite::http::Error {
    error.into()
}

/// Waits for the server to end the connection and returns the close code.
///
/// # Errors
/// When it ends without one.
pub async fn close_code(socket: &mut Socket) -> Result<u16> {
    patiently(async {
        while let Some(message) = socket.next().await {
            if let Message::Close(frame) = message? {
                return Ok(frame.context("closed without a code")?.code.into());
            }
        }
        bail!("ended without a close code")
    })
    .await
}

/// What a page says to a message at once, whatever else it does.
pub type Answer = fn(&[u8]) -> Option<Vec<u8>>;

/// One connection.
#[derive(Debug)]
pub struct Wire {
    outgoing: mpsc::UnboundedSender<Vec<u8>>,
    incoming: mpsc::UnboundedReceiver<Vec<u8>>,
    stamps: Arc<Stamps>,
    tasks: [JoinHandle<()>; 2],
    /// Every message that was heard.
    pub frames: Vec<Vec<u8>>,
    /// Whether messages are kept; a long run of many pages does without.
    pub keeps_frames: bool,
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Wire {
    /// Connects.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn open(venue: &Venue, transport: Transport, path: &str, cookie: &str, answer: Answer) -> Result<Self> {
        let (outgoing, from_page) = mpsc::unbounded_channel();
        let (to_page, incoming) = mpsc::unbounded_channel();
        let stamps = Arc::new(Stamps::new());
        let ends = Ends { from_page, to_page, answers: outgoing.clone(), answer, stamps: stamps.clone() };
        let tasks = match transport {
            Transport::WebSocket => websocket(connect(venue, path, cookie, &venue.origin(), SUBPROTOCOL).await?, ends),
            Transport::Polling => {
                let opening = venue.request(Method::POST, &format!("{path}/poll?version={SUBPROTOCOL}"), cookie);
                let response = opening.send().await?.error_for_status()?;
                if let Some(code) = response.headers().get(polling::CODE) {
                    bail!("closed with {code:?}");
                }
                let address = format!("/link/poll/{}", response.text().await?);
                requests(venue.clone(), cookie.to_owned(), address, ends)
            }
        };
        Ok(Self { outgoing, incoming, stamps, tasks, frames: Vec::new(), keeps_frames: true })
    }

    /// From now on nothing is answered but heartbeats.
    pub fn withhold_answers(&self) {
        self.stamps.withheld.store(true, Ordering::Relaxed);
    }

    /// From now on heartbeats are answered only after this time, as a page would that pretends to be far away.
    pub fn delay_answers(&self, time: Duration) {
        self.stamps.delay_ms.store(time.as_millis() as u64, Ordering::Relaxed);
    }

    /// How long nothing has come, not even a heartbeat.
    pub fn quiet(&self) -> Duration {
        let heard_us = self.stamps.heard_us.load(Ordering::Relaxed);
        Duration::from_micros(now_us().saturating_sub(heard_us).max(0) as u64)
    }

    /// Sends a message; that the connection is broken shows when it is listened to.
    pub fn send(&mut self, message: Vec<u8>) {
        let _ = self.outgoing.send(message);
    }

    /// The next message; nothing when the connection has ended.
    ///
    /// # Errors
    /// When nothing comes for too long, or it cannot be read.
    pub async fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>> {
        let Some(bytes) = patiently(async { Ok(self.incoming.recv().await) }).await? else { return Ok(None) };
        let message = decode(&bytes)?;
        if self.keeps_frames {
            self.frames.push(bytes);
        }
        Ok(Some(message))
    }
}

/// A page's stamps.
#[derive(Debug)]
struct Stamps {
    heard: Mutex<Option<Echo>>,
    heard_us: AtomicI64,
    delay_ms: AtomicU64,
    withheld: AtomicBool,
}

impl Stamps {
    fn new() -> Self {
        let heard_us = AtomicI64::new(now_us());
        Self { heard: Mutex::default(), heard_us, delay_ms: AtomicU64::new(0), withheld: AtomicBool::new(false) }
    }

    fn frame(&self, message: &[u8]) -> Vec<u8> {
        let echo = self.heard.lock().unwrap_or_else(PoisonError::into_inner).take();
        Stamp { sent_us: now_us(), echo }.frame(message)
    }
}

/// The ends of a wire's queues that its tasks hold.
struct Ends {
    from_page: mpsc::UnboundedReceiver<Vec<u8>>,
    to_page: mpsc::UnboundedSender<Vec<u8>>,
    /// An empty message is the answer to a heartbeat.
    answers: mpsc::UnboundedSender<Vec<u8>>,
    answer: Answer,
    stamps: Arc<Stamps>,
}

/// What becomes of frames that come.
struct Hearing {
    to_page: mpsc::UnboundedSender<Vec<u8>>,
    answers: mpsc::UnboundedSender<Vec<u8>>,
    answer: Answer,
    stamps: Arc<Stamps>,
}

impl Hearing {
    fn hear(&self, frame: &[u8]) {
        let received_us = now_us();
        let Ok((stamp, message)) = Stamp::of(frame) else { return };
        self.stamps.heard_us.store(received_us, Ordering::Relaxed);
        let echo = Echo { sent_us: stamp.sent_us, received_us };
        *self.stamps.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(echo);
        if !message.is_empty() {
            let answer = (self.answer)(message).filter(|_| !self.stamps.withheld.load(Ordering::Relaxed));
            answer.into_iter().for_each(|answer| drop(self.answers.send(answer)));
            let _ = self.to_page.send(message.to_vec());
            return;
        }
        let (answers, delay_ms) = (self.answers.clone(), self.stamps.delay_ms.load(Ordering::Relaxed));
        if delay_ms == 0 {
            let _ = answers.send(Vec::new());
        } else {
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(delay_ms)).await;
                let _ = answers.send(Vec::new());
            });
        }
    }
}

fn websocket(socket: Socket, ends: Ends) -> [JoinHandle<()>; 2] {
    let (mut sink, mut stream) = socket.split();
    let Ends { mut from_page, to_page, answers, answer, stamps } = ends;
    let hearing = Hearing { to_page, answers, answer, stamps: stamps.clone() };
    let up = tokio::spawn(async move {
        while let Some(message) = from_page.recv().await {
            if sink.send(Message::Binary(stamps.frame(&message).into())).await.is_err() {
                break;
            }
        }
    });
    let down = tokio::spawn(async move {
        while let Some(Ok(Message::Binary(frame))) = stream.next().await {
            hearing.hear(&frame);
        }
    });
    [up, down]
}

fn requests(venue: Venue, cookie: String, address: String, ends: Ends) -> [JoinHandle<()>; 2] {
    let Ends { mut from_page, to_page, answers, answer, stamps } = ends;
    let hearing = Hearing { to_page, answers, answer, stamps: stamps.clone() };
    let (up_venue, up_cookie, up_address) = (venue.clone(), cookie.clone(), address.clone());
    let up = tokio::spawn(async move {
        while let Some(message) = from_page.recv().await {
            let mut body = Vec::new();
            polling::push(&mut body, &stamps.frame(&message));
            if up_venue.request(Method::POST, &up_address, &up_cookie).body(body).send().await.is_err() {
                break;
            }
        }
    });
    let down = tokio::spawn(async move {
        loop {
            let Ok(response) = venue.request(Method::GET, &address, &cookie).send().await else { break };
            let ends = response.headers().contains_key(polling::CODE);
            let Ok(body) = response.bytes().await else { break };
            polling::frames(&body).unwrap_or_default().into_iter().for_each(|frame| hearing.hear(frame));
            if ends {
                break;
            }
        }
    });
    [up, down]
}
