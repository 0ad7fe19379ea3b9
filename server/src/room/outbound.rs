//! The way out to one page: a queue that is bounded in messages and in bytes, so that a page that does not keep up costs
//! a bounded amount of memory.

use super::message::Message;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

/// Messages waiting for one page before it is cut off.
pub const MESSAGES: usize = 256;
/// Bytes waiting for a team's page or a screen before it is cut off; one message may always wait, however large it is.
pub const PAGE_BYTES: usize = 4 * 1024 * 1024;
/// The same for a desk, whose view has every answer of a full hall in it.
pub const DESK_BYTES: usize = 64 * 1024 * 1024;

/// What a connection's queue holds.
#[derive(Debug, Clone)]
pub enum Outgoing {
    /// A message.
    Message(Message),
    /// Heartbeats in quick succession for so long.
    Burst(Duration),
    /// The end, with a close code.
    Close(u16),
}

impl Outgoing {
    fn bytes(&self) -> usize {
        match self {
            Self::Message(message) => message.bytes(),
            Self::Burst(_) | Self::Close(_) => 0,
        }
    }
}

/// The room's end of a queue.
#[derive(Debug, Clone)]
pub struct Outbound {
    queue: mpsc::Sender<Outgoing>,
    bytes_max: usize,
    waiting_bytes: Arc<AtomicUsize>,
}

/// The connection's end of a queue.
#[derive(Debug)]
pub struct Outlet {
    queue: mpsc::Receiver<Outgoing>,
    waiting_bytes: Arc<AtomicUsize>,
}

/// An empty queue that takes so many bytes.
pub fn outbound(bytes_max: usize) -> (Outbound, Outlet) {
    let (to, from) = mpsc::channel(MESSAGES);
    let waiting_bytes = Arc::new(AtomicUsize::new(0));
    (Outbound { queue: to, bytes_max, waiting_bytes: waiting_bytes.clone() }, Outlet { queue: from, waiting_bytes })
}

impl Outbound {
    /// Queues something; false when the page does not keep up, or is gone.
    pub fn post(&self, outgoing: Outgoing) -> bool {
        let bytes = outgoing.bytes();
        let waiting_bytes = self.waiting_bytes.load(Ordering::Relaxed);
        if bytes > 0 && waiting_bytes > 0 && waiting_bytes + bytes > self.bytes_max {
            return false;
        }
        self.waiting_bytes.fetch_add(bytes, Ordering::Relaxed);
        self.queue.try_send(outgoing).is_ok()
    }

    /// Ends the connection, once it has taken what waits, or at once if it takes nothing any more for `patience`.
    pub async fn close(self, code: u16, patience: Duration) {
        let _ = self.queue.send_timeout(Outgoing::Close(code), patience).await;
    }
}

impl Outlet {
    /// What comes next; nothing once the room has let go of the page.
    pub async fn recv(&mut self) -> Option<Outgoing> {
        let outgoing = self.queue.recv().await?;
        self.waiting_bytes.fetch_sub(outgoing.bytes(), Ordering::Relaxed);
        Some(outgoing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::server::ToScreen;

    #[tokio::test]
    async fn a_page_that_takes_nothing_costs_a_bounded_amount_of_memory() {
        let (outbound, mut outlet) = outbound(PAGE_BYTES);
        let large = || Outgoing::Message(Message::new(ToScreen::Admitted("x".repeat(PAGE_BYTES))));
        assert!(outbound.post(large()), "one is welcome");
        assert!(!outbound.post(large()));
        assert!(outbound.post(Outgoing::Burst(Duration::ZERO)));
        assert!(matches!(outlet.recv().await, Some(Outgoing::Message(_))));
        assert!(outbound.post(large()), "and the next one once it was taken");
    }
}
