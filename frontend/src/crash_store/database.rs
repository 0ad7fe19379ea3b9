//! One object store of bytes under text keys.

use futures::channel::oneshot;
use js_sys::{Array, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

const NAME: &str = "quizwire";
const STORE: &str = "outbox";
/// Version of the store's layout; records carry a format of their own.
const VERSION: u32 = 1;

/// An open database.
pub struct Database(IdbDatabase);

/// Changes that happen together or not at all.
pub struct Change {
    transaction: IdbTransaction,
    store: IdbObjectStore,
}

impl Database {
    /// Opens it; nothing when the browser has none for this page.
    pub async fn open() -> Option<Self> {
        let request = window().indexed_db().ok()??.open_with_u32(NAME, VERSION).ok()?;
        let opening: IdbOpenDbRequest = request.clone();
        let upgrade = Closure::once(move || {
            let database: Option<IdbDatabase> = opening.result().ok().and_then(|database| database.dyn_into().ok());
            if let Some(database) = database {
                let _ = database.create_object_store(STORE);
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        succeed(&request).await?.dyn_into().ok().map(Self)
    }

    /// Values whose keys begin with `prefix`, in the order of their keys.
    pub async fn load(&self, prefix: &str, most: u32) -> Vec<Vec<u8>> {
        let all = async {
            let transaction = self.0.transaction_with_str(STORE).ok()?;
            let range = range(prefix, &format!("{prefix}\u{ffff}"), false)?;
            let store = transaction.object_store(STORE).ok()?;
            let values = succeed(&store.get_all_with_key_and_limit(&range, most).ok()?).await?;
            Some(values.dyn_into::<Array>().ok()?.iter().map(|value| Uint8Array::new(&value).to_vec()).collect())
        };
        all.await.unwrap_or_default()
    }

    /// Begins a change.
    pub fn change(&self) -> Option<Change> {
        let transaction = self.0.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite).ok()?;
        let store = transaction.object_store(STORE).ok()?;
        Some(Change { transaction, store })
    }
}

impl Change {
    /// Erases keys from `from` on, up to and without `to`.
    pub fn erase(&self, from: &str, to: &str) -> Option<()> {
        self.store.delete(&range(from, to, true)?).ok().map(drop)
    }

    /// Writes a value.
    pub fn put(&self, key: &str, value: &[u8]) -> Option<()> {
        self.store.put_with_key(&Uint8Array::from(value), &key.into()).ok().map(drop)
    }

    /// Waits until all of it has happened.
    pub async fn done(self) -> Option<()> {
        let (done, outcome) = oneshot::channel();
        let complete = Closure::once(move || {
            let _ = done.send(());
        });
        self.transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        let (failed, failure) = oneshot::channel::<()>();
        let abort = Closure::once(move || {
            let _ = failed.send(());
        });
        self.transaction.set_onabort(Some(abort.as_ref().unchecked_ref()));
        match futures::future::select(outcome, failure).await {
            futures::future::Either::Left((outcome, _)) => outcome.ok(),
            futures::future::Either::Right(_) => None,
        }
    }
}

fn range(from: &str, to: &str, without_end: bool) -> Option<JsValue> {
    let range = IdbKeyRange::bound_with_lower_open_and_upper_open(&from.into(), &to.into(), false, without_end);
    range.ok().map(JsValue::from)
}

/// What a request brings; nothing when it fails.
async fn succeed(request: &IdbRequest) -> Option<JsValue> {
    let (done, outcome) = oneshot::channel();
    let success = Closure::once(move || {
        let _ = done.send(());
    });
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    let (failed, failure) = oneshot::channel::<()>();
    let error = Closure::once(move || {
        let _ = failed.send(());
    });
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    match futures::future::select(outcome, failure).await {
        futures::future::Either::Left((Ok(()), _)) => request.result().ok(),
        _ => None,
    }
}
