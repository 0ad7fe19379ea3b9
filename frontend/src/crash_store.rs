//! What is not acknowledged, on the laptop's disk: an IndexedDB that a killed browser leaves whole. Without one the page
//! works all the same and says that it must not be closed. Private windows have one, which goes with them, and hide that
//! they are private; so the page promises the laptop only where the browser does.

mod database;

use database::Database;
use futures::StreamExt;
use futures::channel::mpsc;
use leptos::prelude::window;
use protocol::limits;
use protocol::outbox::{DiskWrites, Kept};
use wasm_bindgen_futures::JsFuture;

/// What the store tells its page.
pub enum Told {
    /// What earlier page loads have left, and whether the browser says that it keeps what it is given.
    Found { records: Vec<Kept>, is_lasting: bool },
    /// So many orders are on disk.
    Done(usize),
}

/// Orders to a store. It has done all of them when it has told so of as many.
pub type Orders = mpsc::UnboundedSender<Vec<DiskWrites>>;

/// Opens the records of one team in one game and tells what is there. The page hears nothing where there is no disk.
pub fn open(team: String, mut tell: impl FnMut(Told) + 'static) -> Orders {
    let (orders, mut ordered) = mpsc::unbounded();
    wasm_bindgen_futures::spawn_local(async move {
        let Some(database) = Database::open().await else { return };
        let found = database.load(&format!("{team}/"), limits::OUTBOX_ENTRIES as u32).await;
        let records = found.iter().filter_map(|record| Kept::read(record)).collect();
        tell(Told::Found { records, is_lasting: is_lasting().await.unwrap_or(false) });
        while let Some(first) = ordered.next().await {
            let mut together: Vec<Vec<DiskWrites>> = vec![first];
            while let Ok(more) = ordered.try_recv() {
                together.push(more);
            }
            let count = together.len();
            if carry_out(&database, &team, together.into_iter().flatten()).await.is_none() {
                return;
            }
            tell(Told::Done(count));
        }
    });
    orders
}

/// Whether the browser says that it throws nothing of this site away. Pages on plain HTTP have nobody to ask.
async fn is_lasting() -> Option<bool> {
    JsFuture::from(window().navigator().storage().persisted().ok()?).await.ok()?.as_bool()
}

async fn carry_out(database: &Database, team: &str, orders: impl Iterator<Item = DiskWrites>) -> Option<()> {
    let change = database.change()?;
    for DiskWrites { writer, first, put, former } in orders {
        for former in former {
            change.erase(&key(team, former.0, 0), &key(team, former.0, u64::MAX))?;
        }
        change.erase(&key(team, writer.0, 0), &key(team, writer.0, first))?;
        for kept in put {
            change.put(&key(team, writer.0, kept.number), &kept.record())?;
        }
    }
    change.done().await
}

/// Hexadecimal with all digits sorts as the numbers do.
fn key(team: &str, writer: u64, number: u64) -> String {
    format!("{team}/{writer:016x}/{number:016x}")
}
