//! The countdown: the same number on every screen at the same instant.

mod announcement;

use announcement::Announcement;
use leptos::prelude::*;
use protocol::ids::Millis;
use protocol::limits;
use protocol::view::Span;

/// Seconds from which it turns urgent.
const URGENT_S: i64 = 10;
/// Seconds that are counted in.
const COUNT_IN_S: i64 = limits::COUNT_IN_MS / 1_000;
/// Seconds that are counted one by one, each with a beat.
const LAST_S: i64 = 5;

/// Whole seconds that are left, the last one counted until it is over.
pub fn seconds_left(to_ms: Millis, now_ms: Millis) -> i64 {
    (to_ms - now_ms).max(0).div_euclid(1_000) + i64::from((to_ms - now_ms).max(0) % 1_000 > 0)
}

/// `1:05`, `0:09`.
pub fn clock_face(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A ring that empties around the time that is left.
#[component]
pub fn Countdown(#[prop(into)] clock: Signal<Option<Span>>, now_ms: ReadSignal<Millis>) -> impl IntoView {
    let left =
        Memo::new(move |_| clock.get().map_or(0, |clock| seconds_left(clock.to_ms, now_ms.get().max(clock.from_ms))));
    let arc = Memo::new(move |_| {
        let Some(Span { from_ms, to_ms }) = clock.get() else { return 0 };
        let (whole, left) = ((to_ms - from_ms).max(1), (to_ms - now_ms.get()).clamp(0, to_ms - from_ms));
        // In steps of 100 ms: finer than anybody sees, and a laptop without a graphics card need not draw each frame anew.
        (left - left.rem_euclid(100)) * 1_000 / whole
    });
    let announced = Memo::new_with_compare(
        move |before: Option<&Announcement>| match (clock.get(), now_ms.get()) {
            // Until the server's clock is known, no second has been seen.
            (Some(clock), now_ms @ 1..) => Announcement::next(before, clock, now_ms),
            _ => Announcement::default(),
        },
        |before, now| before.map(|before| before.words) != now.map(|now| now.words),
    );
    view! {
        <div class=move || look(left.get())>
            <svg viewBox="0 0 100 100" aria-hidden="true">
                <circle class="track" cx="50" cy="50" r="45" />
                <circle class="rest" cx="50" cy="50" r="45" pathLength="1000" stroke-dasharray=move || format!("{} 1000", arc.get()) />
            </svg>
            <span class="digits" role="timer" aria-label="Time left" aria-live="off">{move || clock_face(left.get())}</span>
            <span class="visually-hidden" aria-live="polite">{move || announced.get().words}</span>
        </div>
    }
}

/// How it looks, each second anew: odd and even, so that the beat starts again with the digit.
fn look(left_s: i64) -> &'static str {
    match (left_s, left_s % 2) {
        (..=LAST_S, 0) => "countdown urgent last",
        (..=LAST_S, _) => "countdown urgent last odd",
        (..=URGENT_S, _) => "countdown urgent",
        _ => "countdown",
    }
}

/// 3-2-1 before a question; until its instant is set, that it comes.
#[component]
pub fn CountIn(#[prop(into)] reveal_ms: Signal<Option<Millis>>, now_ms: ReadSignal<Millis>) -> impl IntoView {
    let left = Memo::new(move |_| {
        let seconds = seconds_left(reveal_ms.get()?, now_ms.get());
        // Zero is not for counting: the question comes. A page whose clock is a moment behind begins with a 3, like all.
        Some(seconds.clamp(1, COUNT_IN_S))
    });
    move || match left.get() {
        Some(seconds) => {
            view! { <div class="count-in" role="timer" aria-label="Opens in">{seconds.to_string()}</div> }.into_any()
        }
        None => view! { <p class="lead get-ready">"Get ready…"</p> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_second_counts_until_it_is_over() {
        assert_eq!([10_000, 9_999, 9_001, 9_000, 1, 0, -5].map(|left| seconds_left(left, 0)), [10, 10, 10, 9, 1, 0, 0]);
        assert_eq!([65, 9].map(clock_face), ["1:05", "0:09"]);
    }
}
