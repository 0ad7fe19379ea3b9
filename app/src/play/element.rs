//! What a text field offers, whichever element it is; the browser's UTF-16 positions end here.

use leptos::ev::KeyboardEvent;
use leptos::prelude::request_animation_frame;

/// A text field.
pub trait TextElement {
    /// What is in it.
    fn text(&self) -> String;
    /// Begin and end of the selection in Unicode scalars; the caret is its end.
    fn selection(&self) -> (usize, usize);
    /// Puts a text and a selection into it.
    fn show(&self, text: &str, selection: (usize, usize));
    /// Puts the keyboard into it.
    fn take_focus(&self);
    /// How far it is scrolled, across and down.
    fn scrolled(&self) -> (i32, i32);
    /// Scrolls it so far, now and in the next frame: Firefox brings a caret that was put somewhere into view later.
    fn scroll_to(&self, left: i32, top: i32);
}

macro_rules! text_element {
    ($element:ty) => {
        impl TextElement for $element {
            fn text(&self) -> String {
                self.value()
            }

            fn selection(&self) -> (usize, usize) {
                let text = self.value();
                let place = |units: Option<u32>| scalars(&text, units.unwrap_or(u32::MAX) as usize);
                (place(self.selection_start().ok().flatten()), place(self.selection_end().ok().flatten()))
            }

            fn show(&self, text: &str, (begin, end): (usize, usize)) {
                self.set_value(text);
                let units = |place: usize| text.chars().take(place).map(char::len_utf16).sum::<usize>() as u32;
                let _ = self.set_selection_range(units(begin), units(end));
            }

            fn take_focus(&self) {
                let _ = self.focus();
            }

            fn scrolled(&self) -> (i32, i32) {
                (self.scroll_left(), self.scroll_top())
            }

            fn scroll_to(&self, left: i32, top: i32) {
                let element = self.clone();
                let scroll = move || {
                    element.set_scroll_left(left);
                    element.set_scroll_top(top);
                };
                scroll();
                request_animation_frame(scroll);
            }
        }
    };
}

text_element!(web_sys::HtmlTextAreaElement);
text_element!(web_sys::HtmlInputElement);

/// How many scalars lie before a position in UTF-16 units.
fn scalars(text: &str, units: usize) -> usize {
    let mut passed = 0;
    text.chars()
        .take_while(|letter| {
            passed += letter.len_utf16();
            passed <= units
        })
        .count()
}

/// Whether a key undoes (false), or does again (true).
pub fn undo_key(event: &KeyboardEvent) -> Option<bool> {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || event.is_composing() {
        return None;
    }
    match event.key().as_str() {
        "z" | "Z" => Some(event.shift_key()),
        "y" | "Y" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::scalars;

    #[test]
    fn a_position_within_a_surrogate_pair_counts_as_before_it() {
        assert_eq!([0, 1, 2, 3, 4, 9].map(|units| scalars("a👩b", units)), [0, 1, 1, 2, 3, 3]);
    }
}
