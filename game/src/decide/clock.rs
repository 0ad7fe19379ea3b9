//! What time itself brings about.

use crate::event::Event;
use crate::phase::Phase;
use crate::state::Game;
use protocol::ids::Millis;
use protocol::limits;

/// What is due at `now_ms`; nothing before [`Game::wake_ms`].
pub fn tick(game: &Game, now_ms: Millis) -> Vec<Event> {
    if game.wake_ms().is_none_or(|wake| now_ms < wake) {
        return Vec::new();
    }
    match game.phase {
        Phase::Armed { question, reveal_ms } => {
            let seconds = game.quiz.question(question).map_or(0, |(_, question)| question.seconds);
            let deadline_ms = reveal_ms + i64::from(seconds) * 1_000;
            vec![Event::Opened { question, reveal_ms, deadline_ms }]
        }
        Phase::Open { clock, .. } | Phase::Rating { clock, .. } => vec![Event::Ended { at_ms: clock.span().to_ms }],
        Phase::Ending { .. } | Phase::RatingEnding { .. } => vec![Event::Closed],
        _ => Vec::new(),
    }
}

/// What a server does that comes back at `now_ms` and was last alive at `alive_ms`: after a short gap the clock has
/// simply run on; after a longer one it stops where it stood, and a count-in is taken back.
pub fn after_outage(game: &Game, alive_ms: Millis, now_ms: Millis) -> Vec<Event> {
    let alive_ms = alive_ms.max(game.last_ms);
    let short = now_ms - alive_ms < limits::OUTAGE_MS;
    match game.phase {
        // What was under way when the server went has its whole grace again, however long that took.
        Phase::Ending { collecting, .. } | Phase::RatingEnding { collecting, .. } => {
            vec![Event::Ended { at_ms: collecting.span.to_ms }]
        }
        _ if short || game.phase.paused_ms().is_some() => Vec::new(),
        Phase::Sealed { .. } | Phase::Armed { .. } => vec![Event::WithdrawnAt { at_ms: now_ms }],
        Phase::Open { clock, .. } | Phase::Rating { clock, .. } => {
            vec![Event::Paused { at_ms: alive_ms.min(clock.span().to_ms) }]
        }
        _ => Vec::new(),
    }
}
