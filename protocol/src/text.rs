//! Text as splices: positions are counted in Unicode scalars, on both sides of the wire.
//!
//! The transform is the classical one for a central order of edits (Ellis & Gibbs 1989; Nichols et al., "High-latency,
//! low-bandwidth windowing in the Jupiter collaboration system", 1995), for one operation that replaces a range.

mod undo;

pub use undo::Undo;

use serde::{Deserialize, Serialize};

/// Replaces `delete` characters at `at` by `insert`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Splice {
    /// Position in Unicode scalars.
    pub at: u32,
    /// Number of scalars removed.
    pub delete: u32,
    /// Text put in their place.
    pub insert: String,
}

impl Splice {
    /// Length of the inserted text in scalars.
    pub fn inserted(&self) -> u32 {
        self.insert.chars().count() as u32
    }

    /// Whether it lies inside a text of `chars` scalars.
    pub fn fits(&self, chars: usize) -> bool {
        u64::from(self.at) + u64::from(self.delete) <= chars as u64
    }

    /// Applies it; what lies beyond the end of the text is left out.
    pub fn apply(&self, text: &mut String) {
        let start = byte_at(text, self.at as usize);
        let end = start + byte_at(&text[start..], self.delete as usize);
        text.replace_range(start..end, &self.insert);
    }

    fn is_empty(&self) -> bool {
        self.delete == 0 && self.insert.is_empty()
    }
}

/// Byte offset of the scalar with this index, or the length.
fn byte_at(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte)
}

/// The smallest splice that turns `old` into `new`, ending at the caret where that is possible.
///
/// `caret` is the caret's position after the change, in scalars of `new`. It settles which of several equal characters
/// was typed ("aa|a" is not "aaa|"), so that carets of other devices stay where they belong.
pub fn diff(old: &str, new: &str, caret: usize) -> Option<Splice> {
    if old == new {
        return None;
    }
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let behind_caret = new.len().saturating_sub(caret);
    let common = |limit: usize, same: &dyn Fn(usize) -> bool| (0..limit).take_while(|i| same(*i)).count();
    let shorter = old.len().min(new.len());
    let tail = common(shorter.min(behind_caret), &|i| old[old.len() - 1 - i] == new[new.len() - 1 - i]);
    let head = common(shorter - tail, &|i| old[i] == new[i]);
    let tail =
        tail + common(shorter - head - tail, &|i| old[old.len() - 1 - tail - i] == new[new.len() - 1 - tail - i]);
    Some(Splice {
        at: head as u32,
        delete: (old.len() - head - tail) as u32,
        insert: new[head..new.len() - tail].iter().collect(),
    })
}

/// Where a caret at `caret` stands after `splice`.
pub fn carry_caret(caret: u32, splice: &Splice) -> u32 {
    let end = splice.at.saturating_add(splice.delete);
    if caret <= splice.at {
        caret
    } else if caret >= end {
        (caret - splice.delete).saturating_add(splice.inserted())
    } else {
        splice.at.saturating_add(splice.inserted())
    }
}

/// `mine` as it reads after `theirs`, which was made on the same text; two splices only where text of theirs now stands
/// in the middle of what mine deletes.
///
/// At one and the same place the text that was accepted first stands to the left.
fn past(mine: &Splice, theirs: &Splice, mine_first: bool) -> Vec<Splice> {
    let (p, q) = (mine.at, mine.at.saturating_add(mine.delete));
    let (r, s) = (theirs.at, theirs.at.saturating_add(theirs.delete));
    let (ours, added) = (mine.inserted(), theirs.inserted());
    let left = q.min(r).saturating_sub(p);
    let right = q.saturating_sub(s.max(p));
    let splice = |at, delete, insert: &str| Splice { at, delete, insert: insert.to_owned() };
    let parts = if p < r || (p == r && mine_first) {
        if added == 0 {
            vec![splice(p, left.saturating_add(right), &mine.insert)]
        } else {
            vec![splice(p, left, &mine.insert), splice(p.saturating_add(ours).saturating_add(added), right, "")]
        }
    } else if p <= s {
        vec![splice(r.saturating_add(added), right, &mine.insert)]
    } else {
        vec![splice((p - theirs.delete).saturating_add(added), right, &mine.insert)]
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

/// Carries two concurrent sequences past each other; `ours` was accepted second.
///
/// Returns (ours after theirs, theirs after ours): applying `theirs` and then the first gives the same text as
/// applying `ours` and then the second. It costs about the product of their lengths, and nothing of the stack: it goes
/// deeper only where one splice has split, which a part without text of its own never does again.
pub fn transform(ours: &[Splice], theirs: &[Splice]) -> (Vec<Splice>, Vec<Splice>) {
    let mut theirs = theirs.to_vec();
    let mut carried = Vec::with_capacity(ours.len());
    for mine in ours {
        let (mine, after) = carry(mine, theirs);
        carried.extend(mine);
        theirs = after;
    }
    (carried, theirs)
}

/// One splice past a sequence, and the sequence past it.
fn carry(mine: &Splice, theirs: Vec<Splice>) -> (Vec<Splice>, Vec<Splice>) {
    let mut mine = vec![mine.clone()];
    let mut after = Vec::with_capacity(theirs.len());
    for their in theirs {
        let (ours, their) = match mine.as_slice() {
            [] => (Vec::new(), vec![their]),
            [one] => (past(one, &their, false), past(&their, one, true)),
            parts => transform(parts, &[their]),
        };
        mine = ours;
        after.extend(their);
    }
    (mine, after)
}

#[cfg(test)]
mod tests;
