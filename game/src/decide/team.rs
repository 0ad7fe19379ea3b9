//! What a team writes and how it rates.

use crate::decide::Decision;
use crate::event::Event;
use crate::phase::Phase;
use crate::quiz::Key;
use crate::state::Game;
use protocol::answer::{Change, Content, Edit, transform};
use protocol::client::{Batch, Rating};
use protocol::ids::{Millis, QuestionId, TeamId, WriterId};
use protocol::limits;
use protocol::rejection::Rejection;
use std::collections::VecDeque;

/// Decides on a batch of edits. What was accepted before is passed over, so a batch may come twice.
pub fn edits(game: &Game, team: TeamId, batch: &Batch, now_ms: Millis) -> Decision {
    let last = game.last_number(team, batch.writer, batch.first)?;
    if batch.edits.is_empty() || batch.edits.len() > limits::BATCH_EDITS {
        return Err(Rejection::OutOfRange);
    }
    let fresh = |number: u64| number > last;
    let (_, question) = game.quiz.question(batch.question).ok_or(Rejection::UnknownQuestion)?;
    let closes_ms = game.answerable(batch.question, now_ms)?;
    let arrives_ms = match game.phase {
        Phase::Ending { question } if question == batch.question => game.collect_ms,
        _ => closes_ms + limits::GRACE_MS,
    };
    let in_time = |edit: &Edit| edit.at_ms <= closes_ms && now_ms <= arrives_ms;
    if !batch.edits.iter().any(in_time) || game.is_over(batch.question) {
        let late = (batch.first..).zip(&batch.edits).filter(|(number, _)| fresh(*number));
        return Ok(late.map(|(number, edit)| late_event(team, batch, number, edit)).collect());
    }
    let mut content = game.document(batch.question, team).content;
    let mut events = Vec::new();
    let mut count = game.answers.get(&(batch.question, team)).map_or(0, |answer| answer.steps.len());
    for (number, edit, changes) in game.rebased(team, batch)? {
        if !fresh(number) {
            continue;
        }
        if !in_time(edit) {
            events.push(late_event(team, batch, number, edit));
            continue;
        }
        for change in &changes {
            check(&question.answer, &content, change)?;
            content.apply(change);
        }
        if content.text.chars().count() > question.answer.chars_max() {
            return Err(Rejection::TooLong);
        }
        count += 1;
        if count > limits::ANSWER_EDITS {
            return Err(Rejection::TooManyEdits);
        }
        let (question, writer, made_ms) = (batch.question, batch.writer, edit.at_ms);
        events.push(Event::Edited { team, question, writer, number, made_ms, changes });
    }
    Ok(events)
}

/// Decides on a click on a star.
pub fn rate(game: &Game, team: TeamId, rating: &Rating, now_ms: Millis) -> Decision {
    let &Rating { writer, number, at_ms: made_ms, round, slot, stars } = rating;
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
    if on && now_ms < game.clock.from_ms {
        return Err(Rejection::NotRating);
    }
    let ending = matches!(game.phase, Phase::RatingEnding { .. });
    let arrives_ms = if ending { game.collect_ms } else { closes_ms + limits::GRACE_MS };
    let in_time = on && made_ms <= closes_ms && now_ms <= arrives_ms;
    Ok(vec![if in_time {
        Event::Rated { team, round, slot, stars, writer, number, made_ms }
    } else {
        Event::RatedLate { team, round, slot, stars, writer, number, made_ms }
    }])
}

fn late_event(team: TeamId, batch: &Batch, number: u64, edit: &Edit) -> Event {
    let (question, writer, made_ms) = (batch.question, batch.writer, edit.at_ms);
    Event::EditedLate { team, question, writer, number, made_ms, changes: edit.changes.clone() }
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
        if first == 0 || first > last + 1 { Err(Rejection::NumberSkipped) } else { Ok(last) }
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
    /// Steps of the same writer after that revision are the batch's own beginning, come twice: they are taken off
    /// as they are met, so that what others did in between is carried past the right ones.
    fn rebased<'a>(
        &self,
        team: TeamId,
        batch: &'a Batch,
    ) -> Result<impl Iterator<Item = (u64, &'a Edit, Vec<Change>)> + use<'a>, Rejection> {
        let steps = self.answers.get(&(batch.question, team)).map_or(&[][..], |answer| &answer.steps);
        let since = steps.get(batch.base as usize..).ok_or(Rejection::UnknownBase)?;
        if since.len() > limits::BASE_LAG_REVISIONS {
            return Err(Rejection::UnknownBase);
        }
        let too_many = |edit: &Edit| edit.changes.len() > limits::EDIT_CHANGES;
        if batch.edits.iter().any(too_many) {
            return Err(Rejection::OutOfRange);
        }
        let mut ours: VecDeque<_> =
            (batch.first..).zip(&batch.edits).map(|(number, edit)| (number, edit, edit.changes.clone())).collect();
        for step in since {
            if step.writer == batch.writer {
                match ours.front() {
                    Some((number, ..)) if *number == step.number => ours.pop_front(),
                    None => break,
                    _ => return Err(Rejection::UnknownBase),
                };
                continue;
            }
            let mut theirs = step.changes.clone();
            for (_, _, changes) in &mut ours {
                let (mine, after) = transform(changes, &theirs);
                (*changes, theirs) = (mine, after);
            }
        }
        Ok(ours.into_iter())
    }
}
