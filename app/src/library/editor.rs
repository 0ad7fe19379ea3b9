//! `/control/quizzes/{id}/questions/{place}`: one question is written.

use super::Frame;
use super::cards::{Card, CardKey, CardOption};
use leptos::prelude::*;
use protocol::limits;

/// Options that are offered beyond those that are filled in.
const SPARE_OPTIONS: usize = 2;
/// The least that are offered.
const OPTIONS_LEAST: usize = 4;

/// The form of a question.
#[component]
pub fn EditorPage(
    /// The address of its quiz.
    quiz: String,
    /// The title of its quiz.
    title: String,
    /// The title of its round.
    round: String,
    /// Its place, as an address has it.
    place: String,
    /// Of which revision of the quiz it is.
    revision: i64,
    /// The question.
    card: Card,
    /// What became of the last change.
    said: Option<String>,
) -> impl IntoView {
    let address = format!("{quiz}/questions/{place}");
    let kinds = Kind::ALL.map(|kind| {
        let current = kind.is_of(&card.key);
        view! { <button class="kind" name="do" value=kind.slug() aria-pressed=current.to_string()>{kind.name()}</button> }
    });
    let faults: Vec<_> = card.faults.iter().map(|fault| view! { <li>{fault.clone()}</li> }).collect();
    // Whoever has not begun knows that something is missing.
    let is_begun = !faults.is_empty() && !card.prompt.is_empty();
    let picture = card.picture.clone();
    let described = picture.as_ref().map(|(_, description)| description.clone());
    view! {
        <Frame heading=format!("{round} · question {}", card.number)>
            <p class="hint"><a href=quiz.clone()>{format!("← {title}")}</a></p>
            {said.map(|said| view! { <p class="notice" role="status">{said}</p> })}
            {is_begun.then(|| view! { <ul class="faults">{faults}</ul> })}
            <form class="sheet editor" method="post" action=address.clone()>
                // Firefox puts what a field held into it again when a page is loaded anew.
                <input type="hidden" name="revision" value=revision autocomplete="off" />
                // Enter in a field saves: the first button of a form is what it presses.
                <button class="visually-hidden" name="do" value="save" tabindex="-1" aria-hidden="true">"Save"</button>
                <label for="prompt">"Question"</label>
                <textarea id="prompt" name="prompt" rows="3" maxlength=limits::PROMPT_CHARS autofocus>{card.prompt}</textarea>
                <div class="kinds" role="group" aria-label="Kind of question">{kinds}</div>
                <KeyFields key=card.key />
                <div class="pair">
                    <label>"Points"<input name="points" type="number" min=*limits::QUESTION_POINTS.start() max=*limits::QUESTION_POINTS.end() value=card.points required /></label>
                    <label>"Seconds"<input name="seconds" type="number" min=*limits::QUESTION_SECONDS.start() max=*limits::QUESTION_SECONDS.end() value=card.seconds required /></label>
                </div>
                <label for="explanation">"Why it is right, shown with the solution"</label>
                <textarea id="explanation" name="explanation" rows="2" maxlength=limits::EXPLANATION_CHARS>{card.explanation}</textarea>
                <label for="host_note">"For the host only"</label>
                <textarea id="host_note" name="host_note" rows="2" maxlength=limits::EXPLANATION_CHARS>{card.host_note}</textarea>
                <label for="tags">"Tags, with commas between"</label>
                <input id="tags" name="tags" value=card.tags.join(", ") maxlength=limits::TAGS * limits::TAG_CHARS />
                {described.map(|description| view! {
                    <label for="description">"What the picture shows, without giving the answer away"</label>
                    <input id="description" name="description" value=description maxlength=limits::DESCRIPTION_CHARS />
                })}
                <div class="tools">
                    <button class="primary" name="do" value="save">"Save"</button>
                    <button class="secondary" name="do" value="next">"Save, and the next question"</button>
                </div>
            </form>
            <PictureForm address=address picture />
        </Frame>
    }
}

