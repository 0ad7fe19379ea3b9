//! Plain requests that can be called off.

use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use leptos::prelude::window;
use protocol::close::Close;
use protocol::polling;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestInit, Response};

/// What a request brings.
pub struct Answer {
    /// Its body.
    pub body: Vec<u8>,
    /// Why, where the server ends the link.
    pub closed: Option<Close>,
}

/// Requests that end together, at the latest when this is dropped.
pub struct Requests(Option<AbortController>);

impl Requests {
    /// None yet.
    pub fn new() -> Self {
        Self(AbortController::new().ok())
    }

    /// Sends a request and waits for the whole answer; nothing when it fails or the status is not one of success.
    pub async fn send(&self, method: &str, path: &str, body: Option<&[u8]>) -> Option<Answer> {
        let request = RequestInit::new();
        request.set_method(method);
        request.set_cache(RequestCache::NoStore);
        request.set_signal(self.0.as_ref().map(AbortController::signal).as_ref());
        if let Some(body) = body {
            request.set_body(&Uint8Array::from(body).into());
        }
        let response = JsFuture::from(window().fetch_with_str_and_init(path, &request)).await.ok()?;
        let response: Response = response.dyn_into().ok()?;
        if !response.ok() {
            return None;
        }
        let header = |name| response.headers().get(name).ok().flatten();
        let code = header(polling::CODE).and_then(|code| code.parse().ok());
        let closed = code.map(|code| Close::read(code, &header(polling::REASON).unwrap_or_default()));
        let body: JsValue = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
        Some(Answer { body: Uint8Array::new(&body).to_vec(), closed })
    }
}

impl Drop for Requests {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Whether the server answers within this time.
pub async fn is_up(within_ms: u32) -> bool {
    within(within_ms, Requests::new().send("GET", "/healthz", None)).await.is_some()
}

/// What a request brings within this time.
pub async fn within(within_ms: u32, request: impl Future<Output = Option<Answer>>) -> Option<Answer> {
    match select(std::pin::pin!(request), TimeoutFuture::new(within_ms)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => None,
    }
}
