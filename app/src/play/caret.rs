//! Where the caret stood: it comes back there whenever its field is built anew, on this laptop also after a reload.
//!
//! One place is kept, that of the answer that is on: by the tab, so that two of them do not share it, and by the browser,
//! for a tab that was closed.

use super::element::TextElement;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;
use std::rc::Rc;
use web_sys::Storage;

/// Where a browser keeps it.
const KEPT: &str = "quizwire-caret";

/// What a page hears before it is closed, loaded anew or put aside; some browsers tell only one of them.
const LEAVING: [&str; 2] = ["pagehide", "visibilitychange"];

/// A caret or a selection, with the text that it stood in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caret {
    text: String,
    selection: (usize, usize),
    /// How far the field is scrolled, across and down, and how far the page is.
    scroll: [i32; 3],
}

impl Caret {
    /// Where it stands now.
    pub fn of(element: &dyn TextElement) -> Self {
        let (left, top) = element.scrolled();
        let page = window().scroll_y().unwrap_or_default() as i32;
        Self { text: element.text(), selection: element.selection(), scroll: [left, top, page] }
    }

    /// The selection in a text that others may have changed meanwhile. What stood at the end stands there again, so that
    /// a field without a past begins behind what is in it.
    pub fn selection_in(&self, text: &str) -> (usize, usize) {
        let (was, is): (Vec<char>, Vec<char>) = (self.text.chars().collect(), text.chars().collect());
        let carried = |place: usize| if place < was.len() { place_in(&was, place, &is) } else { is.len() };
        let begin = carried(self.selection.0);
        (begin, carried(self.selection.1).max(begin))
    }

    /// Scrolls field and page to where they were.
    pub fn scroll(&self, element: &dyn TextElement) {
        let [left, top, page] = self.scroll;
        element.scroll_to(left, top);
        window().scroll_to_with_x_and_y(0.0, page.into());
    }

    /// Keeps it as that of this answer.
    pub fn keep(&self, answer: &str) {
        let Self { text, selection: (begin, end), scroll: [left, top, page] } = self;
        let record = format!("{answer} {begin} {end} {left} {top} {page} {text}");
        for storage in storages() {
            let _ = storage.set_item(KEPT, &record);
        }
    }

    /// The one of this answer, if it was the last one kept.
    pub fn kept(answer: &str) -> Option<Self> {
        let records = storages().filter_map(|storage| storage.get_item(KEPT).ok().flatten());
        records.filter_map(|record| Self::read(record.strip_prefix(answer)?)).next()
    }

    /// Keeps none any more.
    pub fn forget() {
        for storage in storages() {
            let _ = storage.remove_item(KEPT);
        }
    }

    /// Keeps none of this page, which is left for good.
    pub fn forget_on_leaving() {
        on_leaving(Rc::new(Self::forget));
    }

    fn read(record: &str) -> Option<Self> {
        let mut parts = record.strip_prefix(' ')?.splitn(6, ' ');
        let mut number = || parts.next()?.parse::<i32>().ok();
        let (begin, end) = (number()?, number()?);
        let scroll = [number()?, number()?, number()?];
        let place = |number: i32| usize::try_from(number).ok();
        Some(Self { selection: (place(begin)?, place(end)?), scroll, text: parts.next()?.to_owned() })
    }
}

/// Where a place of one text is in another: where the most stays of what stood before it and behind it. The first of
/// several, as what is put right at a caret stands behind it.
fn place_in(was: &[char], place: usize, is: &[char]) -> usize {
    let (before, behind) = was.split_at(place);
    let stays = |at: &usize| {
        let (left, right) = is.split_at(*at);
        let left = left.iter().rev().zip(before.iter().rev()).take_while(|(one, other)| one == other).count();
        left + right.iter().zip(behind).take_while(|(one, other)| one == other).count()
    };
    (0..=is.len()).rev().max_by_key(stays).unwrap_or(0)
}

/// Does something when the page is left.
pub fn on_leaving(work: Rc<dyn Fn()>) -> [WindowListenerHandle; 2] {
    LEAVING.map(|event| {
        let work = work.clone();
        window_event_listener_untyped(event, move |_| work())
    })
}

/// The tab's own storage, then the browser's; a browser that keeps nothing has neither.
fn storages() -> impl Iterator<Item = Storage> {
    let window = window();
    [window.session_storage(), window.local_storage()].into_iter().filter_map(|storage| storage.ok().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caret(text: &str, selection: (usize, usize)) -> Caret {
        Caret { text: text.into(), selection, scroll: [0, 7, -1] }
    }

    #[test]
    fn it_stays_with_its_neighbours_whatever_others_wrote_meanwhile() {
        let caret = caret("half a word", (5, 6));
        assert_eq!(caret.selection_in("half a word"), (5, 6));
        assert_eq!(caret.selection_in("not half a word"), (9, 10));
        assert_eq!(caret.selection_in("half a word and more"), (5, 6));
        assert_eq!(caret.selection_in("is half a word, or not"), (8, 9));
        assert_eq!(caret.selection_in("half of a word"), (8, 9));
        assert_eq!(caret.selection_in("half word"), (5, 5));
        assert_eq!(caret.selection_in(""), (0, 0));
    }

    #[test]
    fn the_end_is_the_end_again() {
        assert_eq!(caret("half", (4, 4)).selection_in("half a word"), (11, 11));
        assert_eq!(caret("half", (0, 4)).selection_in("half a word"), (0, 11));
        assert_eq!(caret("half", (9, 9)).selection_in("ha"), (2, 2));
        assert_eq!(Caret::default().selection_in("👩🏽‍🚀"), (4, 4));
    }

    #[test]
    fn a_record_is_read_as_it_was_written_and_nothing_else_is() {
        let record = " 3 12 0 7 -1 two\nlines  and spaces ";
        assert_eq!(Caret::read(record), Some(caret("two\nlines  and spaces ", (3, 12))));
        assert_eq!(Caret::read(" 0 0 0 7 -1 "), Some(caret("", (0, 0))));
        for nonsense in ["", " ", " 3", " 3 4 0 7 -1", "0 0 0 0 0 x", " -1 4 0 7 -1 x", " x 4 0 7 -1 x"] {
            assert_eq!(Caret::read(nonsense), None, "{nonsense:?}");
        }
    }
}
