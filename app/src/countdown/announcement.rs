//! What a screen reader hears of a countdown: a few words, once each.

use super::seconds_left;
use protocol::ids::Millis;
use protocol::view::Span;

/// A clock that is longer than this is worth a word at half a minute.
const LONG_MS: Millis = 45_000;
/// A page that slept may cross a mark late: by more than this the words would not be true any more.
const LATE_S: i64 = 1;

/// What has been announced of one clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct Announcement {
    /// The words.
    pub words: &'static str,
    to_ms: Millis,
    /// The least that was ever seen: an estimate of the server's clock that steps back crosses nothing twice.
    left_s: i64,
}

impl Announcement {
    /// What is announced now, after what was before. Only a mark that is crossed while it is looked at has its words:
    /// neither the first look at a clock nor one that was just moved has any.
    pub fn next(before: Option<&Self>, Span { from_ms, to_ms }: Span, now_ms: Millis) -> Self {
        let left_s = seconds_left(to_ms, now_ms);
        let Some(before) = before.filter(|before| before.to_ms == to_ms) else {
            return Self { words: "", to_ms, left_s };
        };
        let left_s = left_s.min(before.left_s);
        Self { words: crossed(to_ms - from_ms > LONG_MS, before.left_s, left_s).unwrap_or(before.words), to_ms, left_s }
    }
}

/// The words for the mark that lies between two readings.
fn crossed(is_long: bool, before_s: i64, left_s: i64) -> Option<&'static str> {
    let marks = [(5, "5 seconds"), (10, "10 seconds left"), (30, "30 seconds left")];
    let marks = &marks[..if is_long { 3 } else { 2 }];
    let mark = marks.iter().find(|(mark_s, _)| before_s > *mark_s && (mark_s - LATE_S..=*mark_s).contains(&left_s));
    mark.map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is heard, in order, when a page shows a clock at these instants.
    fn heard(looks: impl IntoIterator<Item = (Span, Millis)>) -> Vec<&'static str> {
        let (mut last, mut heard) = (None::<Announcement>, Vec::new());
        for (clock, now_ms) in looks {
            let next = Announcement::next(last.as_ref(), clock, now_ms);
            if last.is_none_or(|last| last.words != next.words) && !next.words.is_empty() {
                heard.push(next.words);
            }
            last = Some(next);
        }
        heard
    }

    fn clock(seconds: i64) -> Span {
        Span { from_ms: 1_000, to_ms: 1_000 + seconds * 1_000 }
    }

    fn every_frame(clock: Span, from_ms: Millis) -> impl Iterator<Item = (Span, Millis)> {
        (from_ms..clock.to_ms + 500).step_by(16).map(move |now_ms| (clock, now_ms))
    }

    #[test]
    fn each_mark_is_heard_once_and_half_a_minute_only_of_a_long_clock() {
        assert_eq!(heard(every_frame(clock(30), 0)), ["10 seconds left", "5 seconds"]);
        assert_eq!(heard(every_frame(clock(45), 0)), ["10 seconds left", "5 seconds"]);
        assert_eq!(heard(every_frame(clock(60), 0)), ["30 seconds left", "10 seconds left", "5 seconds"]);
    }

    #[test]
    fn who_comes_late_hears_only_what_is_still_to_come() {
        let clock = clock(60);
        assert_eq!(heard(every_frame(clock, clock.to_ms - 9_500)), ["5 seconds"]);
        assert_eq!(heard(every_frame(clock, clock.to_ms - 5_000)), [""; 0]);
    }

    #[test]
    fn a_page_that_slept_says_nothing_untrue() {
        let clock = clock(60);
        let look = |left_ms| (clock, clock.to_ms - left_ms);
        assert_eq!(heard([look(40_000), look(7_000), look(4_500)]), ["5 seconds"]);
        assert_eq!(heard([look(12_000), look(3_000)]), [""; 0]);
        assert_eq!(heard([look(12_000), look(8_500)]), ["10 seconds left"]);
    }

    #[test]
    fn a_clock_estimate_that_steps_back_repeats_nothing() {
        let clock = clock(30);
        let looks = [10_020, 9_990, 10_010, 9_980].map(|left_ms| (clock, clock.to_ms - left_ms));
        assert_eq!(heard(looks), ["10 seconds left"]);
    }

    #[test]
    fn added_time_is_announced_again_only_where_it_crosses_again() {
        let (short, long) = (clock(30), clock(60));
        let before = every_frame(short, 0).take_while(|(clock, now_ms)| clock.to_ms - now_ms > 8_000);
        let after = every_frame(long, short.to_ms - 8_000);
        let all = ["10 seconds left", "30 seconds left", "10 seconds left", "5 seconds"];
        assert_eq!(heard(before.chain(after)), all);
    }
}
