//! The browser shell: it connects the pages of `app` to their game.

mod clock;
mod desk;
mod screen;
mod socket;
mod team;

use app::{DeskPage, PlayPage, ScreenPage};
use leptos::mount::hydrate_body;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes the page over that the server has rendered.
#[wasm_bindgen]
pub fn hydrate() {
    let path = window().location().pathname().unwrap_or_default();
    let code = path.rsplit('/').next().unwrap_or_default().to_owned();
    if path == "/play" {
        hydrate_body(|| view! { <PlayPage link=team::link() /> });
    } else if path.starts_with("/control/games/") {
        hydrate_body(move || view! { <DeskPage link=desk::link(&code) /> });
    } else if path.starts_with("/screen/") {
        hydrate_body(move || view! { <ScreenPage link=screen::link(&code) /> });
    }
}
