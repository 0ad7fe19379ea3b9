//! The browser shell: it connects the pages of `app` to their game.

mod clock;
mod connection;
mod crash_store;
mod desk;
mod pictures;
mod reveal_gate;
mod screen;
mod team;

use app::{DeskPage, PlayPage, ScreenPage};
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Puts the live page into the place of the one that the server has rendered.
#[wasm_bindgen]
pub fn begin() {
    console_error_panic_hook::set_once();
    let path = window().location().pathname().unwrap_or_default();
    let code = path.rsplit('/').next().unwrap_or_default().to_owned();
    if path == "/play" {
        show(|| view! { <PlayPage link=team::link() /> });
    } else if path.starts_with("/control/games/") {
        spawn_local(begin_desk(code));
    } else if path.starts_with("/screen/") {
        spawn_local(begin_screen(code));
    }
}

// Files of their own, which the teams' laptops never load.

#[lazy]
async fn begin_desk(code: String) {
    show(move || view! { <DeskPage link=desk::link(&code) /> });
}

#[lazy]
async fn begin_screen(code: String) {
    show(move || view! { <ScreenPage link=screen::link(&code) /> });
}

/// Built anew rather than hydrated: code that adopts what stands there already would be a tenth of the program, and all
/// that stands there is that the page connects.
fn show<V: IntoView>(page: impl FnOnce() -> V + 'static) {
    document().body().iter().for_each(|body| body.set_text_content(None));
    mount_to_body(page);
}
