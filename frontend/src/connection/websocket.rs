//! Frames over a WebSocket.

use super::channel::{Carrier, Channel, Incoming};
use futures::future::select;
use futures::{SinkExt, StreamExt};
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, WebSocketError};
use leptos::prelude::window;
use protocol::close::Close;
use protocol::codec::SUBPROTOCOL;
use std::pin::pin;

/// Begins to connect; nothing when the browser will not even try.
pub fn open(path: &str) -> Option<Channel> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    let address = format!("{scheme}://{}{path}", location.host().ok()?);
    let socket = WebSocket::open_with_protocol(&address, SUBPROTOCOL).ok()?;
    let (channel, carrier) = Channel::new();
    wasm_bindgen_futures::spawn_local(carry(socket, carrier));
    Some(channel)
}

async fn carry(socket: WebSocket, carrier: Carrier) {
    let (mut sink, mut stream) = socket.split();
    let Carrier { incoming, mut outgoing, dropped } = carrier;
    let up = async {
        while let Some(frame) = outgoing.next().await {
            if sink.send(Message::Bytes(frame)).await.is_err() {
                break;
            }
        }
    };
    let down = async {
        while let Some(message) = stream.next().await {
            let came = match message {
                Ok(Message::Bytes(frame)) => Incoming::Frame(frame),
                Ok(Message::Text(_)) => continue,
                Err(WebSocketError::ConnectionClose(event)) => Incoming::Closed(Close::read(event.code, &event.reason)),
                Err(_) => break,
            };
            if incoming.unbounded_send(came).is_err() {
                break;
            }
        }
    };
    select(select(pin!(up), pin!(down)), dropped).await;
}
