//! How a question opens: who has it already, and how close together it was shown.

use super::DeskLink;
use crate::words;
use leptos::prelude::*;
use protocol::view::{RevealReport, RollCall};

/// Names that are listed; more would push the buttons away.
const NAMED: usize = 6;

/// While pages are waited for: "23 of 24 ready", and who is not.
#[component]
pub fn Waiting(link: DeskLink) -> impl IntoView {
    let roll_call = Memo::new(move |_| link.view.with(|view| view.roll_call.clone()));
    move || {
        roll_call.get().map(|roll_call| {
            let RollCall { ready, pages, waiting } = roll_call;
            view! {
                <div class="roll-call" aria-live="polite">
                    <p><b>{format!("{ready} of {pages} ready")}</b>" It opens by itself as soon as all are."</p>
                    <progress max=pages.to_string() value=ready.to_string() aria-label="Pages that are ready"></progress>
                    <p class="hint">{loading(&waiting)}</p>
                </div>
            }
        })
    }
}

fn name(team: &Option<String>) -> &str {
    team.as_deref().unwrap_or(words::SCREEN)
}

fn loading(waiting: &[(Option<String>, u8)]) -> String {
    let named = waiting.iter().take(NAMED).map(|(team, percent)| format!("{} still loading, {percent} %", name(team)));
    let named: Vec<_> = named.collect();
    let rest = waiting.len().saturating_sub(NAMED);
    let more = if rest > 0 { format!("; and {rest} more") } else { String::new() };
    named.join("; ") + &more
}

/// After a reveal: "Shown on 24 laptops within 3 ms".
#[component]
pub fn Spread(#[prop(into)] reveal: Signal<Option<RevealReport>>) -> impl IntoView {
    move || {
        reveal.get().map(|reveal| {
            let (late, coarse) = (late(&reveal.late), coarse(&reveal.coarse));
            view! {
                <p class="spread">
                    {together(&reveal)}
                    {coarse}
                    {(!late.is_empty()).then(|| view! { " "<span class="tardy">{late}</span> })}
                </p>
            }
        })
    }
}

fn together(reveal: &RevealReport) -> String {
    let ms = |us: u32| us.div_ceil(1_000);
    let [usual_ms, most_ms] = reveal.clock_errors_us.map(ms);
    let clocks = match most_ms > usual_ms {
        true => format!("±{usual_ms} ms, at most ±{most_ms} ms"),
        false => format!("±{usual_ms} ms"),
    };
    match reveal.together.laptops {
        0 => String::new(),
        1 => format!("Shown on 1 laptop, clock {clocks}."),
        laptops => format!("Shown on {laptops} laptops within {} ms, clocks {clocks}.", ms(reveal.together.spread_us)),
    }
}

fn late(late: &[(Option<String>, u32)]) -> String {
    let named = late.iter().take(NAMED).map(|(team, after_us)| match after_us / 1_000 {
        after_ms @ 0..2_000 => format!("{} {after_ms} ms", name(team)),
        after_ms => format!("{} {} s", name(team), after_ms / 1_000),
    });
    let named: Vec<_> = named.collect();
    let rest = late.len().saturating_sub(NAMED);
    match (named.is_empty(), rest) {
        (true, _) => String::new(),
        (false, 0) => format!("Late: {}.", named.join(", ")),
        (false, rest) => format!("Late: {} and {rest} more.", named.join(", ")),
    }
}

fn coarse(coarse: &[Option<String>]) -> String {
    let named = coarse.iter().take(NAMED).map(name).collect::<Vec<_>>().join(", ");
    match (coarse.len(), coarse.len().saturating_sub(NAMED)) {
        (0, _) => String::new(),
        (1, _) => format!(" {named}: its clock is coarse, and not counted."),
        (_, 0) => format!(" {named}: their clocks are coarse, and not counted."),
        (_, rest) => format!(" {named} and {rest} more: their clocks are coarse, and not counted."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::view::Together;

    #[test]
    fn the_spread_in_words() {
        let of = |laptops, spread_us, most_us| RevealReport {
            together: Together { laptops, spread_us },
            clock_errors_us: [1_200, most_us],
            late: Vec::new(),
            coarse: Vec::new(),
        };
        assert_eq!(together(&of(1, 0, 1_200)), "Shown on 1 laptop, clock ±2 ms.");
        let said = "Shown on 24 laptops within 3 ms, clocks ±2 ms, at most ±150 ms.";
        assert_eq!(together(&of(24, 2_100, 150_000)), said);
    }

    #[test]
    fn clocks_that_are_coarse_are_named_and_not_counted() {
        assert_eq!(coarse(&[]), "");
        assert_eq!(coarse(&[Some("A".into())]), " A: its clock is coarse, and not counted.");
        assert_eq!(coarse(&[Some("A".into()), None]), " A, Big screen: their clocks are coarse, and not counted.");
    }

    #[test]
    fn who_was_late_and_who_is_loading() {
        assert_eq!(late(&[]), "");
        assert_eq!(late(&[(Some("A".into()), 35_000_000), (None, 340_500)]), "Late: A 35 s, Big screen 340 ms.");
        let many: Vec<_> = (0..8).map(|at| (Some(format!("T{at}")), 40)).collect();
        assert!(loading(&many).ends_with("T5 still loading, 40 %; and 2 more"));
    }
}
