//! The clock of a question or of a rating.

use protocol::ids::Millis;
use protocol::limits;
use protocol::view::Span;

/// A clock that has not run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// It runs.
    Running(Span),
    /// It was stopped.
    Paused {
        /// From when to when it would have run.
        span: Span,
        /// The instant at which it was stopped.
        at_ms: Millis,
        /// What was made until then counts, although it is stopped.
        closes_ms: Millis,
    },
}

impl Clock {
    /// A clock that runs from one instant to another.
    pub fn running(from_ms: Millis, to_ms: Millis) -> Self {
        Self::Running(Span { from_ms, to_ms })
    }

    /// The clock once it was stopped at `stopped_ms`, as was decided at `now_ms`.
    ///
    /// After an outage it stands where it stood then; what teams did meanwhile was kept by their pages, which need a
    /// while to come back, and counts.
    pub fn paused(self, stopped_ms: Millis, now_ms: Millis) -> Self {
        let was_away = now_ms - stopped_ms >= limits::OUTAGE_MS;
        let closes_ms = if was_away { now_ms + limits::RETURN_MS } else { stopped_ms };
        Self::Paused { span: self.span(), at_ms: stopped_ms, closes_ms }
    }

    /// From when to when it runs, or would have run.
    pub fn span(self) -> Span {
        match self {
            Self::Running(span) | Self::Paused { span, .. } => span,
        }
    }

    /// The instant at which it was stopped, while it is.
    pub fn paused_ms(self) -> Option<Millis> {
        match self {
            Self::Running(_) => None,
            Self::Paused { at_ms, .. } => Some(at_ms),
        }
    }

    /// Until when what is made counts, as far as is known.
    pub fn closes_ms(self) -> Millis {
        match self {
            Self::Running(span) => span.to_ms,
            Self::Paused { closes_ms, .. } => closes_ms,
        }
    }
}

/// A clock that has run out: what is under way may still arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collecting {
    /// From when to when it ran.
    pub span: Span,
    /// Until when things may arrive.
    pub until_ms: Millis,
}

impl Collecting {
    /// After a clock that ended at `closes_ms`, as was recorded at `now_ms`: that is later when the server was away.
    pub fn of(span: Span, closes_ms: Millis, now_ms: Millis) -> Self {
        let until_ms = now_ms.max(closes_ms) + limits::GRACE_MS;
        Self { span: Span { to_ms: closes_ms, ..span }, until_ms }
    }

    /// Whether the end was recorded late, because the server was away: then every line has the whole grace.
    pub fn was_away(self) -> bool {
        self.until_ms - self.span.to_ms > limits::GRACE_MS + limits::GRACE_MS_MIN
    }
}
