//! The same frames over plain requests, where WebSockets are blocked: one that waits for what comes, one that brings
//! what goes.

use super::channel::{Carrier, Channel, Incoming};
use super::requests::{Requests, within};
use futures::StreamExt;
use futures::future::select;
use leptos::prelude::window;
use protocol::codec::SUBPROTOCOL;
use protocol::polling;
use std::pin::pin;

/// Frames of one request; each fits the server's limit many times over.
const FRAMES: usize = 3;

/// Opens a link; nothing when the server does not answer.
pub async fn open(path: &str, within_ms: u32) -> Option<Channel> {
    let requests = Requests::new();
    let address = format!("{path}/poll?version={SUBPROTOCOL}");
    let answer = within(within_ms, requests.send("POST", &address, None)).await?;
    let (channel, carrier) = Channel::new();
    if let Some(close) = answer.closed {
        let _ = carrier.incoming.unbounded_send(Incoming::Closed(close));
        return Some(channel);
    }
    let address = format!("/link/poll/{}", String::from_utf8(answer.body).ok()?);
    wasm_bindgen_futures::spawn_local(carry(requests, address, carrier));
    Some(channel)
}

async fn carry(requests: Requests, address: String, carrier: Carrier) {
    let Carrier { incoming, mut outgoing, dropped } = carrier;
    let up = async {
        while let Some(frame) = outgoing.next().await {
            let mut body = Vec::new();
            polling::push(&mut body, &frame);
            for _ in 1..FRAMES {
                let Ok(frame) = outgoing.try_recv() else { break };
                polling::push(&mut body, &frame);
            }
            if requests.send("POST", &address, Some(&body)).await.is_none() {
                break;
            }
        }
    };
    let down = async {
        while let Some(answer) = requests.send("GET", &address, None).await {
            for frame in polling::frames(&answer.body).unwrap_or_default() {
                let _ = incoming.unbounded_send(Incoming::Frame(frame.to_vec()));
            }
            if let Some(close) = answer.closed {
                let _ = incoming.unbounded_send(Incoming::Closed(close));
                break;
            }
        }
    };
    select(select(pin!(up), pin!(down)), dropped).await;
    drop(requests);
    // The page has left, or found a better way: the server need not wait to notice.
    let _ = window().navigator().send_beacon_with_opt_str(&format!("{address}/leave"), None);
}
