//! The loudspeaker: tones made of sines, on the clock of the sound card.

use super::score::Tone;
use leptos::prelude::*;
use protocol::ids::Millis;
use web_sys::wasm_bindgen::closure::Closure;
use web_sys::wasm_bindgen::{JsCast, JsValue};
use web_sys::{AudioContext, AudioContextState, GainNode};

/// Seconds that a sine takes to swell: without, it clicks.
const ATTACK_S: f64 = 0.008;
/// What an exponential fade ends at; it cannot end at nothing.
const SILENCE: f32 = 0.000_1;
/// A note that begins within so many seconds is not taken back: the end of a clock is often heard of just before it.
const SETTLED_S: f64 = 0.15;

/// A sine that swells and fades.
struct Partial {
    hz: f32,
    /// Loudness; those of one tone stay under 1 together, so that nothing is cut off.
    gain: f32,
    seconds: f64,
}

const fn partial(hz: f32, gain: f32, seconds: f64) -> Partial {
    Partial { hz, gain, seconds }
}

/// C, E and G, for 3-2-1.
const LOW: &[Partial] = &[partial(523.25, 0.20, 0.45), partial(1_046.5, 0.04, 0.25)];
const MIDDLE: &[Partial] = &[partial(659.26, 0.20, 0.45), partial(1_318.5, 0.04, 0.25)];
const HIGH: &[Partial] = &[partial(783.99, 0.20, 0.45), partial(1_568.0, 0.04, 0.25)];
/// Wood: short, with an overtone that is gone at once.
const TICK: &[Partial] = &[partial(880.0, 0.22, 0.09), partial(2_420.0, 0.06, 0.03)];
/// Bronze: overtones that are none of its ground, the higher the shorter.
const GONG: &[Partial] = &[
    partial(174.61, 0.28, 2.8),
    partial(349.23, 0.20, 2.2),
    partial(419.07, 0.10, 1.5),
    partial(523.25, 0.12, 1.2),
    partial(931.0, 0.05, 0.6),
];

fn partials(tone: Tone) -> &'static [Partial] {
    match tone {
        Tone::Low => LOW,
        Tone::Middle => MIDDLE,
        Tone::High => HIGH,
        Tone::Tick => TICK,
        Tone::Gong => GONG,
    }
}

/// A loudspeaker. It is silent until the browser lets it sound, and closed when it is dropped.
pub struct Speaker {
    context: AudioContext,
    /// The last note and when it begins, by the context's clock.
    last: Option<(f64, GainNode)>,
    /// Kept for as long as the context calls it.
    _changed: Closure<dyn FnMut()>,
}

impl Speaker {
    /// Asks for one and keeps telling whether it sounds.
    pub fn open(sounds: WriteSignal<bool>) -> Option<Self> {
        let context = AudioContext::new().ok()?;
        let changed = Closure::<dyn FnMut()>::new({
            let context = context.clone();
            move || sounds.set(context.state() == AudioContextState::Running)
        });
        context.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
        Some(Self { context, last: None, _changed: changed })
    }

    /// Plays a tone in so many milliseconds, or at once.
    pub fn play(&mut self, tone: Tone, ahead_ms: Millis) {
        let at_s = self.context.current_time() + ahead_ms.max(0) as f64 / 1_000.0;
        // A browser that has no more voices leaves the tone out.
        self.last = self.sound(partials(tone), at_s).ok().map(|voice| (at_s, voice));
    }

    /// Takes a note back that has not begun.
    pub fn hush(&mut self) {
        let now_s = self.context.current_time();
        if let Some((_, voice)) = self.last.take_if(|(at_s, _)| *at_s - now_s > SETTLED_S) {
            let _ = voice.disconnect();
        }
    }

    fn sound(&self, partials: &[Partial], at_s: f64) -> Result<GainNode, JsValue> {
        let voice = self.context.create_gain()?;
        voice.connect_with_audio_node(&self.context.destination())?;
        for Partial { hz, gain, seconds } in partials {
            let (sine, envelope) = (self.context.create_oscillator()?, self.context.create_gain()?);
            sine.frequency().set_value(*hz);
            envelope.gain().set_value_at_time(0.0, at_s)?;
            envelope.gain().linear_ramp_to_value_at_time(*gain, at_s + ATTACK_S)?;
            envelope.gain().exponential_ramp_to_value_at_time(SILENCE, at_s + seconds)?;
            sine.connect_with_audio_node(&envelope)?.connect_with_audio_node(&voice)?;
            sine.start_with_when(at_s)?;
            sine.stop_with_when(at_s + seconds)?;
        }
        Ok(voice)
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        self.context.set_onstatechange(None);
        let _ = self.context.close();
    }
}
