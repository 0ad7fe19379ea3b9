//! Questions as they will look, with their solutions.

use super::count;
use leptos::prelude::*;
use protocol::limits;

/// A round in a list of questions.
#[derive(Debug, Clone, PartialEq)]
pub struct CardRound {
    /// Its title.
    pub title: String,
    /// One sentence before its first question.
    pub intro: String,
    /// Its questions.
    pub cards: Vec<Card>,
    /// Where it is changed, and the revision of its quiz, where it can be.
    pub editor: Option<(String, i64)>,
    /// What it is scrolled to by.
    pub anchor: String,
}

/// A question with its solution.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Its number within the round, counted from 1.
    pub number: u32,
    /// The value of its tick, where it can be ticked.
    pub tick: Option<String>,
    /// Where it is written, and the revision of its quiz, where it can be.
    pub editor: Option<(String, i64)>,
    /// What it is scrolled to by.
    pub anchor: String,
    /// What it asks.
    pub prompt: String,
    /// What it is worth.
    pub points: u32,
    /// Time to answer.
    pub seconds: u32,
    /// Where its picture is, and what it shows.
    pub picture: Option<(String, String)>,
    /// What is right.
    pub key: CardKey,
    /// Why it is right.
    pub explanation: String,
    /// A word to the quizmaster.
    pub host_note: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What keeps it from being played, in words.
    pub faults: Vec<String>,
    /// What was changed on its way in, in words.
    pub repairs: Vec<String>,
}

/// How a question is answered and what is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardKey {
    /// Free text, judged by this criterion.
    Rated(String),
    /// A few words: whatever is right.
    Words(Vec<String>),
    /// Options, one of which can be chosen.
    One(Vec<CardOption>),
    /// Options, several of which can be ticked.
    Several(Vec<CardOption>),
    /// A number.
    Number {
        /// The right one, if there is one yet.
        value: String,
        /// How far off still counts; nothing for not at all.
        tolerance: String,
        /// What it counts.
        unit: String,
    },
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardOption {
    /// What it says.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
}

impl CardKey {
    fn kind(&self) -> &'static str {
        match self {
            Self::Rated(_) => "Long text, rated by teams",
            Self::Words(_) => "A few words",
            Self::One(_) => "One choice",
            Self::Several(_) => "Several choices",
            Self::Number { .. } => "Number",
        }
    }
}

/// Rounds with their questions.
#[component]
pub(super) fn Cards(rounds: Vec<CardRound>, with_solutions: bool) -> impl IntoView {
    let rounds = rounds.into_iter().map(|round| {
        let cards: Vec<_> =
            round.cards.into_iter().map(|card| view! { <QuestionCard card with_solutions /> }).collect();
        let much = count(cards.len() as u32, "question");
        view! {
            <section class="round" id=round.anchor>
                <h2>{round.title.clone()}" "<small>{much}</small></h2>
                {(!round.intro.is_empty()).then(|| view! { <p class="hint">{round.intro.clone()}</p> })}
                <ol class="cards">{cards}</ol>
                {round.editor.map(|(address, revision)| view! { <RoundTools address revision title=round.title intro=round.intro /> })}
            </section>
        }
    });
    rounds.collect::<Vec<_>>()
}

#[component]
pub(super) fn QuestionCard(card: Card, with_solutions: bool) -> impl IntoView {
    let kind = card.key.kind();
    let worth = format!("{kind} · {} · {} s", count(card.points, "point"), card.seconds);
    let said = move |label: &'static str, text: String| {
        let is_shown = with_solutions && !text.is_empty();
        is_shown.then(|| view! { <p class="aside"><b>{label}": "</b>{text}</p> })
    };
    let list = |class: &'static str, texts: Vec<String>| {
        let items: Vec<_> = texts.into_iter().map(|text| view! { <li>{text}</li> }).collect();
        (!items.is_empty()).then(|| view! { <ul class=class>{items}</ul> })
    };
    let label = format!("Take question {}: {}", card.number, card.prompt);
    view! {
        <li class="question-card" id=card.anchor>
            {card.tick.map(|value| view! { <input type="checkbox" name="take" value=value checked aria-label=label /> })}
            <div>
                {card.editor.map(|(address, revision)| view! { <QuestionTools address revision prompt=card.prompt.clone() /> })}
                <p class="prompt"><span class="number">{card.number}"."</span>" "{card.prompt}</p>
                {card.picture.map(|(url, description)| view! { <img src=url alt=description loading="lazy" /> })}
                <Key key=card.key with_solutions />
                {said("Why", card.explanation)}
                {said("For the host", card.host_note)}
                <p class="hint">{worth}{(!card.tags.is_empty()).then(|| format!(" · {}", card.tags.join(", ")))}</p>
                {list("faults", card.faults)}
                {list("repairs", card.repairs)}
            </div>
        </li>
    }
}

