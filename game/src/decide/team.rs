//! What a team writes and how it rates.

use crate::decide::{Decision, length};
use crate::event::{Cause, Event};
use crate::phase::Phase;
use crate::quiz::Key;
use crate::state::Game;
use protocol::answer::{Change, Content, Edit, transform};
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
    if batch.edits.is_empty() || batch.edits.len() > limits::BATCH_EDITS {
        return Err(Rejection::OutOfRange);
    }
    let (_, question) = game.quiz.question(batch.question).ok_or(Rejection::UnknownQuestion)?;
    let Arrival { at_ms, grace_ms } = arrival;
    let closes_ms = game.answerable(batch.question, at_ms)?;
    let ending = matches!(game.phase, Phase::Ending { question } if question == batch.question);
    let arrives_ms = game.arrives_ms(ending, closes_ms, grace_ms);
    let arrived_late = batch.on_late || at_ms > arrives_ms || game.is_over(batch.question);
    // Nothing was made after it came, whatever its page says.
    let is_late = |edit: &Edit| arrived_late || edit.at_ms.min(at_ms) > closes_ms;
    let mut ours = match game.rebased(team, batch) {
        // What cannot be placed is kept as it was sent.
        Err(_) if batch.edits.iter().all(is_late) => return Ok(unplaced(team, batch, last, arrival)),
        ours => ours?,
    };
    let mut document = game.document(batch.question, team);
    let (mut events, mut stands_on_late) = (Vec::new(), batch.on_late);
    while let Some((number, edit, changes)) = ours.pop_front() {
        if number <= last {
            continue;
        }
        let (question_id, writer, made_ms) = (batch.question, batch.writer, edit.at_ms.min(at_ms));
        if stands_on_late || is_late(edit) {
            let (base, on_late) = (Some(document.revision), std::mem::replace(&mut stands_on_late, true));
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
            check(&question.answer, &document.content, change)?;
            document.content.apply(change);
        }
        document.revision += 1;
        let trim = length::trim(game, batch.question, &document.content, &changes);
        events.push(Event::Edited { team, question: question_id, writer, number, made_ms, changes });
        if let Some(trim) = trim {
            document.content.apply(&trim);
            document.revision += 1;
            carry(&mut ours, vec![trim.clone()]);
            events.push(Event::Amended { team, question: question_id, changes: vec![trim], cause: Cause::TooLong });
        }
        if document.revision as usize > limits::ANSWER_EDITS {
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
    if !(1..=5).contains(&stars) {
        return Err(Rejection::NoSuchStars);
    }
    let sheet = game.dealings.get(&round).and_then(|dealing| dealing.sheets.get(&team));
    if sheet.is_none_or(|sheet| sheet.len() <= usize::from(slot.0)) {
        return Err(Rejection::NotRating);
    }
    let on = matches!(game.phase, Phase::Rating { round: of } | Phase::RatingEnding { round: of } if of == round);
    let closes_ms = if game.paused.is_some() { game.stopped_ms } else { game.clock.to_ms };
    // Also a click during the card: the page had uncovered the answers when a pause set the clock back behind it.
    let ending = matches!(game.phase, Phase::RatingEnding { .. });
    let arrives_ms = game.arrives_ms(ending, closes_ms, arrival.grace_ms);
    let in_time = on && made_ms <= closes_ms && arrival.at_ms <= arrives_ms;
    Ok(vec![if in_time {
        Event::Rated { team, round, slot, stars, writer, number, made_ms }
    } else {
        Event::RatedLate { team, round, slot, stars, writer, number, made_ms }
    }])
}

/// Edits that came too late, where nobody can say any more what they were made on.
fn unplaced(team: TeamId, batch: &Batch, last: u64, arrival: Arrival) -> Vec<Event> {
    let fresh = (batch.first..).zip(&batch.edits).filter(|(number, _)| *number > last);
    let late = fresh.map(|(number, edit)| Event::EditedLate {
        team,
        question: batch.question,
        writer: batch.writer,
        number,
        made_ms: edit.at_ms.min(arrival.at_ms),
        changes: edit.changes.clone(),
        base: None,
        on_late: false,
        grace_ms: Some(arrival.grace_ms),
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

/// Whether a change fits the kind of question and the answer as it stands.
fn check(key: &Key, content: &Content, change: &Change) -> Result<(), Rejection> {
    let option_exists = |option: &u8| usize::from(*option) < key.options().len();
    match (key, change) {
        (Key::LongText { .. } | Key::ShortText { .. } | Key::Number { .. }, Change::Splice(splice)) => {
            if splice.insert.chars().count() > limits::SPLICE_CHARS {
                return Err(Rejection::TooLong);
            }
            splice.fits(content.text.chars().count()).then_some(()).ok_or(Rejection::OutOfRange)
        }
        (Key::OneChoice { .. }, Change::Pick { option })
        | (Key::SeveralChoices { .. }, Change::Tick { option, .. }) => {
            option_exists(option).then_some(()).ok_or(Rejection::OutOfRange)
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

    /// Until when what was made in time may come over a line with this grace. A clock whose end was recorded late, because
    /// the server was away, gives every line the whole of it.
    fn arrives_ms(&self, ending: bool, closes_ms: Millis, grace_ms: Millis) -> Millis {
        let was_away = ending && self.collect_ms - closes_ms > limits::GRACE_MS + limits::GRACE_MS_MIN;
        if was_away { self.collect_ms } else { closes_ms + grace_ms }
    }

    /// Until when a question can be answered; an error before it was ever revealed.
    fn answerable(&self, question: QuestionId, now_ms: Millis) -> Result<Millis, Rejection> {
        match self.closes.get(&question) {
            Some(closes_ms) if self.current() != Some(question) || now_ms >= self.clock.from_ms => Ok(*closes_ms),
            _ => Err(Rejection::NotOpen),
        }
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
        let too_many = |edit: &Edit| edit.changes.len() > limits::EDIT_CHANGES;
        if batch.edits.iter().any(too_many) {
            return Err(Rejection::OutOfRange);
        }
        let mut ours: Ours<'a> =
            (batch.first..).zip(&batch.edits).map(|(number, edit)| (number, edit, edit.changes.clone())).collect();
        for step in since {
            if step.writer != batch.writer {
                carry(&mut ours, step.changes.clone());
            } else if ours.front().is_some_and(|(number, ..)| *number == step.number) {
                ours.pop_front();
            }
        }
        Ok(ours)
    }
}
