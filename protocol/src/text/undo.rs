//! Undo of one's own edits in a text that others edit too: what they did stays, and what is undone moves with it.

use super::{Splice, transform};
use crate::ids::Millis;

/// Steps that can be undone.
const DEPTH: usize = 200;
/// Typing after a longer pause is a step of its own.
const PAUSE_MS: Millis = 1_000;

/// What one undo takes back: splices in the order in which they are applied.
type Unit = Vec<Splice>;

/// Own edits of one text, to be undone and done again. The last unit of each stack applies to the text as it stands, the
/// one before it to what that leaves.
#[derive(Debug, Clone, Default)]
pub struct Undo {
    done: Vec<Unit>,
    undone: Vec<Unit>,
    last_ms: Millis,
}

/// What takes a splice back that is about to be applied to `text`.
fn inverse(splice: &Splice, text: &str) -> Splice {
    let removed = text.chars().skip(splice.at as usize).take(splice.delete as usize).collect();
    Splice { at: splice.at, delete: splice.inserted(), insert: removed }
}

impl Undo {
    /// Notes an own edit that is about to be applied to `text`. Typing and deleting in one go is one step; a word begins a
    /// new one.
    pub fn record(&mut self, splice: &Splice, text: &str, at_ms: Millis) {
        let back = inverse(splice, text);
        let goes_on = at_ms - std::mem::replace(&mut self.last_ms, at_ms) < PAUSE_MS;
        self.undone.clear();
        if goes_on
            && let Some([last]) = self.done.last_mut().map(Vec::as_mut_slice)
            && let Some(both) = joined(last, &back, splice)
        {
            *last = both;
            return;
        }
        self.done.push(vec![back]);
        if self.done.len() > DEPTH {
            self.done.remove(0);
        }
    }

    /// What comes next is a step of its own.
    pub fn interrupt(&mut self) {
        self.last_ms = Millis::MIN / 2;
    }

    /// Notes what somebody else has done to the text.
    pub fn carry(&mut self, theirs: &Splice) {
        for stack in [&mut self.done, &mut self.undone] {
            let mut theirs = vec![theirs.clone()];
            for unit in stack.iter_mut().rev() {
                let (ours, after) = transform(unit, &theirs);
                (*unit, theirs) = (ours, after);
            }
            stack.retain(|unit| !unit.is_empty());
        }
    }

    /// What takes the last own step back, if there is one.
    pub fn undo(&mut self, text: &str) -> Option<Unit> {
        let unit = self.done.pop()?;
        self.undone.push(reversed(&unit, text));
        self.interrupt();
        Some(unit)
    }

    /// What does the last undone step again, if there is one.
    pub fn redo(&mut self, text: &str) -> Option<Unit> {
        let unit = self.undone.pop()?;
        self.done.push(reversed(&unit, text));
        self.interrupt();
        Some(unit)
    }
}

/// What takes splices back that are about to be applied to `text`.
fn reversed(unit: &[Splice], text: &str) -> Unit {
    let mut text = text.to_owned();
    let mut back: Unit = Vec::new();
    for splice in unit {
        back.insert(0, inverse(splice, &text));
        splice.apply(&mut text);
    }
    back
}

/// One step out of two, where the second goes on typing or deleting where the first stopped.
fn joined(last: &Splice, back: &Splice, splice: &Splice) -> Option<Splice> {
    let begins_word = splice.insert.starts_with(char::is_whitespace);
    if splice.delete == 0 && last.delete > 0 && splice.at == last.at + last.delete && !begins_word {
        return Some(Splice { at: last.at, delete: last.delete + back.delete, insert: last.insert.clone() });
    }
    let deletes_on = splice.insert.is_empty() && last.delete == 0 && splice.at + splice.delete == last.at;
    deletes_on.then(|| Splice { at: splice.at, delete: 0, insert: format!("{}{}", back.insert, last.insert) })
}
