//! Rating anonymous answers: stars as radio groups, every click captured at once.

use super::TeamLink;
use crate::countdown::{Countdown, seconds_left};
use crate::link::{Status, TeamIntent};
use crate::scene::clock;
use leptos::prelude::*;
use protocol::ids::Slot;
use protocol::view::{Jury, Sheet, Span, TeamStage};

/// The card, then the sheet of answers.
#[component]
pub fn RatingSheets(round: u16, jury: Jury, stage: Memo<TeamStage>, link: TeamLink) -> impl IntoView {
    let Jury { sheets, too_few } = jury;
    let clock = clock(stage);
    let begun = Memo::new(move |_| clock.get().is_some_and(|Span { from_ms, .. }| link.now_ms.get() >= from_ms));
    let over = Memo::new(move |_| clock.get().is_some_and(|Span { to_ms, .. }| link.now_ms.get() >= to_ms));
    let count = sheets.len();
    let stars = move |slot: Slot| {
        stage.with(|stage| match stage {
            TeamStage::Rating { own, .. } => {
                own.sheets.iter().find(|sheet| sheet.slot == slot).map_or(0, |sheet| sheet.stars)
            }
            _ => 0,
        })
    };
    let rated = Memo::new(move |_| {
        stage.with(|stage| match stage {
            TeamStage::Rating { own, .. } => own.sheets.iter().filter(|sheet| sheet.stars > 0).count(),
            _ => 0,
        })
    });
    let piles = StoredValue::new(piles(sheets));
    let card = move || {
        let mut criteria: Vec<_> = piles.with_value(|piles| piles.iter().map(|pile| pile.criterion.clone()).collect());
        criteria.dedup();
        let criteria = criteria.into_iter().map(|criterion| view! { <p class="lead">"Judge: "{criterion}</p> });
        let anonymity = match too_few {
            true => "With so few teams you may guess who wrote what. Be fair all the same.",
            false => "Nobody learns whose they are, and nobody learns what you gave.",
        };
        view! {
            <div class="waiting">
                <p class="heading">"Rating"</p>
                <h1>{match count {
                    0 => "Nothing for you to rate this time.".to_owned(),
                    1 => "1 anonymous answer".to_owned(),
                    _ => format!("{count} anonymous answers"),
                }}</h1>
                {criteria.collect::<Vec<_>>()}
                <p class="hint">{anonymity}</p>
                <p class="count-in small" role="timer" aria-label="Starts in">
                    {move || clock.get().map(|clock| seconds_left(clock.from_ms, link.now_ms.get()).to_string())}
                </p>
            </div>
        }
    };
    let list = move || {
        let mut numbers = 1..;
        let items = piles.get_value().into_iter().zip(1u16..).map(|(Pile { prompt, criterion, sheets }, pile)| {
            let id = format!("criterion-{pile}");
            let answers = sheets.into_iter().zip(&mut numbers).map(|(sheet, number)| {
                let stars = Signal::derive(move || stars(sheet.slot));
                view! { <Answer round number criterion=id.clone() over stars sheet link /> }
            });
            let answers = answers.collect::<Vec<_>>();
            view! {
                <li class="pile">
                    <h2>{prompt}</h2>
                    <p class="criterion" id=id.clone()>"Judge: "{criterion}</p>
                    <ol class="sheets">{answers}</ol>
                </li>
            }
        });
        let done = move || match (rated.get(), count) {
            (_, 0) => "Nothing for you to rate this time. Lean back.".to_owned(),
            (rated, count) if rated == count => format!("All {count} rated; you can change them until the time is up."),
            (rated, count) => format!("{rated} of {count} rated"),
        };
        view! {
            <section class="rating">
                <div class="jury-bar">
                    <p class="lead" aria-live="polite">{done}</p>
                    <Countdown clock now_ms=link.now_ms />
                </div>
                <ol class="piles">{items.collect::<Vec<_>>()}</ol>
            </section>
        }
    };
    move || if begun.get() { list().into_any() } else { card().into_any() }
}

/// The answers to one question.
#[derive(Clone)]
struct Pile {
    prompt: String,
    criterion: String,
    sheets: Vec<Sheet>,
}

/// Sheets by question, in the order in which each first comes.
fn piles(sheets: Vec<Sheet>) -> Vec<Pile> {
    let mut piles: Vec<Pile> = Vec::new();
    for sheet in sheets {
        match piles.iter_mut().find(|pile| pile.prompt == sheet.prompt && pile.criterion == sheet.criterion) {
            Some(pile) => pile.sheets.push(sheet),
            None => {
                let (prompt, criterion) = (sheet.prompt.clone(), sheet.criterion.clone());
                piles.push(Pile { prompt, criterion, sheets: vec![sheet] });
            }
        }
    }
    piles
}

/// One answer with its stars; `criterion` is the id of what says how to judge it.
#[component]
fn Answer(
    round: u16,
    number: u16,
    criterion: String,
    sheet: Sheet,
    stars: Signal<u8>,
    over: Memo<bool>,
    link: TeamLink,
) -> impl IntoView {
    let slot = sheet.slot;
    // Shown at once; the view that follows says the same.
    let clicked = RwSignal::new(0u8);
    let given = Memo::new(move |_| if clicked.get() > 0 { clicked.get() } else { stars.get() });
    let refused = Memo::new(move |_| link.view.with(|state| state.trouble.is_some()));
    Effect::new(move |before: Option<u8>| {
        let stars = stars.get();
        // A view that knows of an earlier click only has nothing to say about this one.
        let is_news = before.is_some_and(|before| before != stars) && link.status.get_untracked() == Status::Saved;
        if is_news || stars == clicked.get_untracked() || refused.get() {
            clicked.set(0);
        }
        stars
    });
    let radios: Vec<_> = (1..=5u8)
        .map(|value| {
            let name = if value == 1 { "1 star".to_owned() } else { format!("{value} stars") };
            let rate = move |_| {
                clicked.set(value);
                link.send.run(TeamIntent::Rate { round, slot, stars: value });
            };
            view! {
                <label class="star" class:lit=move || { given.get() >= value }>
                    <input type="radio" name=format!("rating-{number}") aria-label=name prop:checked=move || given.get() == value disabled=over on:change=rate />
                    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2.6l2.9 6 6.6.9-4.8 4.6 1.2 6.5-5.9-3.2-5.9 3.2 1.2-6.5L2.5 9.5l6.6-.9z" /></svg>
                </label>
            }
        })
        .collect();
    view! {
        <li class="sheet">
            <blockquote>{sheet.text}</blockquote>
            <div class="stars" role="radiogroup" aria-label=format!("Rating for answer {number}") aria-describedby=criterion>{radios}</div>
        </li>
    }
}
