//! In English.

use crate::link::Trouble;
use crate::points::points;
use protocol::client::Action;
use protocol::ids::Millis;
use protocol::rejection::Rejection;
use protocol::view::{After, LateVersion, Mark, Moment, Notice, Reason};

/// What a big screen is called among the teams.
pub const SCREEN: &str = "Big screen";

/// A mark of how much: `7.5 of 10`, or that it is pending.
pub fn mark(mark: &Mark) -> String {
    match mark.cents {
        Some(cents) => format!("{} of {}", points(cents), points(mark.of)),
        None => "pending".into(),
    }
}

/// Why a mark is what it is.
pub fn reason(mark: &Mark) -> String {
    let reason = by_rule(&mark.reason);
    if mark.by_hand { format!("Set by the quizmaster; was: {reason}") } else { reason }
}

fn by_rule(reason: &Reason) -> String {
    match reason {
        Reason::NoAnswer => "No answer".into(),
        Reason::Accepted => "Accepted".into(),
        Reason::NotAccepted => "Not among the accepted answers".into(),
        Reason::Right => "Right".into(),
        Reason::Wrong => "Wrong".into(),
        Reason::Ticks { hits, of, wrong: 0 } => format!("{hits} of {of} right"),
        Reason::Ticks { hits, of, wrong } => format!("{hits} of {of} right, {wrong} wrong"),
        Reason::Exact => "Exact".into(),
        Reason::CloseEnough => "Close enough".into(),
        Reason::OffBy { hundredths } => format!("Off by {}", points(i64::try_from(*hundredths).unwrap_or(i64::MAX))),
        Reason::NotANumber => "Not a number".into(),
        Reason::Pending { given, needed } => format!("Pending: {given} of at least {needed} ratings"),
        Reason::Median { doubled, stars } => {
            let given: Vec<_> = stars.iter().map(u8::to_string).collect();
            format!("Median {} of {} stars", points(i64::from(*doubled) * 50), given.join(", "))
        }
    }
}

/// Why something was refused.
pub fn rejection(reason: Rejection) -> &'static str {
    match reason {
        Rejection::UnknownTeam => "This team is not part of the game.",
        Rejection::UnknownQuestion => "The game has no such question.",
        Rejection::NotOpen => "The question is not open.",
        Rejection::WrongKind => "That does not fit this kind of question.",
        Rejection::OutOfRange => "The change lies outside the text.",
        Rejection::TooLong => "The answer is as long as it can be.",
        Rejection::TooManyEdits => "This answer was changed too often.",
        Rejection::TooManyWriters => "This team has opened too many pages.",
        Rejection::NumberSkipped => "An earlier keypress is missing.",
        Rejection::UnknownBase => "The page had lost track of the answer.",
        Rejection::NotRating => "That answer is not there to be rated now.",
        Rejection::NoSuchStars => "Give one to five stars.",
        Rejection::Stale => "The game had already moved on; nothing was done.",
        Rejection::NotNow => "That is not possible at this point.",
        Rejection::NothingToRate => "Nobody wrote an answer that could be rated.",
        Rejection::MarkOutOfRange => "A mark is at least 0 and at most the question's points.",
        Rejection::BatchTooLong => "That was too much at once.",
        Rejection::TooMuch => "This team has sent more than one evening can hold.",
        Rejection::NobodyToRate => "No team is here that could rate another one's answer.",
    }
}

/// What went wrong on a team's page.
pub fn trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Full => "You have been offline for too long: what you type now cannot be kept. Tell the quizmaster.",
        Trouble::Late => "Something came after the time was up and does not count. The quizmaster sees it and decides.",
        Trouble::TooManyPages => "This team has too many open pages. Close one.",
        Trouble::Unsaved => {
            "Not everything you typed is saved yet. Wait until it says “Saved”, or press “Log out” again to give it up."
        }
        Trouble::Refused(reason) => rejection(reason),
    }
}

/// What the server has to say.
pub fn notice(notice: Notice) -> String {
    match notice {
        Notice::Back { saved } => format!("Back. {saved} saved keypresses, none lost."),
        Notice::Refused(reason) => rejection(reason).into(),
    }
}

