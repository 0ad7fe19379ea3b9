//! The lobby: where to join, and who has.

use super::ScreenLink;
use leptos::prelude::*;
use protocol::view::{Attendance, LobbyTeam, ScreenStage};

/// Address, QR code and a tile for each team that lights up when it is here; before the screen is let in, its number.
#[component]
pub fn Lobby(stage: Memo<ScreenStage>, link: ScreenLink) -> impl IntoView {
    let (title, address, qr) =
        link.view.with_untracked(|view| (view.title.clone(), view.own.address.clone(), view.own.qr.clone()));
    let attendance = Memo::new(move |_| match stage.get() {
        ScreenStage::Lobby { attendance, .. } => attendance,
        _ => Attendance::default(),
    });
    let here =
        move || attendance.with(|all| (!all.is_whole()).then(|| format!("{} of {} teams are here", all.here, all.of)));
    let number = stage.with_untracked(|stage| match stage {
        ScreenStage::Lobby { own, .. } => *own,
        _ => None,
    });
    view! {
        <section class="lobby">
            <div class="join-card">
                <QrCode modules=qr />
                <div>
                    <h1>{title}</h1>
                    <p class="lead">"Join at"</p>
                    <p class="address">{address}</p>
                    <p class="lead">{here}</p>
                </div>
            </div>
            {number.map(|number| view! {
                <p class="lead">"This is screen "<b>{number}</b>". The quizmaster lets it in on the desk."</p>
            })}
            <ul class="teams">
                {move || attendance.get().teams.into_iter().map(|team| view! {
                    <li class=tile(&team)>
                        {team.name.clone()}
                        {team.waved.map(|(_, delay_ms)| view! { <small>{format!("{delay_ms} ms")}</small> })}
                        <span class="visually-hidden">{if team.online { " (here)" } else { " (not here yet)" }}</span>
                    </li>
                }).collect::<Vec<_>>()}
            </ul>
        </section>
    }
}

/// How a tile looks; odd and even waves differ, so that each flares up anew.
fn tile(team: &LobbyTeam) -> &'static str {
    match (team.online, team.waved) {
        (_, Some((times, _))) if times % 2 == 1 => "online lit lit-odd",
        (_, Some(_)) => "online lit lit-even",
        (true, None) => "online",
        (false, None) => "",
    }
}

/// A square of modules as one path, with the quiet zone that scanners need.
#[component]
fn QrCode(modules: Vec<bool>) -> impl IntoView {
    let side = modules.len().isqrt();
    let dark = modules.iter().enumerate().filter(|(_, dark)| **dark);
    let path: String =
        dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % side.max(1) + 4, at / side.max(1) + 4)).collect();
    view! {
        <svg class="qr" viewBox=format!("0 0 {0} {0}", side + 8) role="img" aria-label="QR code of the address to join at">
            <rect width="100%" height="100%" />
            <path d=path />
        </svg>
    }
}
