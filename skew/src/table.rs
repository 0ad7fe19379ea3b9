//! What is printed.

use crate::method::Method;
use crate::room::{PAGES, ROOMS, Room, Rooms};
use crate::scenario::{Scenario, accidents, asymmetric, lines};
use crate::spread::{median, worst};

const NAME: usize = 42;

/// One line for each kind of line: how far apart the pages reveal, by method.
pub fn spreads() -> String {
    let mut table = format!("From the first to the last of {PAGES} reveals, ms; the median of {ROOMS} rooms\n\n");
    table += &format!("{:NAME$}", "jitter each way");
    table += "arrival  one probe  timesync  best of 32   ours  timesync/ours  our bound  not covered\n";
    lines().iter().for_each(|scenario| table += &line(scenario));
    let rooms = Rooms::drawn(&asymmetric());
    let (ours_us, floor_us) = (rooms.spread_us(Method::Ours), rooms.median(Room::floor_us));
    table += &format!(
        "\nOn asymmetric paths no method gets below {:.2} ms; ours / that: {:.3}\n",
        floor_us / 1e3,
        ours_us / floor_us
    );
    table
}

fn line(scenario: &Scenario) -> String {
    let rooms = Rooms::drawn(scenario);
    let [arrival, one_probe, timesync, best, ours] = Method::ALL.map(|method| rooms.spread_us(method) / 1e3);
    let spreads = format!("{arrival:>7.1}  {one_probe:>9.1}  {timesync:>8.1}  {best:>10.1}  {ours:>5.2}");
    let (ratio, bound) = (timesync / ours, rooms.median(|room| median(&room.bounds_us())) / 1e3);
    format!("{:NAME$}{spreads}  {ratio:>13.1}  {bound:>6.0} ms  {:>11}\n", scenario.name, rooms.uncovered())
}

/// One line for each accident: how wrong our pages are at the instant.
pub fn errors() -> String {
    let mut table = String::from("How wrong our pages are at the instant, ms; mean jitter 10 ms\n\n");
    table += &format!("{:NAME$} median     worst  our bound  not covered of {}\n", "the clock", PAGES * ROOMS);
    for scenario in accidents() {
        let rooms = Rooms::drawn(&scenario);
        let of_ours = |of: fn(&[f64]) -> f64| {
            rooms.median(|room| of(&room.errors_us(Method::Ours).into_iter().map(f64::abs).collect::<Vec<_>>())) / 1e3
        };
        table += &format!(
            "{:NAME$}{:>7.1}  {:>8.1}  {:>6.0} ms  {:>11}\n",
            scenario.name,
            of_ours(median),
            of_ours(worst),
            rooms.median(|room| median(&room.bounds_us())) / 1e3,
            rooms.uncovered(),
        );
    }
    table
}
