//! One connection, over a WebSocket or over plain requests. It answers the server's beats by itself, as a page does
//! whatever else happens.

use crate::{Result, Venue, patiently};
use anyhow::{Context, bail};
use futures::{SinkExt, StreamExt};
use protocol::codec::{SUBPROTOCOL, decode, polling};
use reqwest::Method;
use serde::de::DeserializeOwned;
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

/// A frame's answer, if the frame is a beat.
pub type Answer = fn(&[u8]) -> Option<Vec<u8>>;

/// One connection.
#[derive(Debug)]
pub struct Wire {
    outgoing: mpsc::UnboundedSender<Vec<u8>>,
    incoming: mpsc::UnboundedReceiver<Vec<u8>>,
    tasks: [JoinHandle<()>; 2],
    /// Every frame that was heard.
    pub frames: Vec<Vec<u8>>,
    /// Whether frames are kept; a long run of many pages does without.
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
        let ends = Ends { from_page, to_page, answers: outgoing.clone(), answer };
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
        Ok(Self { outgoing, incoming, tasks, frames: Vec::new(), keeps_frames: true })
    }

    /// Sends a frame; that the connection is broken shows when it is listened to.
    pub fn send(&mut self, frame: Vec<u8>) {
        let _ = self.outgoing.send(frame);
    }

    /// The next message; nothing when the connection has ended.
    ///
    /// # Errors
    /// When nothing comes for too long, or it cannot be read.
    pub async fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>> {
        let Some(frame) = patiently(async { Ok(self.incoming.recv().await) }).await? else { return Ok(None) };
        let message = decode(&frame)?;
        if self.keeps_frames {
            self.frames.push(frame);
        }
        Ok(Some(message))
    }
}

/// The ends of a wire's queues that its tasks hold.
struct Ends {
    from_page: mpsc::UnboundedReceiver<Vec<u8>>,
    to_page: mpsc::UnboundedSender<Vec<u8>>,
    answers: mpsc::UnboundedSender<Vec<u8>>,
    answer: Answer,
}

fn websocket(socket: Socket, ends: Ends) -> [JoinHandle<()>; 2] {
    let (mut sink, mut stream) = socket.split();
    let Ends { mut from_page, to_page, answers, answer } = ends;
    let up = tokio::spawn(async move {
        while let Some(frame) = from_page.recv().await {
            if sink.send(Message::Binary(frame.into())).await.is_err() {
                break;
            }
        }
    });
    let down = tokio::spawn(async move {
        while let Some(Ok(Message::Binary(frame))) = stream.next().await {
            answer(&frame).into_iter().for_each(|answer| drop(answers.send(answer)));
            let _ = to_page.send(frame.to_vec());
        }
    });
    [up, down]
}

fn requests(venue: Venue, cookie: String, address: String, ends: Ends) -> [JoinHandle<()>; 2] {
    let Ends { mut from_page, to_page, answers, answer } = ends;
    let (up_venue, up_cookie, up_address) = (venue.clone(), cookie.clone(), address.clone());
    let up = tokio::spawn(async move {
        while let Some(frame) = from_page.recv().await {
            let mut body = Vec::new();
            polling::push(&mut body, &frame);
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
            for frame in polling::frames(&body).unwrap_or_default() {
                answer(frame).into_iter().for_each(|answer| drop(answers.send(answer)));
                let _ = to_page.send(frame.to_vec());
            }
            if ends {
                break;
            }
        }
    });
    [up, down]
}
