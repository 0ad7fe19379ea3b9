//! The rest of buttons that have just changed: a second click does not do the next thing, nor does one that was meant for
//! a button which was there a moment ago.

use protocol::ids::Millis;
use protocol::limits;

/// How far the rest of one set of buttons has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// Which set.
    number: u32,
    /// Since when they are on the screen; nothing until the frame after the one that they came in, or while the clock is
    /// not known.
    from_ms: Option<Millis>,
    /// Whether they can be pressed.
    pub is_over: bool,
}

impl Rest {
    /// How far it is now, after what was before. A new set begins anew; to be asked with every frame.
    pub fn next(before: Option<&Self>, number: u32, now_ms: Millis) -> Self {
        let Some(before) = before.filter(|before| before.number == number) else {
            return Self { number, from_ms: None, is_over: false };
        };
        let from_ms = before.from_ms.or((now_ms > 0).then_some(now_ms));
        let is_over = from_ms.is_some_and(|from_ms| !within(from_ms, now_ms, limits::BUTTON_REST_MS));
        Self { number, from_ms, is_over: before.is_over || is_over }
    }
}

/// Whether it is less than so long ago. A clock that has gone back does not make it longer.
pub fn within(from_ms: Millis, now_ms: Millis, length_ms: Millis) -> bool {
    (0..length_ms).contains(&(now_ms - from_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_begins_with_each_change_and_lasts_its_time() {
        let mut rest = None;
        let mut is_over = |number, now_ms| {
            let next = Rest::next(rest.as_ref(), number, now_ms);
            rest = Some(next);
            next.is_over
        };
        assert_eq!(
            [0, 0, 5_000, 5_699, 5_700, 5_701].map(|now_ms| is_over(1, now_ms)),
            [false, false, false, false, true, true]
        );
        // Changed long after the last frame: from the next one on, its whole time.
        assert_eq!([5_701, 9_000, 9_699, 9_700].map(|now_ms| is_over(2, now_ms)), [false, false, false, true]);
        // A clock that goes back, or ahead.
        assert_eq!([9_700, 9_716, 4_000, 9_720].map(|now_ms| is_over(3, now_ms)), [false, false, true, true]);
    }
}
