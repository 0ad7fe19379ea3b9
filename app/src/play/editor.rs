//! Between a text field and the link: what is typed becomes splices, what others type is shown without disturbing.
//!
//! What the field shows and what the link holds differ while an input method composes: the field must not be touched
//! then, and the link follows the others. So what is typed is found against what the field last showed, and carried past
//! what the field does not show yet.

use super::TeamLink;
use super::caret::Caret;
use super::element::TextElement;
use crate::link::TeamIntent;
use leptos::prelude::*;
use protocol::answer::Change;
use protocol::ids::{Millis, QuestionId};
use protocol::text::{Splice, Undo, carry_caret, diff, transform};

/// The state of one field.
#[derive(Clone, Copy)]
pub struct Editor {
    id: QuestionId,
    link: TeamLink,
    /// Longest answer in characters.
    most: usize,
    over: Memo<bool>,
    text: Memo<String>,
    memory: StoredValue<Memory>,
    composing: RwSignal<bool>,
    full: RwSignal<bool>,
}

/// What a field remembers.
#[derive(Default)]
struct Memory {
    /// What it last showed.
    shown: String,
    /// What the link held then, or since.
    held: String,
    /// What others have done that the field does not show yet. One splice for each of their keys, for a difference over
    /// several would take in what lies between them.
    unseen: Vec<Splice>,
    undo: Undo,
    /// Where the caret comes back to, until the hand types or moves it: what was typed here before the page was loaded
    /// may come in after the field is there.
    left: Option<Caret>,
    /// Where the page itself has put the caret last.
    placed: (usize, usize),
}

impl Memory {
    /// Notes what others have done to the text.
    fn follow(&mut self, held: &str) {
        if let Some(theirs) = diff(&self.held, held, held.chars().count()) {
            self.undo.carry(&theirs);
            self.unseen.push(theirs);
            self.held = held.to_owned();
        }
    }

    /// The field shows all of it.
    fn show(&mut self) {
        self.shown = self.held.clone();
        self.unseen.clear();
    }

    /// What was typed, as it reads on the text that the link holds.
    fn typed(&mut self, now: String, caret: usize) -> Vec<Splice> {
        let Some(ours) = diff(&self.shown, &now, caret) else { return Vec::new() };
        let (ours, unseen) = transform(&[ours], &self.unseen);
        (self.shown, self.unseen) = (now, unseen);
        ours
    }

    /// Notes an own edit of the text; `at_ms` where it is a step to be undone.
    fn edited(&mut self, splice: &Splice, at_ms: Option<Millis>) {
        if let Some(at_ms) = at_ms {
            self.undo.record(splice, &self.held, at_ms);
        }
        splice.apply(&mut self.held);
    }
}

impl Editor {
    /// For the answer to a question.
    pub fn new(id: QuestionId, link: TeamLink, most: usize, over: Memo<bool>) -> Self {
        Self {
            id,
            link,
            most,
            over,
            text: Memo::new(move |_| link.view.with(|state| state.content.text.clone())),
            memory: StoredValue::default(),
            composing: RwSignal::new(false),
            full: RwSignal::new(false),
        }
    }

    /// An input method begins or ends to compose.
    pub fn compose(self, composing: bool) {
        self.composing.set(composing);
    }

    /// Whether something did not fit and was left out.
    pub fn is_full(self) -> bool {
        self.full.get()
    }

    /// Shows what the link holds, whenever that changes; true once the field has had the focus.
    pub fn follow(self, element: Option<&dyn TextElement>, focused: Option<bool>) -> bool {
        let (text, composing) = (self.text.get(), self.composing.get());
        let Some(element) = element else { return false };
        self.memory.update_value(|memory| memory.follow(&text));
        if focused != Some(true) {
            self.come_back(element, &text);
        } else if !composing {
            self.show(element, &text);
        }
        true
    }

    /// The field is new: focus, caret, selection and scroll position are as they were in the one before.
    fn come_back(self, element: &dyn TextElement, text: &str) {
        let kept = Caret::kept(&self.answer());
        element.take_focus();
        self.memory.update_value(|memory| memory.left = Some(kept.clone().unwrap_or_default()));
        self.place(element, text, kept.as_ref().unwrap_or(&Caret::default()).selection_in(text));
        if let Some(kept) = kept {
            kept.scroll(element);
        }
    }

    /// Caret and selection stay with their neighbours.
    fn show(self, element: &dyn TextElement, text: &str) {
        let (before, now) = (element.text(), element.selection());
        if let Some(theirs) = diff(&before, text, text.chars().count()) {
            let left = self.memory.with_value(|memory| memory.left.clone().filter(|_| memory.placed == now));
            self.place(element, text, left.map_or_else(|| carried(now, &theirs), |left| left.selection_in(text)));
        }
        self.memory.update_value(Memory::show);
    }

