//! What goes over a connection until the reveal. Frames of one way keep their order, so a slow one holds up the next.

use crate::line::{Line, Way};
use crate::page_clock::PageClock;
use crate::{MS, REVEAL_US, S};
use protocol::ids::Micros;

/// From beat to beat in peace.
pub const BEAT_US: Micros = 2 * S;

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
    for sent_us in sent(connected_us, moment) {
        let answers = waiting.extract_if(.., |answer: &mut Answer| answer.received_us <= sent_us).collect();
        came_down_us = clock.awake_us(line.arrival_us(Way::Down, sent_us).max(came_down_us));
        if came_down_us > REVEAL_US {
            break;
        }
        let received_us = clock.reading_us(came_down_us);
        heard.push(Frame { sent_us, received_us, answers });
        came_up_us = line.arrival_us(Way::Up, came_down_us).max(came_up_us);
        waiting.push(Answer { sent_us: received_us, received_us: came_up_us });
    }
    heard
}

/// When the server sends: 8 frames 100 ms apart at first, a beat every 2 s, one every 75 ms during a count-in.
fn sent(connected_us: Micros, moment: Moment) -> impl Iterator<Item = Micros> {
    let count_in_us = REVEAL_US - if moment == Moment::Reveal { 3 * S } else { 0 };
    let first = (0..8).map(move |index| connected_us + index * 100 * MS);
    let beats = (1..).map(move |index| connected_us + index * BEAT_US).take_while(move |&at_us| at_us < count_in_us);
    first.chain(beats).chain((count_in_us..REVEAL_US).step_by(75 * MS as usize))
}
