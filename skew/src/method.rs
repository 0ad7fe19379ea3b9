//! Ways for a page to find the instant of the reveal.

mod timesync;

use crate::REVEAL_US;
use crate::device::Device;
use crate::line::Way;
use protocol::clock::{Estimate, Estimator};

/// A way to find the instant of the reveal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The server says so at the instant, and the page shows it on arrival.
    Arrival,
    /// The clock of the last exchange of stamps.
    OneProbe,
    /// The algorithm of the npm package `timesync`.
    Timesync,
    /// Of the last 32 exchanges, the one with the least round trip.
    BestOf32,
    /// `protocol::clock`.
    Ours,
}

impl Method {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 5] = [Self::Arrival, Self::OneProbe, Self::Timesync, Self::BestOf32, Self::Ours];

    /// How late the page reveals, in microseconds; early, if negative. A page that does not know the clock shows on
    /// arrival.
    pub fn error_us(self, device: &Device) -> f64 {
        let offset_us = match self {
            Self::Arrival => None,
            Self::OneProbe => exchanges(device).last().map(|exchange| exchange.offset_us),
            Self::Timesync => timesync::offset_us(device),
            Self::BestOf32 => best_of_32(device),
            Self::Ours => estimate(device).map(|estimate| estimate.offset_us as f64),
        };
        offset_us.map_or_else(
            || (device.line.arrival_us(Way::Down, REVEAL_US) - REVEAL_US) as f64,
            |offset_us| device.clock.offset_us(REVEAL_US) - offset_us,
        )
    }
}

/// What our estimator knows at the reveal.
pub fn estimate(device: &Device) -> Option<Estimate> {
    let mut estimator = Estimator::default();
    for frame in &device.heard {
        estimator.down(frame.sent_us, frame.received_us, 0);
        for answer in &frame.answers {
            estimator.up(answer.sent_us, answer.received_us, frame.received_us);
        }
    }
    estimator.estimate(device.clock.reading_us(REVEAL_US))
}

/// A frame up and one down, as NTP takes them together.
struct Exchange {
    offset_us: f64,
    round_trip_us: f64,
}

fn exchanges(device: &Device) -> impl DoubleEndedIterator<Item = Exchange> {
    device.heard.iter().flat_map(|frame| {
        frame.answers.iter().map(|answer| {
            let up_us = (answer.received_us - answer.sent_us) as f64;
            let down_us = (frame.received_us - frame.sent_us) as f64;
            Exchange { offset_us: (up_us - down_us) / 2.0, round_trip_us: up_us + down_us }
        })
    })
}

fn best_of_32(device: &Device) -> Option<f64> {
    exchanges(device)
        .rev()
        .take(32)
        .min_by(|one, other| one.round_trip_us.total_cmp(&other.round_trip_us))
        .map(|exchange| exchange.offset_us)
}
