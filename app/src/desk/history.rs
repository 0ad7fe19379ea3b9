//! Everything that happened to one answer, as evidence.

use super::DeskLink;
use crate::words;
use leptos::prelude::*;
use protocol::client::FromDesk;
use protocol::ids::{Millis, QuestionId, TeamId};
use protocol::view::{self, Click, LateVersion, Version};

/// Looks at an answer's history.
#[component]
pub fn HistoryButton(team: TeamId, question: QuestionId, link: DeskLink) -> impl IntoView {
    view! {
        <button class="quiet" type="button" on:click=move |_| link.send.run(FromDesk::History(Some((team, question))))>
            "History"
        </button>
    }
}

/// The history that is being looked at.
#[component]
pub fn History(link: DeskLink) -> impl IntoView {
    let history = Memo::new(move |_| link.view.with(|view| view.history.clone()));
    move || {
        history.get().map(|view::History { team, name, question, prompt, versions, late, clicks, usable }| {
            let newest = versions.first().map(|version| version.revision);
            let versions = versions.into_iter().map(|version| {
                let can_use = usable && Some(version.revision) != newest;
                view! { <VersionRow team question version can_use link /> }
            });
            let (no_versions, versions) = (newest.is_none(), versions.collect::<Vec<_>>());
            view! {
                <section class="panel history" aria-label="History">
                    <h2>"History"<small>{name}</small></h2>
                    <button class="quiet" type="button" on:click=move |_| link.send.run(FromDesk::History(None))>"Close history"</button>
                    <div class="secret">
                        <p class="heading">{prompt}</p>
                        <p class="hint" hidden=!no_versions>"Nothing was written."</p>
                        <ol class="versions">{versions}</ol>
                        {(!late.is_empty()).then(|| view! {
                            <h3>"Came too late"</h3>
                            <ol class="versions">{late.into_iter().map(late_row).collect::<Vec<_>>()}</ol>
                        })}
                        {(!clicks.is_empty()).then(|| view! {
                            <h3>"Ratings"</h3>
                            <ol class="clicks">{clicks.into_iter().map(click_row).collect::<Vec<_>>()}</ol>
                        })}
                    </div>
                </section>
            }
        })
    }
}

#[component]
fn VersionRow(team: TeamId, question: QuestionId, version: Version, can_use: bool, link: DeskLink) -> impl IntoView {
    let Version { revision, at_ms, device, text } = version;
    let time = time_of_day(at_ms);
    let use_it = move |_| link.send.run(FromDesk::UseVersion { team, question, revision });
    view! {
        <li>
            <time>{time.clone()}</time>
            <span class="device">{by(device)}</span>
            <q>{text}</q>
            {can_use.then(|| view! {
                <button class="secondary" type="button" aria-label=format!("Use it as it stood at {time}") on:click=use_it>"Use this"</button>
            })}
        </li>
    }
}

fn late_row(late: LateVersion) -> impl IntoView {
    view! {
        <li>
            <time>{time_of_day(late.arrived_ms)}</time>
            <span class="device">{by(late.device)}</span>
            <q>{late.text.clone()}</q>
            <span class="why">{words::late(&late)}{if late.settled { " Decided." } else { "" }}</span>
        </li>
    }
}

fn click_row(click: Click) -> impl IntoView {
    view! {
        <li>
            <time>{time_of_day(click.at_ms)}</time>
            <b>{click.rater}</b>
            <span class="given">{format!("{}★", click.stars)}{if click.late { " too late" } else { "" }}</span>
        </li>
    }
}

fn by(device: Option<u16>) -> String {
    device.map_or_else(|| "by the desk or a rule".to_owned(), |device| format!("device {device}"))
}

/// `20:14:07`, where the browser is.
fn time_of_day(at_ms: Millis) -> String {
    let date = js_sys::Date::new(&(at_ms as f64).into());
    format!("{:02}:{:02}:{:02}", date.get_hours(), date.get_minutes(), date.get_seconds())
}
