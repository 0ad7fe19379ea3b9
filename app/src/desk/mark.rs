//! Marks, and setting them by hand.

use super::DeskLink;
use crate::points::points;
use crate::words;
use leptos::prelude::*;
use protocol::client::FromDesk;
use protocol::ids::{QuestionId, TeamId};
use protocol::view::{Cents, Mark};

/// A mark with its reason, and a way to set another. What is being typed stays when the mark moves.
#[component]
pub fn MarkField(
    team: TeamId,
    question: QuestionId,
    #[prop(into)] mark: Signal<Option<Mark>>,
    link: DeskLink,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let given = move || mark.with(|mark| mark.as_ref().and_then(|mark| mark.cents).map(points).unwrap_or_default());
    let set = move |cents: Option<Cents>| {
        typed.set(None);
        link.send.run(FromDesk::Mark { team, question, cents });
    };
    let save = move |_| {
        let most = mark.with_untracked(|mark| mark.as_ref().map_or(0, |mark| mark.of));
        let cents = typed.get_untracked().and_then(|typed| parse(&typed)).filter(|cents| *cents <= most);
        if let Some(cents) = cents {
            set(Some(cents));
        }
    };
    let is = move |holds: fn(&Mark) -> bool| mark.with(|mark| mark.as_ref().is_some_and(holds));
    let why = move || mark.with(|mark| mark.as_ref().map(words::reason));
    view! {
        <details class="set-mark" class:by-hand=move || is(|mark| mark.by_hand) class:pending=move || is(|mark| mark.cents.is_none())>
            <summary title=why>{move || mark.with(|mark| mark.as_ref().map(words::mark))}</summary>
            <p class="why">{why}</p>
            <label>
                "Points "
                <input
                    type="text"
                    inputmode="decimal"
                    size="5"
                    prop:value=move || typed.get().unwrap_or_else(given)
                    on:input=move |event| typed.set(Some(event_target_value(&event)))
                />
            </label>
            <button class="secondary" type="button" on:click=save>"Set"</button>
            <Show when=move || is(|mark| mark.by_hand)>
                <button class="quiet" type="button" on:click=move |_| set(None)>"Undo"</button>
            </Show>
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
