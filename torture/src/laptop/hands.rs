//! Whoever sits at a laptop: types, deletes, pastes, ticks and clicks on stars, as far as the page lets them.

use protocol::answer::{Change, Content};
use protocol::ids::{Millis, QuestionId, Slot};
use protocol::limits;
use protocol::question::Field;
use protocol::text::Splice;
use protocol::view::{Jury, TeamStage};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use swarm::now_ms;

/// Characters of the longest paste: more than one frame takes.
const PASTE: usize = 900;
/// Nobody's hands are faster; a laptop's clock is not as exact.
const REACTION_MS: Millis = 100;
/// How often the caret is set elsewhere.
const ELSEWHERE: f64 = 0.05;
const KEYS: [&str; 6] = ["a", "é", "👩🏽‍🚀", "שלום", "", "xyz"];

/// What hands do.
#[derive(Debug)]
pub enum Touch {
    /// Change an answer.
    Change(QuestionId, Change),
    /// Click on a star.
    Star(u16, Slot, u8),
}

/// A pair of hands, and where they type.
#[derive(Debug)]
pub struct Hands {
    random: ChaCha8Rng,
    caret: usize,
}

impl Hands {
    /// Hands of their own mind.
    pub fn new(random: ChaCha8Rng) -> Self {
        Self { random, caret: 0 }
    }

    /// What they do next on a page at this stage; nothing when it leaves them nothing to do.
    pub fn touch(&mut self, stage: &TeamStage, content: impl Fn(QuestionId) -> Content) -> Option<Touch> {
        match stage {
            TeamStage::Open { question, clock, .. } if now_ms() >= clock.from_ms + REACTION_MS => {
                let id = question.heading.id;
                let text = content(id).text;
                let change = match &question.field {
                    Field::LongText => Change::Splice(self.splice(&text, limits::LONG_TEXT_CHARS)),
                    Field::ShortText => Change::Splice(self.splice(&text, limits::SHORT_TEXT_CHARS)),
                    Field::Number { .. } => Change::Splice(self.splice(&text, limits::NUMBER_CHARS)),
                    Field::OneChoice { options } => Change::Pick { option: self.option(options) },
                    Field::SeveralChoices { options } => {
                        Change::Tick { option: self.option(options), on: self.random.random_bool(0.5) }
                    }
                };
                Some(Touch::Change(id, change))
            }
            TeamStage::Rating { round, clock, own: Jury { sheets, .. } }
                if now_ms() >= clock.from_ms + REACTION_MS && !sheets.is_empty() =>
            {
                let sheet = &sheets[self.random.random_range(0..sheets.len())];
                Some(Touch::Star(*round, sheet.slot, self.random.random_range(1..=5)))
            }
            _ => None,
        }
    }

    fn option(&mut self, options: &[String]) -> u8 {
        self.random.random_range(0..options.len()) as u8
    }

    /// A keypress, a deletion or a paste at the caret, which now and then is set elsewhere; never beyond what the field
    /// takes. What fills half of it is cleared away, so that hands are not idle for long.
    fn splice(&mut self, text: &str, most: usize) -> Splice {
        let (random, chars) = (&mut self.random, text.chars().count());
        if self.caret > chars || random.random_bool(ELSEWHERE) {
            self.caret = random.random_range(0..=chars);
        }
        let reach = if chars > most / 2 { chars } else { 5 };
        let behind = chars - self.caret;
        let delete = if random.random_bool(0.35) { random.random_range(0..=reach.min(behind)) } else { 0 };
        let mut insert = KEYS[random.random_range(0..KEYS.len())].to_owned();
        if random.random_bool(0.02) {
            insert = "paste ".chars().cycle().take(random.random_range(1..=PASTE)).collect();
        }
        let insert: String = insert.chars().take(most.saturating_sub(chars - delete)).collect();
        let at = self.caret;
        self.caret += insert.chars().count();
        Splice { at: at as u32, delete: delete as u32, insert }
    }
}
