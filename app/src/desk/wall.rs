//! The wall: all teams' answers as they type.

use super::DeskLink;
use crate::points::{mark, points};
use leptos::prelude::*;
use protocol::client::FromDesk;
use protocol::ids::{QuestionId, TeamId};
use protocol::view::{Cents, Mark, WallRow};

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
    let gone = move || row.with(|row| row.as_ref().is_some_and(|row| row.devices == 0 && row.rtt_ms.is_some()));
    let state = Memo::new(move |_| {
        let changed_ms = row.with(|row| row.as_ref().and_then(|row| row.changed_ms));
        match changed_ms {
            None => "empty",
            Some(changed_ms) if link.now_ms.get() - changed_ms < RESTING_MS => "writing",
            Some(_) => "resting",
        }
    });
    let text = move |of: fn(&WallRow) -> String| row.with(|row| row.as_ref().map(of).unwrap_or_default());
    let marked = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.mark.clone())));
    view! {
        <tr class:gone=gone>
            <th scope="row">{move || text(|row| row.name.clone())}</th>
            <td class="text secret" data-state=state>{move || text(|row| row.text.clone())}</td>
            <td class="state">
                {state}
                {move || text(|row| if row.late > 0 { format!(" · {} late", row.late) } else { String::new() })}
            </td>
            <td class="link">{move || text(connection)}</td>
            <td class="mark">
                {move || marked.get().zip(question.get()).map(|(mark, question)| view! { <MarkField team question mark link /> })}
            </td>
        </tr>
    }
}

/// "2 pages · 12 ms", "gone", or "not here yet".
fn connection(row: &WallRow) -> String {
    let pages = match row.devices {
        0 if row.rtt_ms.is_none() => return "not here yet".into(),
        0 => return "gone".into(),
        1 => "here".to_owned(),
        devices => format!("{devices} pages"),
    };
    row.rtt_ms.map(|rtt_ms| format!("{pages} · {rtt_ms} ms")).unwrap_or(pages)
}

/// A mark with its reason, and a way to set another.
#[component]
pub fn MarkField(team: TeamId, question: QuestionId, mark: Mark, link: DeskLink) -> impl IntoView {
    let typed = RwSignal::new(mark.cents.map(points).unwrap_or_default());
    let set = move |cents: Option<Cents>| link.send.run(FromDesk::Mark { team, question, cents });
    let most = mark.of;
    let save = move |_| {
        if let Some(cents) = parse(&typed.get_untracked()).filter(|cents| *cents <= most) {
            set(Some(cents));
        }
    };
    view! {
        <details class="set-mark" class:by-hand=mark.by_hand class:pending=mark.cents.is_none()>
            <summary title=mark.why.clone()>{self::mark(&mark)}</summary>
            <p class="why">{mark.why.clone()}</p>
            <label>
                "Points "
                <input type="text" inputmode="decimal" size="5" prop:value=typed on:input=move |event| typed.set(event_target_value(&event)) />
            </label>
            <button class="secondary" type="button" on:click=save>"Set"</button>
            {mark.by_hand.then(|| view! { <button class="quiet" type="button" on:click=move |_| set(None)>"Undo"</button> })}
        </details>
    }
}

/// Points as typed, in hundredths. By hand, because reading floats would cost every page tens of kilobytes of tables.
fn parse(text: &str) -> Option<Cents> {
    let text = text.trim();
    let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str, most: usize| part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole, 5) || !digits(rest, 2) {
        return None;
    }
    let cents: Cents = format!("{rest:0<2}").parse().ok()?;
    Some(whole.parse::<Cents>().ok()? * 100 + cents)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn points_are_read_with_comma_or_dot_and_never_negative() {
        assert_eq!(
            ["7", "7,5", " 0.25 ", "-1", "x", "1e9", "", ".5", "1.234"].map(parse),
            [Some(700), Some(750), Some(25), None, None, None, None, None, None]
        );
    }
}
