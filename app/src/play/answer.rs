//! The answer field. It listens to `input`, so that paste, speech, drag and input methods count like keys.

use super::TeamLink;
use crate::link::TeamIntent;
use leptos::html;
use leptos::prelude::*;
use protocol::answer::Change;
use protocol::ids::QuestionId;
use protocol::limits;
use protocol::question::{Field, Question};
use protocol::text::{carry_caret, diff};

/// The field for a question, whatever its kind.
#[component]
pub fn AnswerField(question: Question, over: Memo<bool>, link: TeamLink) -> impl IntoView {
    let id = question.heading.id;
    match question.field {
        Field::LongText => view! { <LongText id over link /> }.into_any(),
        Field::ShortText => {
            view! { <ShortText id over link chars=limits::SHORT_TEXT_CHARS numeric=false unit=String::new() /> }
                .into_any()
        }
        Field::Number { unit } => {
            view! { <ShortText id over link chars=limits::NUMBER_CHARS numeric=true unit /> }.into_any()
        }
        Field::OneChoice { options } => view! { <Choice id over link options several=false /> }.into_any(),
        Field::SeveralChoices { options } => view! { <Choice id over link options several=true /> }.into_any(),
    }
}

/// What a text field offers, whichever element it is.
trait TextElement {
    fn text(&self) -> String;
    /// The caret in Unicode scalars; the browser counts UTF-16 units.
    fn caret(&self) -> usize;
    fn show(&self, text: &str, caret: usize);
    fn take_focus(&self);
}

macro_rules! text_element {
    ($element:ty) => {
        impl TextElement for $element {
            fn text(&self) -> String {
                self.value()
            }

            fn caret(&self) -> usize {
                let units = self.selection_end().ok().flatten().unwrap_or(u32::MAX) as usize;
                scalars(&self.value(), units)
            }

            fn show(&self, text: &str, caret: usize) {
                self.set_value(text);
                let units = text.chars().take(caret).map(char::len_utf16).sum::<usize>() as u32;
                let _ = self.set_selection_range(units, units);
            }

            fn take_focus(&self) {
                let _ = self.focus();
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

/// Tells the link what changed in a field.
fn typed(element: &impl TextElement, id: QuestionId, link: TeamLink) {
    let before = link.view.with_untracked(|state| state.content.text.clone());
    if let Some(splice) = diff(&before, &element.text(), element.caret()) {
        link.send.run(TeamIntent::Edit(id, Change::Splice(splice)));
    }
}

/// Shows in a field what another page of the team has typed; the caret stays with its neighbours.
fn follow(element: &impl TextElement, text: &str) {
    let before = element.text();
    if before != text {
        let caret = element.caret();
        let splice = diff(&before, text, text.chars().count());
        let caret = splice.map_or(caret, |splice| carry_caret(caret as u32, &splice) as usize);
        element.show(text, caret);
    }
}

/// The text that the link holds, apart from everything else.
fn text_of(link: TeamLink) -> Memo<String> {
    Memo::new(move |_| link.view.with(|state| state.content.text.clone()))
}

#[component]
fn LongText(id: QuestionId, over: Memo<bool>, link: TeamLink) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    let text = text_of(link);
    let composing = RwSignal::new(false);
    Effect::new(move |focused: Option<bool>| {
        let (text, composing) = (text.get(), composing.get());
        let Some(element) = field.get() else { return false };
        if !composing {
            follow(&element, &text);
        }
        if focused != Some(true) {
            element.take_focus();
        }
        true
    });
    let used = move || text.with(|text| text.chars().count());
    view! {
        <div class="answer">
            <label for="answer">"Your answer"</label>
            <textarea
                id="answer"
                node_ref=field
                rows="5"
                maxlength=limits::LONG_TEXT_CHARS
                readonly=over
                on:input=move |_| if let Some(element) = field.get_untracked() { typed(&element, id, link) }
                on:compositionstart=move |_| composing.set(true)
                on:compositionend=move |_| composing.set(false)
            ></textarea>
            <p class="hint" hidden=move || used() + 200 < limits::LONG_TEXT_CHARS>
                {move || format!("{} of {} characters", used(), limits::LONG_TEXT_CHARS)}
            </p>
        </div>
    }
}

#[component]
fn ShortText(
    id: QuestionId,
    over: Memo<bool>,
    link: TeamLink,
    chars: usize,
    numeric: bool,
    unit: String,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let text = text_of(link);
    let composing = RwSignal::new(false);
    Effect::new(move |focused: Option<bool>| {
        let (text, composing) = (text.get(), composing.get());
        let Some(element) = field.get() else { return false };
        if !composing {
            follow(&element, &text);
        }
        if focused != Some(true) {
            element.take_focus();
        }
        true
    });
    view! {
        <div class="answer">
            <label for="answer">"Your answer"</label>
            <div class="with-unit">
                <input
                    id="answer"
                    type="text"
                    node_ref=field
                    inputmode=if numeric { "decimal" } else { "text" }
                    maxlength=chars
                    autocomplete="off"
                    spellcheck="false"
                    readonly=over
                    on:input=move |_| if let Some(element) = field.get_untracked() { typed(&element, id, link) }
                    on:compositionstart=move |_| composing.set(true)
                    on:compositionend=move |_| composing.set(false)
                />
                <span class="unit">{unit}</span>
            </div>
        </div>
    }
}

#[component]
fn Choice(id: QuestionId, over: Memo<bool>, link: TeamLink, options: Vec<String>, several: bool) -> impl IntoView {
    let choices = Memo::new(move |_| link.view.with(|state| state.content.choices));
    let items: Vec<_> = options
        .into_iter()
        .zip(0u8..)
        .map(|(text, option)| {
            let change = move |event| {
                let on = event_target_checked(&event);
                let change = if several { Change::Tick { option, on } } else { Change::Pick { option } };
                link.send.run(TeamIntent::Edit(id, change));
            };
            view! {
                <label class="choice">
                    <input
                        type=if several { "checkbox" } else { "radio" }
                        name="choice"
                        prop:checked=move || choices.get().has(option)
                        disabled=over
                        on:change=change
                    />
                    <span class="letter" aria-hidden="true">{char::from(b'A' + option).to_string()}</span>
                    <span>{text}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="answer choices">
            <legend>{if several { "Your answer: tick all that are right" } else { "Your answer: choose one" }}</legend>
            {items}
        </fieldset>
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
