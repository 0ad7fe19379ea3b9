//! Sound, on the big screen only: a tick for each of the last seconds, a gong at the end, three steps up before a
//! question. Nothing is loaded for it.

mod score;
mod speaker;

use leptos::prelude::*;
use protocol::ids::Millis;
use protocol::view::ScreenStage;
use score::Score;
use speaker::Speaker;

/// Where a browser keeps that its screen is to sound.
const KEPT: &str = "quizwire-sound";

/// The switch, and what it switches. A browser lets a page sound after a press only, so the switch shows whether it
/// does, not whether somebody once wished it.
#[component]
pub fn Sound(stage: Memo<ScreenStage>, now_ms: ReadSignal<Millis>) -> impl IntoView {
    let (sounds, set_sounds) = signal(false);
    // Each press asks for a loudspeaker of its own, for one that was refused stays silent; none is silence.
    let press = RwSignal::new(None::<u32>);
    let score = Memo::new(move |_| stage.with(Score::of));
    let due = Memo::new(move |_| score.get()?.due(now_ms.get()));
    Effect::new(move |_| press.set(kept().then_some(0)));
    Effect::new(move |before: Option<Option<Player>>| {
        let press = press.get()?;
        let mut player = match before.flatten().filter(|player| player.press == press) {
            Some(player) => player,
            None => Player { press, speaker: Speaker::open(set_sounds)?, score: None },
        };
        let score = score.get();
        if std::mem::replace(&mut player.score, score) != score {
            player.speaker.hush();
        }
        let due = due.get();
        if let Some(note) = due.filter(|_| sounds.get()) {
            player.speaker.play(note.tone, note.at_ms - now_ms.get_untracked());
        }
        Some(player)
    });
    let toggle = move |_| {
        let on = !sounds.get_untracked();
        keep(on);
        set_sounds.set(false);
        press.update(|press| *press = on.then(|| press.map_or(0, |press| press + 1)));
    };
    // The name changes, so there is no `aria-pressed`: "Sound off, pressed" would say the opposite.
    view! {
        <button class="secondary sound" type="button" on:click=toggle>{move || if sounds.get() { "Sound off" } else { "Sound on" }}</button>
    }
}

/// A loudspeaker and what it is playing.
struct Player {
    press: u32,
    speaker: Speaker,
    score: Option<Score>,
}

fn kept() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage.is_some_and(|storage| storage.get_item(KEPT).ok().flatten().is_some())
}

fn keep(on: bool) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = if on { storage.set_item(KEPT, "on") } else { storage.remove_item(KEPT) };
    }
}
