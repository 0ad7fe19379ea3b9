//! What goes over a connection until the reveal. Frames of one way keep their order, so a slow one holds up the next.

use crate::line::{Line, Way};
use crate::page_clock::PageClock;
use crate::{MS, REVEAL_US, S};
use protocol::ids::Micros;
use protocol::limits;
use std::collections::BTreeSet;

/// From beat to beat in peace.
pub const BEAT_US: Micros = limits::BEAT_MS as Micros * MS;
/// How long beats are quick, and from one to the next then.
const BURST_US: Micros = limits::BURST_MS as Micros * MS;
const QUICK_US: usize = limits::BURST_BEAT_MS as usize * MS as usize;

/// What the pages wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A reveal or a deadline, before which heartbeats come quickly for 3 s.
    Reveal,
    /// Nothing: some moment of a question, with the steady beat alone.
    Quiet,
}

/// A frame of the server, as the page hears it.
#[derive(Debug)]
pub struct Frame {
    /// When it left, by the server's clock.
    pub sent_us: Micros,
    /// When it came, by the page's.
    pub received_us: Micros,
    /// The answers to earlier frames that came to the server since the last.
    pub answers: Vec<Answer>,
}

/// An answer of the page.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// When it left, by the page's clock.
    pub sent_us: Micros,
    /// When it came, by the server's.
    pub received_us: Micros,
}

/// What a page has heard before the reveal; it answers each frame at once.
pub fn heard(line: &Line, clock: &PageClock, connected_us: Micros, moment: Moment) -> Vec<Frame> {
    let (mut heard, mut waiting) = (Vec::new(), Vec::new());
    let (mut came_up_us, mut came_down_us) = (connected_us, connected_us);
    let mut beats: BTreeSet<Micros> = sent(connected_us, moment).collect();
    let mut renewal = Renewal { under_way_us: None, rested_us: connected_us + BURST_US + BEAT_US };
    while let Some(sent_us) = beats.pop_first() {
        let answers = waiting.extract_if(.., |answer: &mut Answer| answer.received_us <= sent_us).collect();
        came_down_us = clock.awake_us(line.arrival_us(Way::Down, sent_us).max(came_down_us));
        if came_down_us > REVEAL_US {
            break;
        }
        let received_us = clock.reading_us(came_down_us);
        heard.push(Frame { sent_us, received_us, answers });
        came_up_us = line.arrival_us(Way::Up, came_down_us).max(came_up_us);
        let answer = Answer { sent_us: received_us, received_us: came_up_us };
        if renewal.is_due(answer) {
            beats.extend((came_up_us..came_up_us + BURST_US).step_by(QUICK_US));
        }
        waiting.push(answer);
    }
    heard
}

/// When the server beats at once: an answer disagrees with the one before about the clocks.
struct Renewal {
    under_way_us: Option<Micros>,
    /// Not again before this.
    rested_us: Micros,
}

impl Renewal {
    fn is_due(&mut self, answer: Answer) -> bool {
        let now_us = answer.received_us - answer.sent_us;
        let before_us = self.under_way_us.replace(now_us).unwrap_or(now_us);
        let is_due = (now_us - before_us).abs() > limits::CLOCK_STEP_US && answer.received_us > self.rested_us;
        if is_due {
            self.rested_us = answer.received_us + BURST_US + BEAT_US;
        }
        is_due
    }
}

/// When the server sends: quickly at first, then a beat every 2 s, and quickly again during a count-in.
fn sent(connected_us: Micros, moment: Moment) -> impl Iterator<Item = Micros> {
    let count_in_us = REVEAL_US - if moment == Moment::Reveal { 3 * S } else { 0 };
    let first = (connected_us..connected_us + BURST_US).step_by(QUICK_US);
    let beats = (1..).map(move |index| connected_us + index * BEAT_US).take_while(move |&at_us| at_us < count_in_us);
    first.chain(beats).chain((count_in_us..REVEAL_US).step_by(QUICK_US))
}
