//! A connection's socket with its place: whoever holds the socket last gives the place back.

use super::guests::Place;
use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

/// How long a peer may take nothing of what is sent to it.
const STALL: Duration = Duration::from_secs(30);

/// A socket that gives up a peer who takes nothing, and one whose place is lost.
pub struct Socket {
    stream: TcpStream,
    place: Arc<Place>,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Socket {
    /// This connection, at this place.
    pub fn new(stream: TcpStream, place: Arc<Place>) -> Self {
        Self { stream, place, stalled: None }
    }

    /// Notes whether a write has got on.
    fn advance<T>(&mut self, context: &mut Context<'_>, written: Poll<Result<T>>) -> Poll<Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + STALL)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "the peer takes nothing")))
    }
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        if self.place.is_lost() {
            return Poll::Ready(Err(Error::new(ErrorKind::ConnectionAborted, "the place is given to another")));
        }
        pin!(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let written = pin!(&mut self.stream).poll_write(context, bytes);
        self.advance(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = pin!(&mut self.stream).poll_write_vectored(context, bytes);
        self.advance(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        pin!(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        pin!(&mut self.stream).poll_shutdown(context)
    }
}
