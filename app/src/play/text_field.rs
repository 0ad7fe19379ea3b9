//! Text fields. They listen to `input`, so that paste, speech, drag and input methods count like keys.

use super::TeamLink;
use super::caret::on_leaving;
use super::editor::Editor;
use super::element::{self, TextElement};
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;
use leptos::{ev, html};
use protocol::ids::QuestionId;
use protocol::limits;
use std::rc::Rc;
use web_sys::wasm_bindgen::JsCast;

type Area = web_sys::HtmlTextAreaElement;
type Line = web_sys::HtmlInputElement;

/// A field for sentences.
#[component]
pub fn LongText(id: QuestionId, over: Memo<bool>, link: TeamLink) -> impl IntoView {
    let most = limits::LONG_TEXT_CHARS;
    let field = NodeRef::<html::Textarea>::new();
    let editor = Editor::new(id, link, most, over);
    live(editor, finder(field));
    let input = move |event: ev::Event| act::<Area>(&event, &|element| put(editor, &event, element));
    let before = move |event: ev::InputEvent| act::<Area>(&event, &|element| undo_by_menu(editor, &event, element));
    let key = move |event: ev::KeyboardEvent| act::<Area>(&event, &|element| undo_by_key(editor, &event, element));
    let used = move || link.view.with(|state| state.content.text.chars().count());
    view! {
        <div class="answer">
            <label for="answer">"Your answer"</label>
            <textarea
                id="answer"
                node_ref=field
                rows="5"
                readonly=over
                aria-describedby="answer-limit"
                on:input=input
                on:beforeinput=before
                on:keydown=key
                on:compositionstart=move |_| editor.compose(true)
                on:compositionend=move |_| editor.compose(false)
            ></textarea>
            <Limit editor most />
            <p class="hint" hidden=move || used() + 200 < most || editor.is_full()>{move || format!("{} of {most} characters", used())}</p>
        </div>
    }
}

/// A field for a few words or a number.
#[component]
pub fn ShortText(
    id: QuestionId,
    over: Memo<bool>,
    link: TeamLink,
    most: usize,
    numeric: bool,
    unit: String,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let editor = Editor::new(id, link, most, over);
    live(editor, finder(field));
    let input = move |event: ev::Event| act::<Line>(&event, &|element| put(editor, &event, element));
    let before = move |event: ev::InputEvent| act::<Line>(&event, &|element| undo_by_menu(editor, &event, element));
    let key = move |event: ev::KeyboardEvent| act::<Line>(&event, &|element| undo_by_key(editor, &event, element));
    view! {
        <div class="answer">
            <label for="answer">"Your answer"</label>
            <div class="with-unit">
                <input
                    id="answer"
                    type="text"
                    node_ref=field
                    inputmode=if numeric { "decimal" } else { "text" }
                    autocomplete="off"
                    spellcheck="false"
                    readonly=over
                    aria-describedby="answer-limit"
                    on:input=input
                    on:beforeinput=before
                    on:keydown=key
                    on:compositionstart=move |_| editor.compose(true)
                    on:compositionend=move |_| editor.compose(false)
                />
                <span class="unit">{unit}</span>
            </div>
            <Limit editor most />
        </div>
    }
}

/// Says that the answer is as long as it can be, once something did not fit.
#[component]
fn Limit(editor: Editor, most: usize) -> impl IntoView {
    let words = move || {
        editor
            .is_full()
            .then(|| format!("That is as long as an answer can be: {most} characters. What did not fit was left out."))
    };
    view! { <p id="answer-limit" class="limit" role="alert" hidden=move || !editor.is_full()>{words}</p> }
}

/// How to get at a field once it is there. Boxed, so that the program has what follows once for both kinds.
type Finder = Box<dyn Fn() -> Option<Box<dyn TextElement>>>;

fn finder<E>(field: NodeRef<E>) -> Finder
where
    E: html::ElementType + 'static,
    E::Output: JsCast + TextElement + Clone + 'static,
{
    Box::new(move || Some(Box::new(field.get()?)))
}

/// Lets a field show what the link holds as long as it is there, and keeps its caret when it goes.
fn live(editor: Editor, find: Finder) {
    let find = StoredValue::new_local(find);
    let element = move || find.try_with_value(|find| find()).flatten();
    let keep = move || {
        if let Some(element) = untrack(element) {
            editor.keep_caret(&*element);
        }
    };
    on_cleanup(keep);
    // Dropped with the field, and only the browser has one.
    Effect::new(move |_| {
        let listeners = on_leaving(Rc::new(keep));
        on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    });
    Effect::new(move |focused: Option<bool>| editor.follow(element().as_deref(), focused));
}

/// Does something with the field that an event happened in.
fn act<E: JsCast + TextElement>(event: &web_sys::Event, then: &dyn Fn(&dyn TextElement)) {
    let target = event.target();
    if let Some(element) = target.as_ref().and_then(|target| target.dyn_ref::<E>()) {
        then(element);
    }
}

/// What is pasted or dropped is told apart from what is typed.
fn put(editor: Editor, event: &ev::Event, element: &dyn TextElement) {
    let kind = event.dyn_ref::<ev::InputEvent>().map(ev::InputEvent::input_type);
    match kind.is_some_and(|kind| kind.starts_with("insertFrom")) {
        true => editor.pasted(element),
        false => editor.typed(element),
    }
}

/// Undo of the browser's own would also undo what others typed, or nothing at all after they did.
fn undo_by_key(editor: Editor, event: &ev::KeyboardEvent, element: &dyn TextElement) {
    let again = match element::undo_key(event) {
        Some(again) => again,
        None => return,
    };
    event.prevent_default();
    editor.undo(element, again);
}

fn undo_by_menu(editor: Editor, event: &ev::InputEvent, element: &dyn TextElement) {
    let again = match event.input_type().as_str() {
        "historyUndo" => false,
        "historyRedo" => true,
        _ => return,
    };
    event.prevent_default();
    editor.undo(element, again);
}
