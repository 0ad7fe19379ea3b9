//! Pictures that come sealed ahead of their questions: fetched while there is time, opened and decoded when the key is
//! there, and then in the browser's memory under an address of its own.

use crate::connection::{Nudge, Wake};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::window;
use protocol::question::Question;
use protocol::seal::{CipherKey, Enclosure, Opening};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, HtmlImageElement, ReadableStreamDefaultReader, Response, Url};

/// Pictures that are held; older ones come from the server again.
const HELD: usize = 4;
/// Wait before a fetch that broke is tried again.
const RETRY_MS: u32 = 1_000;
/// Tries before it is given up; the question then brings the picture's open address.
const TRIES: usize = 60;

/// Parts of a sealed picture that are opened in one go: about 10 ms on a laptop.
const PARTS: u32 = 4;

/// One picture.
#[derive(Default)]
struct Held {
    /// Where its sealed form comes from.
    sealed_url: String,
    bytes: u32,
    come: u32,
    /// Its sealed form, once all of it is here.
    sealed: Option<Vec<u8>>,
    /// Address that its question names, and what opens it.
    url: String,
    key: Option<(CipherKey, String)>,
    /// The decoded picture; the browser keeps what it was decoded to as long as this lives.
    image: Option<HtmlImageElement>,
}

#[derive(Default)]
struct Inner {
    held: Vec<Held>,
    wake: Option<Wake>,
    /// Whether one has been decoded since this was last asked.
    has_come: bool,
}

/// The pictures of one page.
#[derive(Clone, Default)]
pub struct Pictures {
    inner: Rc<RefCell<Inner>>,
}

impl Pictures {
    /// Whom to wake when there is something to say.
    pub fn wakes(&self, wake: Wake) {
        self.inner.borrow_mut().wake = Some(wake);
    }

    /// Wakes the connection.
    pub fn waker(&self) -> impl Fn() + 'static {
        let inner = self.inner.clone();
        move || {
            if let Some(wake) = &inner.borrow().wake {
                let _ = wake.unbounded_send(Nudge::Send);
            }
        }
    }

    fn with<T>(&self, sealed_url: &str, work: impl FnOnce(&mut Held) -> T) -> Option<T> {
        self.inner.borrow_mut().held.iter_mut().find(|held| held.sealed_url == sealed_url).map(work)
    }

    /// Begins to fetch a picture, unless that has begun.
    pub fn fetch(&self, enclosure: &Enclosure) {
        if self.with(&enclosure.url, |_| ()).is_some() {
            return;
        }
        let inner = &mut *self.inner.borrow_mut();
        if inner.held.len() == HELD {
            let oldest = inner.held.remove(0);
            oldest.image.iter().for_each(|image| drop(Url::revoke_object_url(&image.src())));
        }
        let (sealed_url, bytes) = (enclosure.url.clone(), enclosure.bytes);
        inner.held.push(Held { sealed_url: sealed_url.clone(), bytes, ..Held::default() });
        spawn_local(self.clone().bring(sealed_url));
    }

    async fn bring(self, sealed_url: String) {
        for _ in 0..TRIES {
            if let Some(sealed) = self.download(&sealed_url).await {
                self.with(&sealed_url, |held| (held.come, held.sealed) = (held.bytes, Some(sealed)));
                self.waker()();
                self.decode(&sealed_url).await;
                return;
            }
            if self.with(&sealed_url, |held| held.come = 0).is_none() {
                return;
            }
            TimeoutFuture::new(RETRY_MS).await;
        }
    }

    /// All of the sealed picture; nothing when that fails, or nobody wants it any more.
    async fn download(&self, sealed_url: &str) -> Option<Vec<u8>> {
        let response: Response = JsFuture::from(window().fetch_with_str(sealed_url)).await.ok()?.dyn_into().ok()?;
        let reader: ReadableStreamDefaultReader =
            response.body().filter(|_| response.ok())?.get_reader().dyn_into().ok()?;
        let bytes = self.with(sealed_url, |held| held.bytes)? as usize;
        let mut sealed = Vec::with_capacity(bytes);
        loop {
            let part = JsFuture::from(reader.read()).await.ok()?;
            if Reflect::get(&part, &"done".into()).ok()?.is_truthy() {
                return (sealed.len() == bytes).then_some(sealed);
            }
            let part: Uint8Array = Reflect::get(&part, &"value".into()).ok()?.dyn_into().ok()?;
            if sealed.len() + part.length() as usize > bytes {
                return None;
            }
            sealed.extend(part.to_vec());
            self.with(sealed_url, |held| held.come = sealed.len() as u32)?;
            self.waker()();
        }
    }

    /// How much of 100 of a sealed picture is here; all of one that is held no more.
    pub fn percent(&self, sealed_url: &str) -> u8 {
        let percent = self.with(sealed_url, |held| match held.sealed.is_some() || held.key.is_some() {
            true => 100,
            false => (u64::from(held.come) * 99 / u64::from(held.bytes.max(1))) as u8,
        });
        percent.unwrap_or(100)
    }

    /// Gives the key of a picture, and the address that its question names.
    pub fn open(&self, sealed_url: &str, url: &str, key: CipherKey, mime: String) {
        self.with(sealed_url, |held| (held.url, held.key) = (url.to_owned(), Some((key, mime))));
        let (pictures, sealed_url) = (self.clone(), sealed_url.to_owned());
        spawn_local(async move { pictures.decode(&sealed_url).await });
    }

    /// Opens and decodes a picture that is here and has its key.
    async fn decode(&self, sealed_url: &str) {
        let ready = self.with(sealed_url, |held| match &held.key {
            Some((key, mime)) => Some((key.clone(), mime.clone(), held.sealed.take()?)),
            None => None,
        });
        let Some((key, mime, sealed)) = ready.flatten() else { return };
        let mut opening = Opening::new(&key, sealed);
        // Everything else goes on between the parts: the count-in, and the question itself.
        for part in 1u32.. {
            match opening.step() {
                Some(true) if part % PARTS == 0 => TimeoutFuture::new(0).await,
                Some(true) => {}
                Some(false) => break,
                None => return,
            }
        }
        let Some(image) = opening.content().and_then(|picture| image(&picture, &mime)) else { return };
        // One that cannot be decoded is shown as the browser shows such.
        let _ = JsFuture::from(image.decode()).await;
        self.with(sealed_url, |held| held.image = Some(image));
        self.inner.borrow_mut().has_come = true;
    }

    /// Gives a question's picture the address it has in this browser, or none while it is on its way. Tells whether
    /// the question can be shown as a whole.
    pub fn localize(&self, question: Option<&mut Question>) -> bool {
        let Some(picture) = question.and_then(|question| question.picture.as_mut()) else { return true };
        let inner = self.inner.borrow();
        let Some(held) = inner.held.iter().find(|held| held.url == picture.url) else { return true };
        picture.url = held.image.as_ref().map(HtmlImageElement::src).unwrap_or_default();
        held.image.is_some()
    }

    /// Whether one has been decoded since this was last asked.
    pub fn have_come(&self) -> bool {
        std::mem::take(&mut self.inner.borrow_mut().has_come)
    }
}

/// A picture in the browser's memory, not decoded yet.
fn image(picture: &[u8], mime: &str) -> Option<HtmlImageElement> {
    let kind = BlobPropertyBag::new();
    kind.set_type(mime);
    let parts: JsValue = Array::of1(&Uint8Array::from(picture)).into();
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&Url::create_object_url_with_blob(&blob).ok()?);
    Some(image)
}
