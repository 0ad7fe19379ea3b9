//! The answer field, whatever the kind of question.

use super::TeamLink;
use super::choice::Choice;
use super::text_field::{LongText, ShortText};
use leptos::prelude::*;
use protocol::ids::Millis;
use protocol::limits;
use protocol::question::{Field, Question};

/// Another device counts as typing for this long after its last key.
const TYPING_MS: Millis = 3_000;

/// The field for a question, and whether the team writes it on other devices too.
#[component]
pub fn AnswerField(question: Question, over: Memo<bool>, link: TeamLink) -> impl IntoView {
    let id = question.heading.id;
    let field = match question.field {
        Field::LongText => view! { <LongText id over link /> }.into_any(),
        Field::ShortText => {
            view! { <ShortText id over link most=limits::SHORT_TEXT_CHARS numeric=false unit=String::new() /> }
                .into_any()
        }
        Field::Number { unit } => {
            view! { <ShortText id over link most=limits::NUMBER_CHARS numeric=true unit /> }.into_any()
        }
        Field::OneChoice { options } => view! { <Choice id over link options several=false /> }.into_any(),
        Field::SeveralChoices { options } => view! { <Choice id over link options several=true /> }.into_any(),
    };
    view! {
        {field}
        <Elsewhere link />
    }
}

#[component]
fn Elsewhere(link: TeamLink) -> impl IntoView {
    let typing = Memo::new(move |_| {
        let elsewhere_ms = link.view.with(|state| state.elsewhere_ms);
        elsewhere_ms > 0 && link.now_ms.get() - elsewhere_ms < TYPING_MS
    });
    let others = Memo::new(move |_| link.view.with(|state| state.view.own.devices.saturating_sub(1)));
    let words = move || match (typing.get(), others.get()) {
        (true, _) => "Also typing on another device".to_owned(),
        (false, 0) => String::new(),
        (false, 1) => "Also open on another device".to_owned(),
        (false, others) => format!("Also open on {others} other devices"),
    };
    view! { <p class="elsewhere" class:typing=typing role="note" hidden=move || others.get() == 0 && !typing.get()>{words}</p> }
}
