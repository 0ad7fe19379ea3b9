//! The algorithm of the npm package `timesync` (github.com/enmasseio/timesync, `src/timesync.js`), with its defaults.

use crate::device::Device;
use crate::line::Way;
use crate::spread::{deviation, mean, median};
use crate::{REVEAL_US, S};
use protocol::ids::Micros;

/// `repeat`: requests of one synchronisation.
const REQUESTS: Micros = 5;

/// `delay`: from an answer to the next request.
const PAUSE_US: Micros = S;

/// What one request measured.
struct Measured {
    offset_us: f64,
    round_trip_us: f64,
}

/// What a synchronisation comes to that would end at the reveal if there were no jitter. It counts even if it ends
/// later, which is kinder than its default of one an hour (`interval`), and takes no pick among the lucky ones.
pub fn offset_us(device: &Device) -> Option<f64> {
    let least_us = REQUESTS * (device.line.up_us + device.line.down_us) + (REQUESTS - 1) * PAUSE_US;
    let measured = synchronised(device, REVEAL_US - least_us);
    let round_trips: Vec<_> = measured.iter().map(|one| one.round_trip_us).collect();
    let limit_us = median(&round_trips) + deviation(&round_trips);
    let kept: Vec<_> = measured.iter().filter(|one| one.round_trip_us < limit_us).map(|one| one.offset_us).collect();
    (!kept.is_empty()).then(|| mean(&kept))
}

fn synchronised(device: &Device, begin_us: Micros) -> Vec<Measured> {
    let mut sent_us = begin_us;
    let request = |_| {
        let server_us = device.line.arrival_us(Way::Up, sent_us);
        let answered_us = device.line.arrival_us(Way::Down, server_us);
        let [start, end] = [sent_us, answered_us].map(|at_us| device.clock.reading_us(at_us) as f64);
        sent_us = answered_us + PAUSE_US;
        Measured { offset_us: server_us as f64 - end + (end - start) / 2.0, round_trip_us: end - start }
    };
    (0..REQUESTS).map(request).collect()
}
