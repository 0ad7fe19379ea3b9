//! The browser shell: it connects the pages of `app` to their game.

mod clock;
mod connection;
mod crash_store;
mod curtain;
mod desk;
mod pictures;
mod screen;
mod team;

use app::{DeskPage, PlayPage, ScreenPage};
use leptos::mount::hydrate_body;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Takes the page over that the server has rendered.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let path = window().location().pathname().unwrap_or_default();
    let code = path.rsplit('/').next().unwrap_or_default().to_owned();
    if path == "/play" {
        hydrate_body(|| view! { <PlayPage link=team::link() /> });
    } else if path.starts_with("/control/games/") {
        spawn_local(hydrate_desk(code));
    } else if path.starts_with("/screen/") {
        spawn_local(hydrate_screen(code));
    }
}

// Files of their own, which the teams' laptops never load.

#[lazy]
async fn hydrate_desk(code: String) {
    hydrate_body(move || view! { <DeskPage link=desk::link(&code) /> });
}

#[lazy]
async fn hydrate_screen(code: String) {
    hydrate_body(move || view! { <ScreenPage link=screen::link(&code) /> });
}
