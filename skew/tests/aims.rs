//! What the clock has to be good for, on lines of every kind and after accidents.

use skew::method::Method;
use skew::room::{Room, Rooms};
use skew::scenario::{accidents, asymmetric, lines};
use skew::spread::worst;

#[test]
fn pages_reveal_within_2_ms_at_10_ms_of_jitter_and_within_5_at_30() {
    for (scenario, most_us) in lines().iter().zip([2_000.0, 5_000.0]) {
        let spread_us = Rooms::drawn(scenario).spread_us(Method::Ours);
        assert!(spread_us <= most_us, "{}: {spread_us} µs", scenario.name);
    }
}

#[test]
fn the_spread_is_a_sixth_of_timesyncs_or_less_whatever_the_jitter() {
    for scenario in &lines()[..4] {
        let rooms = Rooms::drawn(scenario);
        let [theirs_us, ours_us] = [Method::Timesync, Method::Ours].map(|method| rooms.spread_us(method));
        assert!(ours_us * 6.0 <= theirs_us, "{}: {ours_us} against {theirs_us} µs", scenario.name);
    }
}

#[test]
fn on_asymmetric_paths_the_spread_is_within_a_twentieth_of_what_no_method_can_see() {
    let rooms = Rooms::drawn(&asymmetric());
    let (ours_us, floor_us) = (rooms.spread_us(Method::Ours), rooms.median(Room::floor_us));
    assert!(ours_us <= 1.05 * floor_us, "{ours_us} against {floor_us} µs");
}

#[test]
fn no_page_is_more_wrong_than_it_says() {
    for scenario in lines().iter().chain(&accidents()) {
        assert_eq!(Rooms::drawn(scenario).uncovered(), 0, "{}", scenario.name);
    }
}

#[test]
fn a_count_in_is_enough_to_recover_from_sleep_and_from_a_clock_that_was_set() {
    for scenario in &accidents()[..3] {
        let rooms = Rooms::drawn(scenario);
        let worst_us = rooms.median(|room| worst(&room.errors_us(Method::Ours)));
        assert!(worst_us <= 2_000.0 && rooms.uncovered() == 0, "{}: {worst_us} µs", scenario.name);
    }
}