    fn place(self, element: &dyn TextElement, text: &str, selection: (usize, usize)) {
        element.show(text, selection);
        self.memory.update_value(|memory| {
            memory.placed = selection;
            memory.show();
        });
    }

    /// Keeps where the caret is, as long as the answer can be gone on with.
    pub fn keep_caret(self, element: &dyn TextElement) {
        if self.link.view.with_untracked(|state| state.view.stage.is_answerable()) {
            Caret::of(element).keep(&self.answer());
        } else {
            Caret::forget();
        }
    }

    /// What its caret is kept under.
    fn answer(self) -> String {
        let Self { id, link, .. } = self;
        link.view.with_untracked(|state| {
            format!("{}-{}/{}", state.view.own.game, state.view.own.team.map_or(0, |team| team.0), id.0)
        })
    }

    /// Tells the link what was put into the field at once, such as by pasting: a step of its own to be undone.
    pub fn pasted(self, element: &dyn TextElement) {
        self.memory.update_value(|memory| memory.undo.interrupt());
        self.typed(element);
        self.memory.update_value(|memory| memory.undo.interrupt());
    }

    /// Tells the link what changed in the field.
    pub fn typed(self, element: &dyn TextElement) {
        let (held, now, caret) = (self.text.get_untracked(), element.text(), element.selection().1);
        let ours = self.memory.try_update_value(|memory| {
            memory.left = None;
            memory.follow(&held);
            memory.typed(now, caret)
        });
        let all_fits = self.send(ours.unwrap_or_default(), true);
        if !all_fits && !self.composing.get_untracked() {
            self.show(element, &self.text.get_untracked());
        }
        self.keep_caret(element);
    }

    /// Undoes an own step, or does it again.
    pub fn undo(self, element: &dyn TextElement, again: bool) {
        if self.over.get_untracked() || self.composing.get_untracked() {
            return;
        }
        let text = self.text.get_untracked();
        let unit = self.memory.try_update_value(|memory| {
            memory.follow(&text);
            if again { memory.undo.redo(&text) } else { memory.undo.undo(&text) }
        });
        let Some(unit) = unit.flatten() else { return };
        let caret = unit.last().map_or(0, |splice| splice.at + splice.inserted()) as usize;
        self.memory.update_value(|memory| memory.left = None);
        self.send(unit, false);
        self.place(element, &self.text.get_untracked(), (caret, caret));
    }

    /// Sends what fits, one splice after the other; true when all of it does.
    fn send(self, splices: Vec<Splice>, own_step: bool) -> bool {
        let mut all_fits = true;
        for mut splice in splices {
            let chars = self.memory.with_value(|memory| memory.held.chars().count());
            let fits = trim(&mut splice, chars, self.most);
            all_fits &= fits;
            if splice.delete == 0 && splice.insert.is_empty() {
                continue;
            }
            let at_ms = own_step.then(|| self.link.now_ms.get_untracked());
            self.memory.update_value(|memory| memory.edited(&splice, at_ms));
            self.link.send.run(TeamIntent::Edit(self.id, Change::Splice(splice)));
        }
        self.full.set(!all_fits);
        all_fits
    }
}

/// A selection after what others have done.
fn carried((begin, end): (usize, usize), theirs: &Splice) -> (usize, usize) {
    let carried = |place: usize| carry_caret(place as u32, theirs) as usize;
    // What is put right before a selection is not part of it.
    let before = begin < end && theirs.at as usize == begin && theirs.delete == 0;
    (if before { begin + theirs.inserted() as usize } else { carried(begin) }, carried(end))
}

/// Leaves out what would make a text of `chars` longer than `most`; true when nothing had to be.
fn trim(splice: &mut Splice, chars: usize, most: usize) -> bool {
    let inserted = splice.inserted() as usize;
    let room = (most + splice.delete as usize).saturating_sub(chars);
    if inserted <= room {
        return true;
    }
    splice.insert = splice.insert.chars().take(room).collect();
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_composed_is_found_among_what_others_typed_meanwhile() {
        let mut memory = Memory { shown: "ab".into(), held: "ab".into(), ..Memory::default() };
        let type_now = |memory: &mut Memory, now: &str, caret| {
            for splice in memory.typed(now.into(), caret) {
                memory.edited(&splice, None);
            }
        };
        type_now(&mut memory, "anb", 2);
        memory.follow("ancb");
        memory.follow("ancdb");
        type_now(&mut memory, "anib", 3);
        memory.follow("<ancdib");
        type_now(&mut memory, "aにb", 2);
        assert_eq!(memory.held, "<aにcdb");
    }

    #[test]
    fn a_paste_that_is_too_long_keeps_what_fits() {
        let mut splice = Splice { at: 3, delete: 2, insert: "👩".repeat(10_000) };
        assert!(!trim(&mut splice, 90, 100));
        assert_eq!(splice.inserted(), 12);
        assert!(trim(&mut splice, 90, 100));
    }
}
