//! What a team writes and how it rates.

use crate::clock::Collecting;
use crate::decide::{Decision, length};
use crate::event::{Cause, Event};
use crate::phase::Phase;
use crate::quiz::AnswerKey;
use crate::state::{Answer, Game};
use protocol::answer::{Change, Edit, transform};
use protocol::client::{Batch, Rating};
use protocol::ids::{Millis, QuestionId, TeamId, WriterId};
use protocol::limits;
use protocol::rejection::Rejection;
use std::collections::VecDeque;

/// When something came, by the server's clock, and how late it might still come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// When it came.
    pub at_ms: Millis,
    /// How long after a deadline what was typed before it may come over this line; the page's own word for when it was
    /// typed counts no further.
    pub grace_ms: Millis,
}

/// Decides on a batch of edits. What was accepted before is passed over, so a batch may come twice.
pub fn edits(game: &Game, team: TeamId, batch: &Batch, arrival: Arrival) -> Decision {
    let last = game.last_number(team, batch.writer, batch.first)?;
    let too_many = |edit: &Edit| edit.changes.len() > limits::EDIT_CHANGES;
    if batch.edits.is_empty() || batch.edits.len() > limits::BATCH_EDITS || batch.edits.iter().any(too_many) {
        return Err(Rejection::OutOfRange);
    }
    game.has_room(team, batch.edits.len())?;
    let (_, question) = game.quiz.question(batch.question).ok_or(Rejection::UnknownQuestion)?;
    let Arrival { at_ms, grace_ms } = arrival;
    let closes_ms = game.answerable(batch.question)?;
    let collecting = game.phase.collecting().filter(|_| game.current() == Some(batch.question));
    let arrives_ms = arrives_ms(collecting, closes_ms, grace_ms);
    let answer = game.answers.get(&(batch.question, team));
    if batch.on_late && answer.is_none_or(|answer| !answer.late_numbers.contains_key(&batch.writer)) {
        // Nothing of it came too late that this could stand on.
        return Err(Rejection::UnknownBase);
    }
    let arrived_late = batch.on_late || at_ms > arrives_ms || game.is_over(batch.question);
    // Nothing was made after it came, whatever its page says.
    let is_late = |edit: &Edit| arrived_late || edit.at_ms.min(at_ms) > closes_ms;
    let mut late = LateRoom::of(answer);
    let mut ours = match game.rebased(team, batch) {
        // What cannot be placed is kept as it was sent.
        Err(Rejection::UnknownBase) if batch.edits.iter().all(is_late) => {
            return unplaced(&question.answer, team, batch, last, (arrival, late));
        }
        ours => ours?,
    };
    let mut revision = answer.map_or(0, |answer| answer.steps.len());
    let mut chars = answer.map_or(0, |answer| answer.content.text.chars().count());
    let mut changed = answer.map_or(0, |answer| answer.changes);
    let (mut events, mut stands_on_late) = (Vec::new(), batch.on_late);
    while let Some((number, edit, changes)) = ours.pop_front() {
        if number <= last {
            continue;
        }
        if changes.len() > limits::EDIT_CHANGES {
            return Err(Rejection::OutOfRange);
        }
        let (question_id, writer, made_ms) = (batch.question, batch.writer, edit.at_ms.min(at_ms));
        if stands_on_late || is_late(edit) {
            let (base, on_late) = (Some(revision as u32), std::mem::replace(&mut stands_on_late, true));
            late.take(&question.answer, &changes)?;
            events.push(Event::EditedLate {
                team,
                question: question_id,
                writer,
                number,
                made_ms,
                changes,
                base,
                on_late,
                grace_ms: Some(grace_ms),
            });
            continue;
        }
        for change in &changes {
            chars = check(&question.answer, chars, change)?;
        }
        revision += 1;
        changed += changes.len();
        let trim = length::trim(question.answer.chars_max(), chars, &changes);
        events.push(Event::Edited { team, question: question_id, writer, number, made_ms, changes });
        if let Some(trim) = trim {
            chars = question.answer.chars_max();
            revision += 1;
            changed += 1;
            carry(&mut ours, vec![trim.clone()]);
            events.push(Event::Amended { team, question: question_id, changes: vec![trim], cause: Cause::TooLong });
        }
        if revision > limits::ANSWER_EDITS || changed > limits::ANSWER_CHANGES {
            return Err(Rejection::TooManyEdits);
        }
    }
    Ok(events)
}