/// What can be done with a question of a quiz.
#[component]
fn QuestionTools(address: String, revision: i64, prompt: String) -> impl IntoView {
    let named = move |what: &str| format!("{what}: {prompt}");
    let button = |value: &'static str, label: &'static str| {
        view! { <button class="quiet" name="do" value=value aria-label=named(label)>{label}</button> }
    };
    view! {
        <form class="question-tools" method="post" action=address.clone()>
            <input type="hidden" name="revision" value=revision autocomplete="off" />
            <a class="quiet" href=address.clone() aria-label=named("Edit")>"Edit"</a>
            {button("up", "Up")}
            {button("down", "Down")}
            {button("copy", "Copy")}
            {button("remove", "Delete")}
        </form>
    }
}

/// What can be done with a round of a quiz.
#[component]
fn RoundTools(address: String, revision: i64, title: String, intro: String) -> impl IntoView {
    let named = |what: &str| format!("{what}: {title}");
    let button = |value: &'static str, label: &'static str| {
        view! { <button class="quiet" name="do" value=value aria-label=named(label)>{label}</button> }
    };
    let (up, down, remove) = (button("up", "Round up"), button("down", "Round down"), button("remove", "Delete round"));
    let (add, rename) = (named("Add a question"), named("Title and intro"));
    view! {
        <form class="tools" method="post" action=address.clone()>
            <input type="hidden" name="revision" value=revision autocomplete="off" />
            <button class="secondary" name="do" value="add" aria-label=add>"Add a question"</button>
            {up}
            {down}
            {remove}
        </form>
        <details class="menu">
            <summary class="quiet" aria-label=rename>"Title and intro"</summary>
            <form class="sheet" method="post" action=address>
                <input type="hidden" name="revision" value=revision autocomplete="off" />
                <label>"Title of the round"<input name="title" value=title maxlength=limits::TITLE_CHARS required /></label>
                <label>"One sentence before its first question"<input name="intro" value=intro maxlength=limits::INTRO_CHARS /></label>
                <button class="primary" name="do" value="save">"Save"</button>
            </form>
        </details>
    }
}

#[component]
fn Key(key: CardKey, with_solutions: bool) -> impl IntoView {
    let options = |options: Vec<CardOption>| {
        let items = options.into_iter().map(|option| {
            let right = option.right && with_solutions;
            let mark = right.then(|| {
                view! { <span class="tick" aria-hidden="true">"✓"</span><span class="visually-hidden">" (right)"</span> }
            });
            view! { <li class:right=right><span>{option.text}</span>{mark}</li> }
        });
        view! { <ol class="options">{items.collect::<Vec<_>>()}</ol> }.into_any()
    };
    let answer =
        |text: String| (with_solutions && !text.is_empty()).then(|| view! { <p class="right">{text}</p> }).into_any();
    match key {
        CardKey::Rated(criterion) => answer(criterion),
        CardKey::Words(accepted) => answer(accepted.join(" · ")),
        CardKey::Number { value, tolerance, unit } => {
            let about = if tolerance.is_empty() { String::new() } else { format!(" ± {tolerance}") };
            answer(format!("{value}{about} {unit}").trim().to_owned())
        }
        CardKey::One(choices) | CardKey::Several(choices) => options(choices),
    }
}