/// Where the game stands, on the desk.
pub fn moment(moment: Moment) -> &'static str {
    match moment {
        Moment::Lobby => "Lobby: teams are coming in",
        Moment::Between => "Between questions",
        Moment::Sealed => "Waiting until every page has the question",
        Moment::Armed => "Counting in",
        Moment::Open => "Open: teams are writing",
        Moment::Ending => "Time is up: collecting what is under way",
        Moment::Closed { rated: true } => "Closed: other teams rate this later",
        Moment::Closed { rated: false } => "Closed: the solution is not shown yet",
        Moment::Solution => "The solution is shown",
        Moment::Rating => "Teams are rating",
        Moment::RatingEnding => "Rating is over: collecting what is under way",
        Moment::Rated => "Rated: the room has not seen the scores yet",
        Moment::Scores => "The leaderboard is shown",
        Moment::Finished => "Finished: the podium is shown",
        Moment::Paused => "Paused: the question is covered and the fields are locked",
    }
}

/// What the next step leads to, or why there is none.
pub fn after(after: &After) -> String {
    match after {
        After::Plain => String::new(),
        After::Running => "The clock runs; the next step comes by itself.".into(),
        After::Over => "The evening is over.".into(),
        After::Question(next) => {
            format!("{}: question {} of {}, {} s", next.round, next.number, next.of, next.seconds)
        }
        After::Rating { answers, each, ms } => {
            // In tenths of a minute.
            let tenths = (ms + 3_000) / 6_000;
            format!("{answers} answers, about {each} for each team, {}.{} min", tenths / 10, tenths % 10)
        }
        After::Resume { left_ms } => format!("{} s are left", left_ms / 1_000),
    }
}

/// What a button of the desk does.
pub fn action(action: Action) -> &'static str {
    match action {
        Action::OpenQuestion => "Open question",
        Action::OpenNow => "Open now, without waiting",
        Action::CloseNow => "Close now",
        Action::Pause => "Pause",
        Action::Resume => "Resume",
        Action::AddTime => "Add 30 seconds",
        Action::Withdraw => "Withdraw",
        Action::ShowSolution => "Show solution",
        Action::StartRating => "Start rating",
        Action::SkipRating => "Skip rating",
        Action::ShowScores => "Show scores",
        Action::NextRound => "Next round",
        Action::Finish => "Finish game",
        Action::TakeBack => "Take back the end",
    }
}

/// Why something that came too late does not count.
pub fn late(late: &LateVersion) -> String {
    let seconds = |ms: Millis| format!("{}.{} s", ms / 1_000, ms % 1_000 / 100);
    let arrived = seconds((late.arrived_ms - late.closes_ms).max(0));
    if late.first_ms > late.closes_ms {
        let typed = seconds(late.first_ms - late.closes_ms);
        return format!("Typed {typed} after the time was up, came {arrived} after it.");
    }
    let explained = late.grace_ms.map(|grace_ms| format!("; its line explains {}", seconds(grace_ms)));
    let explained = explained.unwrap_or_default();
    format!("Typed in time by its device’s clock, but came {arrived} after the time was up{explained}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_marks() {
        let by_hand = |reason| Mark { cents: Some(0), of: 1_000, reason, by_hand: true };
        assert_eq!(by_rule(&Reason::Ticks { hits: 2, of: 3, wrong: 0 }), "2 of 3 right");
        assert_eq!(by_rule(&Reason::Ticks { hits: 2, of: 3, wrong: 1 }), "2 of 3 right, 1 wrong");
        assert_eq!(
            [500, 1_250, 1_205].map(|hundredths| by_rule(&Reason::OffBy { hundredths })),
            ["Off by 5", "Off by 12.5", "Off by 12.05"]
        );
        assert_eq!(
            reason(&by_hand(Reason::Median { doubled: 7, stars: vec![3, 4] })),
            "Set by the quizmaster; was: Median 3.5 of 3, 4 stars"
        );
    }

    #[test]
    fn why_something_late_does_not_count() {
        let came = |first_ms, grace_ms| LateVersion {
            made_ms: first_ms,
            arrived_ms: 12_500,
            device: None,
            text: String::new(),
            closes_ms: 10_000,
            first_ms,
            grace_ms,
            settled: false,
        };
        assert_eq!(late(&came(10_200, None)), "Typed 0.2 s after the time was up, came 2.5 s after it.");
        assert!(late(&came(9_000, Some(250))).ends_with("came 2.5 s after the time was up; its line explains 0.2 s."));
    }

    #[test]
    fn what_a_rating_takes() {
        let rating = After::Rating { answers: 12, each: 6, ms: 6 * 20_000 };
        assert_eq!(after(&rating), "12 answers, about 6 for each team, 2.0 min");
    }
}