/// Decides on a click on a star.
pub fn rate(game: &Game, team: TeamId, rating: &Rating, arrival: Arrival) -> Decision {
    let &Rating { writer, number, at_ms: claimed_ms, round, slot, stars } = rating;
    let made_ms = claimed_ms.min(arrival.at_ms);
    if number <= game.last_number(team, writer, number)? {
        return Ok(Vec::new());
    }
    game.has_room(team, 1)?;
    if !(1..=5).contains(&stars) {
        return Err(Rejection::NoSuchStars);
    }
    let sheet = game.rating_rounds.get(&round).and_then(|rating_round| rating_round.sheets.get(&team));
    if sheet.is_none_or(|sheet| sheet.len() <= usize::from(slot.0)) {
        return Err(Rejection::NotRating);
    }
    let clicks = game.rating_rounds.get(&round).and_then(|rating_round| rating_round.clicks_by.get(&team));
    if clicks.is_some_and(|clicks| *clicks >= limits::RATING_CLICKS) {
        return Err(Rejection::TooMuch);
    }
    // Also a click during the card: the page had uncovered the answers when a pause set the clock back behind it.
    let closes_ms = match game.phase {
        Phase::Rating { round: of, clock } if of == round => Some(clock.closes_ms()),
        Phase::RatingEnding { round: of, collecting } if of == round => Some(collecting.span.to_ms),
        _ => None,
    };
    let in_time = closes_ms.is_some_and(|closes_ms| {
        made_ms <= closes_ms && arrival.at_ms <= arrives_ms(game.phase.collecting(), closes_ms, arrival.grace_ms)
    });
    Ok(vec![if in_time {
        Event::Rated { team, round, slot, stars, writer, number, made_ms }
    } else {
        Event::RatedLate { team, round, slot, stars, writer, number, made_ms }
    }])
}

/// Until when what was made in time may come over a line with this grace. A clock whose end was recorded late, because the
/// server was away, gives every line the whole of it.
fn arrives_ms(collecting: Option<Collecting>, closes_ms: Millis, grace_ms: Millis) -> Millis {
    let was_away = collecting.filter(|collecting| collecting.was_away());
    was_away.map_or(closes_ms + grace_ms, |collecting| collecting.until_ms)
}

/// What one answer still takes of edits that come too late.
#[derive(Clone, Copy)]
struct LateRoom {
    edits: usize,
    changes: usize,
}

impl LateRoom {
    fn of(answer: Option<&Answer>) -> Self {
        let (edits, changes) = answer.map_or((0, 0), |answer| (answer.late.len(), answer.late_changes));
        Self { edits: limits::LATE_EDITS.saturating_sub(edits), changes: limits::LATE_CHANGES.saturating_sub(changes) }
    }

    /// Takes an edit that could ever be accepted: the text it is to be placed on is not known yet, but how long it can be.
    fn take(&mut self, key: &AnswerKey, changes: &[Change]) -> Result<(), Rejection> {
        let most = 2 * key.chars_max() + limits::SPLICE_CHARS;
        for change in changes {
            check(key, most, change)?;
        }
        self.edits = self.edits.checked_sub(1).ok_or(Rejection::TooManyEdits)?;
        self.changes = self.changes.checked_sub(changes.len()).ok_or(Rejection::TooManyEdits)?;
        Ok(())
    }
}

/// Edits that came too late, where nobody can say any more what they were made on.
fn unplaced(
    key: &AnswerKey,
    team: TeamId,
    batch: &Batch,
    last: u64,
    (arrival, mut room): (Arrival, LateRoom),
) -> Decision {
    let fresh = (batch.first..).zip(&batch.edits).filter(|(number, _)| *number > last);
    let late = fresh.map(|(number, edit)| {
        room.take(key, &edit.changes)?;
        Ok(Event::EditedLate {
            team,
            question: batch.question,
            writer: batch.writer,
            number,
            made_ms: edit.at_ms.min(arrival.at_ms),
            changes: edit.changes.clone(),
            base: None,
            on_late: false,
            grace_ms: Some(arrival.grace_ms),
        })
    });
    late.collect()
}

