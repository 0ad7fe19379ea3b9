//! Typed clients: a team's page with its own outbox, the desk and the screen.

use crate::house::House;
use futures::stream::SplitSink;
use futures::{SinkExt, StreamExt};
use protocol::answer::Change;
use protocol::client::{Action, FromDesk, FromScreen, FromTeam, Probe};
use protocol::codec::{SUBPROTOCOL, decode, encode};
use protocol::ids::{QuestionId, Slot, WriterId};
use protocol::outbox::Outbox;
use protocol::server::{Beat, ToDesk, ToScreen, ToTeam};
use protocol::text::diff;
use protocol::view::{DeskView, ScreenView, TeamStage, TeamView};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Longer than anything here takes; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A bare connection.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Connects as a page of `origin` with the cookie and the subprotocol.
pub async fn connect(house: &House, path: &str, cookie: &str, origin: &str, protocol: &str) -> Result<Socket, Error> {
    let mut request = format!("ws://{}{path}", house.address).into_client_request()?;
    let headers = request.headers_mut();
    headers.insert("origin", origin.parse().unwrap());
    headers.insert("cookie", cookie.parse().unwrap());
    headers.insert("sec-websocket-protocol", protocol.parse().unwrap());
    connect_async(request).await.map(|(socket, _)| socket)
}

/// Waits for the server to end the connection and returns the close code.
pub async fn close_code(socket: &mut Socket) -> u16 {
    let wait = async {
        while let Some(message) = socket.next().await {
            match message {
                Ok(Message::Close(Some(frame))) => return u16::from(frame.code),
                Ok(_) => {}
                Err(error) => panic!("{error}"),
            }
        }
        panic!("ended without a close code")
    };
    tokio::time::timeout(PATIENCE, wait).await.unwrap()
}

/// One connection. It answers the server's beats by itself, as a page does whatever else happens.
pub struct Wire {
    sink: Arc<Mutex<SplitSink<Socket, Message>>>,
    incoming: mpsc::UnboundedReceiver<Vec<u8>>,
    reader: JoinHandle<()>,
    /// Every frame that was heard.
    pub frames: Vec<Vec<u8>>,
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

impl Wire {
    /// `answer` makes a frame's answer, if the frame is a beat.
    async fn open(house: &House, path: &str, cookie: &str, answer: fn(&[u8]) -> Option<Vec<u8>>) -> Self {
        let socket = connect(house, path, cookie, &house.origin(), SUBPROTOCOL).await.unwrap();
        let (sink, mut stream) = socket.split();
        let sink = Arc::new(Mutex::new(sink));
        let (frames, incoming) = mpsc::unbounded_channel();
        let answers = sink.clone();
        let reader = tokio::spawn(async move {
            while let Some(Ok(Message::Binary(frame))) = stream.next().await {
                if let Some(answer) = answer(&frame) {
                    let _ = answers.lock().await.send(Message::Binary(answer.into())).await;
                }
                let _ = frames.send(frame.to_vec());
            }
        });
        Self { sink, incoming, reader, frames: Vec::new() }
    }

    /// Sends a frame; that the connection is broken shows when it is listened to.
    pub async fn send(&mut self, frame: Vec<u8>) {
        let _ = self.sink.lock().await.send(Message::Binary(frame.into())).await;
    }

    async fn next<T: DeserializeOwned>(&mut self) -> Option<T> {
        let frame = tokio::time::timeout(PATIENCE, self.incoming.recv()).await.expect("patience")?;
        let message = decode(&frame).unwrap();
        self.frames.push(frame);
        Some(message)
    }
}

/// What a page says to a beat.
fn probe(beat: Beat) -> Option<Probe> {
    match beat {
        Beat::Beat { sent_ms } => Some(Probe { beat_ms: sent_ms, sent_ms: 0 }),
        Beat::Echo { .. } => None,
    }
}

/// A team's page.
pub struct TeamPage {
    /// Its connection.
    pub wire: Wire,
    /// What it has typed.
    pub outbox: Outbox,
    /// Where the game stands.
    pub view: TeamView,
    /// Number of the last acknowledged edit.
    pub acked: u64,
    /// Messages beside views and acks.
    pub others: Vec<ToTeam>,
}

impl TeamPage {
    /// Logs in and connects as a fresh page load.
    pub async fn join(house: &House, number: usize, writer: u64) -> Self {
        let cookie = house.team_cookie(number).await;
        Self::resume(house, &cookie, Outbox::new(WriterId(writer)), Vec::new()).await
    }

    /// Connects with what an earlier connection held.
    pub async fn resume(house: &House, cookie: &str, outbox: Outbox, frames: Vec<Vec<u8>>) -> Self {
        let mut wire = Wire::open(house, "/link/play", cookie, |frame| match decode(frame) {
            Ok(ToTeam::Beat(beat)) => probe(beat).map(|probe| encode(&FromTeam::Probe(probe))),
            _ => None,
        })
        .await;
        wire.frames = frames;
        let mut page = Self { wire, outbox, view: TeamView::default(), acked: 0, others: Vec::new() };
        let hello = encode(&page.outbox.hello());
        page.wire.send(hello).await;
        page.until(|page| page.view.team.is_some()).await;
        page
    }