#[component]
fn PictureForm(address: String, picture: Option<(String, String)>) -> impl IntoView {
    let is_there = picture.is_some();
    view! {
        <form class="sheet" method="post" action=format!("{address}/picture") enctype="multipart/form-data">
            <label for="file">{if is_there { "Another picture" } else { "A picture" }}</label>
            {picture.map(|(url, description)| view! { <img class="preview" src=url alt=description /> })}
            <input id="file" name="file" type="file" accept="image/png,image/jpeg,image/webp,image/gif" />
            <div class="tools">
                <button class="secondary" type="submit">"Put it beside the question"</button>
                {is_there.then(|| view! { <button class="quiet" formaction=format!("{address}/picture/remove") formenctype="application/x-www-form-urlencoded">"Without a picture"</button> })}
            </div>
        </form>
    }
}

/// Kinds of questions, as buttons name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    One,
    Several,
    Words,
    Number,
    Rated,
}

impl Kind {
    const ALL: [Self; 5] = [Self::One, Self::Several, Self::Words, Self::Number, Self::Rated];

    fn slug(self) -> &'static str {
        match self {
            Self::One => "one_choice",
            Self::Several => "several_choices",
            Self::Words => "short_text",
            Self::Number => "number",
            Self::Rated => "long_text",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::One => "One choice",
            Self::Several => "Several choices",
            Self::Words => "A few words",
            Self::Number => "Number",
            Self::Rated => "Long text, rated",
        }
    }

    fn is_of(self, key: &CardKey) -> bool {
        match key {
            CardKey::One(_) => self == Self::One,
            CardKey::Several(_) => self == Self::Several,
            CardKey::Words(_) => self == Self::Words,
            CardKey::Number { .. } => self == Self::Number,
            CardKey::Rated(_) => self == Self::Rated,
        }
    }
}

#[component]
fn KeyFields(key: CardKey) -> impl IntoView {
    match key {
        CardKey::One(options) => view! { <OptionFields options kind="radio" /> }.into_any(),
        CardKey::Several(options) => view! { <OptionFields options kind="checkbox" /> }.into_any(),
        CardKey::Words(accepted) => view! {
            <label for="accepted">"Right answers, one a line; the first is shown as the solution"</label>
            <textarea id="accepted" name="accepted" rows="4" aria-describedby="folding">{accepted.join("\n")}</textarea>
            <p class="hint" id="folding">"Case, accents, punctuation, spaces and a leading “the” do not matter."</p>
        }
        .into_any(),
        CardKey::Number { value, tolerance, unit } => view! {
            <div class="pair">
                <label>"Right number"<input name="value" inputmode="decimal" value=value /></label>
                <label>"How far off still counts"<input name="tolerance" inputmode="decimal" value=tolerance /></label>
                <label>"Unit"<input name="unit" value=unit maxlength=limits::UNIT_CHARS /></label>
            </div>
        }
        .into_any(),
        CardKey::Rated(criterion) => view! {
            <label for="criterion">"What the other teams judge"</label>
            <input id="criterion" name="criterion" value=criterion maxlength=limits::INTRO_CHARS placeholder="How good is this answer?" />
        }
        .into_any(),
    }
}

#[component]
fn OptionFields(options: Vec<CardOption>, kind: &'static str) -> impl IntoView {
    let offered = (options.len() + SPARE_OPTIONS).clamp(OPTIONS_LEAST, limits::OPTIONS).max(options.len());
    let empty = std::iter::repeat_n(CardOption { text: String::new(), right: false }, offered - options.len());
    let rows = options.into_iter().chain(empty).enumerate().map(|(index, option)| {
        let (right, text) = (format!("Option {} is right", index + 1), format!("Option {}", index + 1));
        view! {
            <li>
                <input type=kind name="right" value=index checked=option.right aria-label=right />
                <input name="option" value=option.text aria-label=text maxlength=limits::OPTION_CHARS autocomplete="off" />
            </li>
        }
    });
    view! {
        <fieldset>
            <legend>"Options; mark what is right"</legend>
            <ol class="option-fields">{rows.collect::<Vec<_>>()}</ol>
        </fieldset>
    }
}
