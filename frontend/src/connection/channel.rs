//! One connection's frames, whatever carries them.

use futures::StreamExt;
use futures::channel::{mpsc, oneshot};
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use protocol::close::Close;

/// What comes over a channel.
pub enum Incoming {
    /// A frame.
    Frame(Vec<u8>),
    /// The server has ended it.
    Closed(Close),
}

/// Frames in both directions. What carries them ends when this is dropped.
pub struct Channel {
    first: Option<Incoming>,
    incoming: mpsc::UnboundedReceiver<Incoming>,
    outgoing: mpsc::UnboundedSender<Vec<u8>>,
    _held: oneshot::Sender<()>,
}

/// A channel's other end, for what carries the frames.
pub struct Carrier {
    /// Takes what comes.
    pub incoming: mpsc::UnboundedSender<Incoming>,
    /// Brings what goes.
    pub outgoing: mpsc::UnboundedReceiver<Vec<u8>>,
    /// Resolves when nobody holds the channel any more.
    pub dropped: oneshot::Receiver<()>,
}

impl Channel {
    /// Both ends. The queues need no limit of their own: a page has one batch in flight, and takes frames at once.
    pub fn new() -> (Self, Carrier) {
        let (into, incoming) = mpsc::unbounded();
        let (outgoing, from) = mpsc::unbounded();
        let (held, dropped) = oneshot::channel();
        let carrier = Carrier { incoming: into, outgoing: from, dropped };
        (Self { first: None, incoming, outgoing, _held: held }, carrier)
    }

    /// Sends a frame; false when the channel has ended.
    pub fn send(&mut self, frame: Vec<u8>) -> bool {
        self.outgoing.unbounded_send(frame).is_ok()
    }

    /// What comes next; nothing when the channel has ended.
    pub async fn next(&mut self) -> Option<Incoming> {
        match self.first.take() {
            Some(first) => Some(first),
            None => self.incoming.next().await,
        }
    }

    /// Whether a frame comes within this time; it stays to be taken.
    pub async fn is_heard(&mut self, within_ms: u32) -> bool {
        match select(self.incoming.next(), TimeoutFuture::new(within_ms)).await {
            Either::Left((Some(Incoming::Frame(frame)), _)) => {
                self.first = Some(Incoming::Frame(frame));
                true
            }
            _ => false,
        }
    }
}