    /// Hears messages until something holds.
    pub async fn until(&mut self, holds: impl Fn(&Self) -> bool) {
        let wait = async {
            while !holds(self) {
                assert!(self.hear().await, "the connection ended");
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("patience");
    }

    /// Hears one message; false when the connection has ended.
    pub async fn hear(&mut self) -> bool {
        let Some(message) = self.wire.next().await else { return false };
        match message {
            ToTeam::Welcome { view, acked, missed, documents } => {
                self.outbox.welcome(acked, missed, documents);
                self.acked = acked;
                self.view = view;
            }
            ToTeam::View(view) => self.view = view,
            ToTeam::Ack { number, revision } => {
                self.outbox.acked(number, revision);
                self.acked = number;
            }
            ToTeam::Edited { question, revision, step } => drop(self.outbox.edited(question, revision, step)),
            ToTeam::Late { number, ref document } => {
                self.outbox.late(number, document.clone());
                self.others.push(message);
            }
            ToTeam::Beat(_) => {}
            other => self.others.push(other),
        }
        self.flush().await;
        true
    }

    /// Sends what waits, if nothing is in flight.
    pub async fn flush(&mut self) {
        if let Some(message) = self.outbox.flush() {
            self.wire.send(encode(&message)).await;
        }
    }

    /// Makes the answer read `text`, as if typed now, and waits until it is saved.
    pub async fn write(&mut self, question: QuestionId, text: &str) {
        self.type_text(question, text).await;
        self.until(|page| page.outbox.unsaved() == 0).await;
    }

    /// Makes the answer read `text` without waiting.
    pub async fn type_text(&mut self, question: QuestionId, text: &str) {
        let before = self.outbox.content(question).text;
        if let Some(splice) = diff(&before, text, text.chars().count()) {
            self.outbox.edit(question, Change::Splice(splice), server::clock::now_ms()).unwrap();
            self.flush().await;
        }
    }

    /// Chooses an option and waits until it is saved.
    pub async fn pick(&mut self, question: QuestionId, option: u8) {
        self.outbox.edit(question, Change::Pick { option }, server::clock::now_ms()).unwrap();
        self.flush().await;
        self.until(|page| page.outbox.unsaved() == 0).await;
    }

    /// Rates an answer and waits until it is saved.
    pub async fn rate(&mut self, round: u16, slot: u16, stars: u8) {
        self.outbox.rate(round, Slot(slot), stars, server::clock::now_ms()).unwrap();
        self.flush().await;
        self.until(|page| page.outbox.unsaved() == 0).await;
    }

    /// Waits for a stage.
    pub async fn until_stage(&mut self, is: impl Fn(&TeamStage) -> bool) {
        self.until(|page| is(&page.view.stage)).await;
    }
}

/// The quizmaster's desk.
pub struct Desk {
    wire: Wire,
    /// What it shows.
    pub view: DeskView,
    /// Refusals.
    pub refused: Vec<protocol::rejection::Rejection>,
}

impl Desk {
    /// Logs in and connects.
    pub async fn open(house: &House) -> Self {
        let cookie = house.desk_cookie().await;
        let wire = Wire::open(house, &format!("/link/desk/{}", house.code), &cookie, |frame| match decode(frame) {
            Ok(ToDesk::Beat(beat)) => probe(beat).map(|probe| encode(&FromDesk::Probe(probe))),
            _ => None,
        })
        .await;
        let mut desk = Self { wire, view: DeskView::default(), refused: Vec::new() };
        desk.until(|view| !view.code.is_empty()).await;
        desk
    }

    /// Hears messages until something holds.
    pub async fn until(&mut self, holds: impl Fn(&DeskView) -> bool) {
        let wait = async {
            while !holds(&self.view) {
                self.hear().await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("patience");
    }

    /// Hears one message.
    pub async fn hear(&mut self) {
        match self.wire.next().await.expect("the connection ended") {
            ToDesk::View(view) => self.view = *view,
            ToDesk::Rows(rows) => {
                for row in rows {
                    let old = self.view.rows.iter_mut().find(|old| old.team == row.team).unwrap();
                    *old = row;
                }
            }
            ToDesk::Refused(reason) => self.refused.push(reason),
            ToDesk::Beat(_) => {}
        }
    }

    /// Presses a button as the desk shows it now.
    pub async fn press(&mut self, action: Action) {
        let turn = self.view.turn;
        self.press_at(turn, action).await;
        self.until(|view| view.turn > turn).await;
    }

    /// Presses a button that was shown at `turn`, without waiting.
    pub async fn press_at(&mut self, turn: u32, action: Action) {
        self.wire.send(encode(&FromDesk::Act { turn, action })).await;
    }

    /// Sends anything.
    pub async fn send(&mut self, message: &FromDesk) {
        self.wire.send(encode(message)).await;
    }

    /// Opens the next question and waits until it is open.
    pub async fn open_question(&mut self) {
        self.press(Action::OpenQuestion).await;
        self.until(|view| view.now.starts_with("Open")).await;
    }

    /// Ends the question and waits until everything under way is in.
    pub async fn close_question(&mut self) {
        self.press(Action::CloseNow).await;
        self.until(|view| view.now.starts_with("Closed") || view.now.starts_with("Rated")).await;
    }
}

/// The big screen.
pub struct Screen {
    wire: Wire,
    /// What it shows.
    pub view: ScreenView,
}

impl Screen {
    /// Connects.
    pub async fn open(house: &House) -> Self {
        let wire = Wire::open(house, &format!("/link/screen/{}", house.code), "", |frame| match decode(frame) {
            Ok(ToScreen::Beat(beat)) => probe(beat).map(|probe| encode(&FromScreen::Probe(probe))),
            _ => None,
        })
        .await;
        let mut screen = Self { wire, view: ScreenView::default() };
        screen.until(|view| !view.title.is_empty()).await;
        screen
    }

    /// Hears messages until something holds.
    pub async fn until(&mut self, holds: impl Fn(&ScreenView) -> bool) {
        let wait = async {
            while !holds(&self.view) {
                match self.wire.next().await.expect("the connection ended") {
                    ToScreen::View(view) => self.view = *view,
                    ToScreen::Beat(_) => {}
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("patience");
    }
}