/// A batch's edits on their way past what others did, with their numbers.
type Ours<'a> = VecDeque<(u64, &'a Edit, Vec<Change>)>;

/// Carries edits past what others did before them.
fn carry(ours: &mut Ours<'_>, mut theirs: Vec<Change>) {
    for (_, _, changes) in ours {
        let (mine, after) = transform(changes, &theirs);
        (*changes, theirs) = (mine, after);
    }
}

/// Whether a change fits the kind of question and a text of so many characters; the number there are then.
pub(super) fn check(key: &AnswerKey, chars: usize, change: &Change) -> Result<usize, Rejection> {
    let option_exists = |option: &u8| usize::from(*option) < key.options().len();
    match (key, change) {
        (
            AnswerKey::LongText { .. } | AnswerKey::ShortText { .. } | AnswerKey::Number { .. },
            Change::Splice(splice),
        ) => {
            let inserted = splice.insert.chars().count();
            if inserted > limits::SPLICE_CHARS {
                return Err(Rejection::TooLong);
            }
            splice.fits(chars).then(|| chars - splice.delete as usize + inserted).ok_or(Rejection::OutOfRange)
        }
        (AnswerKey::OneChoice { .. }, Change::Pick { option })
        | (AnswerKey::SeveralChoices { .. }, Change::Tick { option, .. }) => {
            option_exists(option).then_some(chars).ok_or(Rejection::OutOfRange)
        }
        _ => Err(Rejection::WrongKind),
    }
}

impl Game {
    /// Last number accepted from a page load; `first` has to follow it or repeat what was accepted.
    fn last_number(&self, team: TeamId, writer: WriterId, first: u64) -> Result<u64, Rejection> {
        let writers = &self.teams.get(&team).ok_or(Rejection::UnknownTeam)?.writers;
        let last = writers.get(&writer).copied();
        if last.is_none() && writers.len() >= limits::WRITERS_PER_TEAM {
            return Err(Rejection::TooManyWriters);
        }
        let last = last.unwrap_or(0);
        if writer == WriterId::SERVER || first == 0 || first > last + 1 {
            Err(Rejection::NumberSkipped)
        } else {
            Ok(last)
        }
    }

    /// Whether a team may bring so many facts more.
    fn has_room(&self, team: TeamId, facts: usize) -> Result<(), Rejection> {
        let team = self.teams.get(&team).ok_or(Rejection::UnknownTeam)?;
        let fits = team.facts as usize + facts <= limits::TEAM_FACTS as usize && team.bytes <= limits::TEAM_BYTES;
        fits.then_some(()).ok_or(Rejection::TooMuch)
    }

    /// Until when a question can, or could, be answered; an error before it was ever revealed.
    fn answerable(&self, question: QuestionId) -> Result<Millis, Rejection> {
        self.closes.get(&question).copied().ok_or(Rejection::NotOpen)
    }

    /// A batch's edits as they read on top of everything accepted since the revision they were made on.
    ///
    /// Steps of the same writer after that revision are what the batch stands on, or the batch's own beginning, come
    /// twice: those are taken off as they are met, so that what others did in between is carried past the right ones.
    fn rebased<'a>(&self, team: TeamId, batch: &'a Batch) -> Result<Ours<'a>, Rejection> {
        let steps = self.answers.get(&(batch.question, team)).map_or(&[][..], |answer| &answer.steps);
        let since = steps.get(batch.base as usize..).ok_or(Rejection::UnknownBase)?;
        if since.len() > limits::BASE_LAG_REVISIONS {
            return Err(Rejection::UnknownBase);
        }
        let mut ours: Ours<'a> =
            (batch.first..).zip(&batch.edits).map(|(number, edit)| (number, edit, edit.changes.clone())).collect();
        let mut pairs = 0;
        for step in since {
            if step.writer != batch.writer {
                pairs += ours.iter().map(|(_, _, changes)| changes.len()).sum::<usize>() * step.changes.len().max(1);
                if pairs > limits::BATCH_PAIRS {
                    return Err(Rejection::BatchTooLong);
                }
                carry(&mut ours, step.changes.clone());
            } else if ours.front().is_some_and(|(number, ..)| *number == step.number) {
                ours.pop_front();
            }
        }
        Ok(ours)
    }
}
