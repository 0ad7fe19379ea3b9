//! Frames over a WebSocket.

use super::channel::{Carrier, Channel, Incoming};
use futures::StreamExt;
use futures::channel::oneshot;
use futures::future::select;
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::window;
use protocol::codec::SUBPROTOCOL;
use std::pin::pin;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

/// Begins to connect; nothing when the browser will not even try.
pub fn open(path: &str) -> Option<Channel> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    let address = format!("{scheme}://{}{path}", location.host().ok()?);
    let socket = WebSocket::new_with_str(&address, SUBPROTOCOL).ok()?;
    socket.set_binary_type(BinaryType::Arraybuffer);
    let (channel, carrier) = Channel::new();
    wasm_bindgen_futures::spawn_local(carry(socket, carrier));
    Some(channel)
}

async fn carry(socket: WebSocket, carrier: Carrier) {
    let Carrier { incoming, mut outgoing, dropped } = carrier;
    let (is_open, opens) = oneshot::channel();
    let open = Closure::once(move || {
        let _ = is_open.send(());
    });
    let frames = incoming.clone();
    let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(frame) = event.data().dyn_into::<ArrayBuffer>() {
            let _ = frames.unbounded_send(Incoming::Frame(Uint8Array::new(&frame).to_vec()));
        }
    });
    // Comes after an error, too.
    let close = Closure::once(move |event: CloseEvent| {
        let _ = incoming.unbounded_send(Incoming::Closed(event.code(), event.reason()));
    });
    socket.set_onopen(Some(open.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
    socket.set_onclose(Some(close.as_ref().unchecked_ref()));
    let up = async {
        let _ = opens.await;
        while let Some(frame) = outgoing.next().await {
            if socket.send_with_u8_array(&frame).is_err() {
                break;
            }
        }
    };
    select(pin!(up), dropped).await;
    socket.set_onopen(None);
    socket.set_onmessage(None);
    socket.set_onclose(None);
    let _ = socket.close();
}
