//! `/control/games/{code}`: the quizmaster's desk.

mod actions;
mod history;
mod late;
mod mark;
mod now;
mod rating;
mod rest;
mod reveal;
mod review;
mod screens;
mod wall;

use crate::leaderboard::Leaderboard;
use crate::link::{Link, Status};
use crate::wordmark::Wordmark;
use crate::words;
use actions::Actions;
use history::History;
use late::Late;
use leptos::ev;
use leptos::prelude::*;
use now::{Next, Now};
use protocol::client::FromDesk;
use protocol::view::DeskView;
use rating::Rating;
use review::Review;
use screens::Screens;
use wall::Wall;

/// The desk's link.
pub type DeskLink = Link<DeskView, FromDesk>;

/// The page. It starts covered, in case it is on a projector by mistake: the first key or click uncovers it.
#[component]
pub fn DeskPage(link: DeskLink) -> impl IntoView {
    let covered = RwSignal::new(true);
    // Only the browser runs effects; there the key may go to the body, when nothing has the focus.
    Effect::new(move |_| {
        let uncover = window_event_listener(ev::keydown, move |_| covered.set(false));
        on_cleanup(move || uncover.remove());
    });
    let title = Memo::new(move |_| link.view.with(|view| view.title.clone()));
    let known = Memo::new(move |_| link.view.with(|view| !view.code.is_empty()));
    let code = Memo::new(move |_| link.view.with(|view| view.code.clone()));
    let screen = Memo::new(move |_| link.view.with(|view| view.screen.clone()));
    let address = Memo::new(move |_| link.view.with(|view| view.address.clone()));
    let notice = Memo::new(move |_| link.view.with(|view| view.notice).map(words::notice));
    let standings = Memo::new(move |_| link.view.with(|view| view.standings.to_vec()));
    let secret = Memo::new(move |_| link.view.with(|view| !view.scores_shown));
    let connection = move || match link.status.get() {
        Status::Offline => "Offline",
        Status::Reconnecting => "Reconnecting",
        Status::Connecting => "Connecting",
        Status::Saved | Status::Saving => "Live",
    };
    view! {
        <div class="desk-page" class:covered=covered on:pointerdown=move |_| covered.set(false)>
            <header class="bar">
                <Wordmark />
                <span class="team">{title}" "<span class="code">{code}</span></span>
                <span class="save" data-state=connection><span role="status" aria-live="polite">{connection}</span></span>
                <a class="quiet" href="/control">"Games"</a>
                <a class="quiet" href=screen target="_blank">"Open big screen"</a>
            </header>
            <main class="desk">
                <p class="cover" hidden=move || !covered.get()>"Covered, in case this is on the projector. Press a key or click to show questions and answers."</p>
                <p class="notice" hidden=move || notice.get().is_none()>{notice}</p>
                // All of it at once, so that nothing moves about while it comes.
                <Show when=move || known.get() fallback=|| view! { <p class="lead">"Connecting…"</p> }>
                    <div class="desk-main">
                        <Actions link />
                        <Now link />
                        <Screens link />
                        <Late link />
                        <Rating link />
                        <Wall link />
                        <Review link />
                    </div>
                    <aside class="desk-side">
                        <Next link />
                        <section class="panel">
                            <h2>"Standings"<small hidden=move || !secret.get()>"only you see these until you show them"</small></h2>
                            <Leaderboard standings />
                        </section>
                        <p class="hint">"Teams join at "<b>{address}</b></p>
                    </aside>
                    <History link />
                </Show>
            </main>
        </div>
    }
}
