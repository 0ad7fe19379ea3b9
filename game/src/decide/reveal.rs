//! How a sealed question opens everywhere at once.

use crate::event::Event;
use crate::phase::Phase;
use crate::presence::Presence;
use crate::state::Game;
use protocol::ids::{Micros, Millis, QuestionId, TeamId};
use protocol::limits;

/// Pages that can show a question.
const PAGES: usize = limits::TEAMS * limits::DEVICES_PER_TEAM + limits::SCREENS_PER_GAME;

/// The instant of the reveal, once every page has the sealed question; nothing while some are waited for.
pub fn arm(game: &Game, presence: &Presence, now_ms: Millis) -> Option<Event> {
    let Phase::Sealed { question } = game.phase else { return None };
    presence.is_ready(question).then(|| armed(question, presence.lead_ms(), now_ms))
}

/// A count-in that begins now, no shorter than it takes to reach the slowest page.
pub fn armed(question: QuestionId, lead_ms: Millis, now_ms: Millis) -> Event {
    Event::Armed { question, reveal_ms: now_ms + limits::COUNT_IN_MS.max(lead_ms) }
}

/// A page's word for when it showed a question, as far as it can be true: not before the reveal, nor after it said so.
pub fn displayed(
    game: &Game,
    (team, question): (Option<TeamId>, QuestionId),
    (at_us, error_us, coarse): (Micros, u32, bool),
    now_us: Micros,
) -> Option<Event> {
    let (Phase::Open { question: on, reveal_ms, .. } | Phase::Ending { question: on, reveal_ms, .. }) = game.phase
    else {
        return None;
    };
    let has_room = game.displays.get(&question).is_none_or(|displays| displays.len() < PAGES);
    if on != question || !has_room {
        return None;
    }
    let reveal_us = reveal_ms.saturating_mul(1_000);
    let latest_us = now_us.saturating_sub(reveal_us).max(0);
    let after_us = at_us.saturating_sub(reveal_us).clamp(0, latest_us);
    let after_us = u32::try_from(after_us).unwrap_or(u32::MAX);
    Some(Event::Displayed { question, team, after_us, error_us, coarse })
}
