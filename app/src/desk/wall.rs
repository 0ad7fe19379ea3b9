//! The wall: all teams' answers as they type.

use super::DeskLink;
use super::history::HistoryButton;
use super::mark::MarkField;
use leptos::prelude::*;
use protocol::ids::{QuestionId, TeamId};
use protocol::view::{LineQuality, Transport, WallRow};

/// A change this long ago counts as resting.
const RESTING_MS: i64 = 5_000;

/// One row a team.
#[component]
pub fn Wall(link: DeskLink) -> impl IntoView {
    let teams = Memo::new(move |_| link.view.with(|view| view.rows.iter().map(|row| row.team).collect::<Vec<_>>()));
    let question =
        Memo::new(move |_| link.view.with(|view| view.current.as_ref().map(|current| current.question.heading.id)));
    view! {
        <section class="panel wall" aria-label="Answers">
            <h2>"Answers"</h2>
            <table>
                <thead>
                    <tr>
                        <th class="team" scope="col">"Team"</th>
                        <th scope="col">"Answer"</th>
                        <th class="state" scope="col">"State"</th>
                        <th class="link" scope="col">"Line"</th>
                        <th class="mark" scope="col">"Mark"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || teams.get() key=|team| *team let:team><Row team question link /></For>
                </tbody>
            </table>
        </section>
    }
}

#[component]
fn Row(team: TeamId, question: Memo<Option<QuestionId>>, link: DeskLink) -> impl IntoView {
    let row = Memo::new(move |_| link.view.with(|view| view.rows.iter().find(|row| row.team == team).cloned()));
    let gone = move || row.with(|row| row.as_ref().is_some_and(|row| row.devices.is_empty() && row.was_here));
    let state = Memo::new(move |_| {
        let changed_ms = row.with(|row| row.as_ref().and_then(|row| row.changed_ms));
        match changed_ms {
            None => "empty",
            Some(changed_ms) if link.now_ms.get() - changed_ms < RESTING_MS => "writing",
            Some(_) => "resting",
        }
    });
    // Another view of the row only when its pages change, not with each keypress.
    let connections = Memo::new(move |_| {
        row.get().map(|row| WallRow { text: String::new(), changed_ms: None, late: 0, mark: None, ..row })
    });
    let text = move |of: fn(&WallRow) -> String| row.with(|row| row.as_ref().map(of).unwrap_or_default());
    let marked = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.mark.clone())));
    // Built anew for another question only, so that a mark that is being typed is left alone.
    let marking = Memo::new(move |_| question.get().filter(|_| marked.with(Option::is_some)));
    view! {
        <tr class:gone=gone>
            <th scope="row">{move || text(|row| row.name.clone())}</th>
            <td class="text secret" data-state=state>{move || text(|row| row.text.clone())}</td>
            <td class="state">
                {state}
                {move || text(|row| if row.late > 0 { format!(" · {} late", row.late) } else { String::new() })}
            </td>
            <td class="link">{move || connections.get().as_ref().map(connection)}</td>
            <td class="mark">
                {move || marking.get().map(|question| view! {
                    <MarkField team question mark=marked link />
                    <HistoryButton team question link />
                })}
            </td>
        </tr>
    }
}

/// How each page of a team is connected; "gone", or "not here yet".
fn connection(row: &WallRow) -> Vec<AnyView> {
    if row.devices.is_empty() {
        let gone = if row.was_here { "gone" } else { "not here yet" };
        return vec![view! { <span>{gone}</span> }.into_any()];
    }
    let devices = row.devices.iter().map(|device| {
        let polling = (device.transport == Transport::Polling).then_some(" by polling");
        match device.line {
            Some(line) => {
                let quality = format!("{}, grace {} ms", quality(line), device.grace_ms);
                view! { <span>{delay(line)}{polling}<small>{quality}</small></span> }.into_any()
            }
            None => view! { <span>"here"{polling}</span> }.into_any(),
        }
    });
    let count = (row.devices.len() > 1).then(|| format!("{} pages: ", row.devices.len()));
    count.map(|count| view! { <span>{count}</span> }.into_any()).into_iter().chain(devices).collect()
}

fn ms(us: u32) -> u32 {
    us.div_ceil(1_000)
}

/// "12 ms": there and back.
fn delay(line: LineQuality) -> String {
    format!("{} ms", ms(line.delay_us))
}

/// "up to 30, clock ±2 ms".
fn quality(line: LineQuality) -> String {
    format!("up to {}, clock ±{} ms", ms(line.delay_us + line.jitter_us), ms(line.clock_error_us))
}
