//! Which note sounds at which instant.

use protocol::ids::Millis;
use protocol::view::ScreenStage;

/// How long before it sounds a note is handed to the loudspeaker, whose own clock no busy frame can delay. Shorter than
/// the second between two notes, so that one at a time is under way.
const AHEAD_MS: Millis = 700;
/// How late a note still makes sense: the first one of a count-in is due when the page hears of it.
const LATE_MS: Millis = 250;
/// What the loudspeaker can play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// 3, before a question.
    Low,
    /// 2.
    Middle,
    /// 1.
    High,
    /// One of the last seconds.
    Tick,
    /// The time is up.
    Gong,
}

/// A tone and its instant by the server's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// When it sounds.
    pub at_ms: Millis,
    /// How.
    pub tone: Tone,
}

/// What is being counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Score {
    /// 3-2-1 until a question opens.
    CountIn(Millis),
    /// The clock of a question or of a rating, until it runs out.
    Clock(Millis),
}

impl Score {
    /// What is counted in a stage.
    pub fn of(stage: &ScreenStage) -> Option<Self> {
        let count_in = stage.reveal_ms().map(Self::CountIn);
        count_in.or_else(|| Some(Self::Clock(stage.clock()?.to_ms)))
    }

    /// The note to play now or in a moment.
    pub fn due(self, now_ms: Millis) -> Option<Note> {
        let (Self::CountIn(end_ms) | Self::Clock(end_ms)) = self;
        (0..=5).find_map(|left_s| {
            let at_ms = end_ms - left_s * 1_000;
            let tone = self.tone(left_s).filter(|_| (-LATE_MS..=AHEAD_MS).contains(&(at_ms - now_ms)))?;
            Some(Note { at_ms, tone })
        })
    }

    fn tone(self, left_s: i64) -> Option<Tone> {
        match (self, left_s) {
            (Self::CountIn(_), 3) => Some(Tone::Low),
            (Self::CountIn(_), 2) => Some(Tone::Middle),
            (Self::CountIn(_), 1) => Some(Tone::High),
            (Self::Clock(_), 1..=5) => Some(Tone::Tick),
            (Self::Clock(_), 0) => Some(Tone::Gong),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is played when a page looks at a score with every frame: each note with how far ahead it is.
    fn played(score: Score, from_ms: Millis, to_ms: Millis) -> Vec<(Tone, Millis)> {
        let (mut last, mut played) = (None, Vec::new());
        for now_ms in (from_ms..to_ms).step_by(10) {
            let due = score.due(now_ms);
            if due != last {
                played.extend(due.map(|note| (note.tone, note.at_ms - now_ms)));
            }
            last = due;
        }
        played
    }

    #[test]
    fn the_last_five_seconds_tick_and_the_end_sounds() {
        let tones = [[Tone::Tick; 5].as_slice(), &[Tone::Gong]].concat();
        let all: Vec<_> = tones.into_iter().map(|tone| (tone, AHEAD_MS)).collect();
        assert_eq!(played(Score::Clock(30_000), 0, 40_000), all);
    }

    #[test]
    fn a_count_in_rises_and_its_first_note_may_be_heard_of_late() {
        let heard = [(Tone::Low, -100), (Tone::Middle, AHEAD_MS), (Tone::High, AHEAD_MS)];
        assert_eq!(played(Score::CountIn(10_000), 7_100, 12_000), heard);
        assert_eq!(played(Score::CountIn(10_000), 7_300, 12_000), heard[1..]);
    }

    #[test]
    fn nothing_sounds_before_the_clock_is_known() {
        assert_eq!(Score::Clock(1_700_000_000_000).due(0), None);
    }
}
