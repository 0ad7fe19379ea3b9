//! What the quizmaster changes in answers: an earlier version is used, or what came too late is accepted.

use crate::decide::{Decision, length, team::check};
use crate::event::{Cause, Event};
use crate::quiz::AnswerKey;
use crate::state::{Answer, Game, LateEdit};
use protocol::answer::{Change, Content, Step, transform};
use protocol::ids::{QuestionId, TeamId};
use protocol::limits;
use protocol::rejection::Rejection;
use protocol::text::diff;

/// Lets an answer read as it did at an earlier revision.
pub fn use_version(game: &Game, team: TeamId, question: QuestionId, revision: u32) -> Decision {
    if !game.is_amendable(question) {
        return Err(Rejection::NotNow);
    }
    let answer = game.answers.get(&(question, team)).ok_or(Rejection::UnknownBase)?;
    let then = content_at(answer, revision).ok_or(Rejection::UnknownBase)?;
    let changes = difference(&answer.content, &then);
    Ok(if changes.is_empty() {
        Vec::new()
    } else {
        vec![Event::Amended { team, question, changes, cause: Cause::Version }]
    })
}

/// An answer as it stood at a revision; nothing if it has not come so far.
pub fn content_at(answer: &Answer, revision: u32) -> Option<Content> {
    let mut content = Content::default();
    let steps = answer.steps.get(..revision as usize)?;
    steps.iter().flat_map(|step| &step.changes).for_each(|change| content.apply(change));
    Some(content)
}

fn difference(from: &Content, to: &Content) -> Vec<Change> {
    let splice = diff(&from.text, &to.text, to.text.chars().count());
    let ticks = (0..32).filter(|option| from.choices.has(*option) != to.choices.has(*option));
    let ticks = ticks.map(|option| Change::Tick { option, on: to.choices.has(option) });
    splice.map(Change::Splice).into_iter().chain(ticks).collect()
}

/// Lets what came too late for a question count, or leaves it: of one team, or of all of them as far as one press can
/// place it.
pub fn settle_late(game: &Game, question: QuestionId, team: Option<TeamId>, accept: bool) -> Decision {
    let late = game.answers.range((question, TeamId(0))..=(question, TeamId(u32::MAX)));
    let late = late.filter(|((_, of), answer)| team.is_none_or(|team| team == *of) && !answer.unsettled().is_empty());
    let late: Vec<_> = late.map(|((_, team), answer)| (*team, answer)).collect();
    let (_, found) = game.quiz.question(question).ok_or(Rejection::UnknownQuestion)?;
    if late.is_empty() || accept && !game.is_amendable(question) {
        return Err(Rejection::NotNow);
    }
    let (mut events, mut pairs) = (Vec::new(), limits::LATE_PAIRS);
    for (team, answer) in late {
        if accept {
            let with_late = place(&found.answer, answer.content.clone(), &answer.steps, answer.unsettled(), &mut pairs);
            let changes = difference(&answer.content, &with_late);
            if !changes.is_empty() {
                events.push(Event::Amended { team, question, changes, cause: Cause::Late });
            }
        }
        events.push(Event::LateSettled { question, accepted: accept, team: Some(team) });
        if pairs == 0 {
            break;
        }
    }
    Ok(events)
}

/// How an answer reads with late edits on top of its steps, as far as they fit and `pairs` suffices; `content` is what
/// the steps add up to.
///
/// Edits that stand on one another are a chain. A chain is carried past what was accepted meanwhile, link by link, and
/// then counts as accepted for the next chain. One that takes more pairs of changes than are left is left out.
pub fn place(key: &AnswerKey, mut content: Content, steps: &[Step], late: &[LateEdit], pairs: &mut usize) -> Content {
    let mut placed: Vec<Step> = Vec::new();
    let mut late = late.iter().peekable();
    while let Some(first) = late.next() {
        let mut links = vec![first];
        while let Some(next) = late.next_if(|next| next.on_late && next.writer == first.writer) {
            links.push(next);
        }
        let Some(chain) = carried(&links, steps, &placed, pairs) else { continue };
        for changes in &chain {
            apply(key, &mut content, changes);
        }
        placed.extend(chain.into_iter().map(|changes| Step { writer: first.writer, number: 0, changes }));
    }
    content
}

/// A chain past everything that it did not know of; nothing if nobody can say what it was made on, or it takes too long.
fn carried(links: &[&LateEdit], steps: &[Step], placed: &[Step], pairs: &mut usize) -> Option<Vec<Vec<Change>>> {
    let mut at = links.first()?.base? as usize;
    let mut chain: Vec<Vec<Change>> = Vec::new();
    for link in links {
        let base = link.base.map_or(at, |base| base as usize);
        carry(&mut chain, steps.get(at..base).unwrap_or_default(), pairs)?;
        at = at.max(base);
        chain.push(link.changes.clone());
    }
    carry(&mut chain, steps.get(at..).unwrap_or_default(), pairs)?;
    carry(&mut chain, placed, pairs)?;
    Some(chain)
}

fn carry(chain: &mut [Vec<Change>], steps: &[Step], pairs: &mut usize) -> Option<()> {
    for step in steps {
        let ours = chain.iter().map(|changes| changes.len().max(1)).sum::<usize>();
        let left = pairs.checked_sub(ours * step.changes.len().max(1));
        *pairs = left.unwrap_or(0);
        left?;
        let mut theirs = step.changes.clone();
        for ours in chain.iter_mut() {
            let (mine, after) = transform(ours, &theirs);
            (*ours, theirs) = (mine, after);
        }
    }
    Some(())
}

/// Lets those of the changes happen that fit the answer as it stands, and cuts it to the length it can have.
fn apply(key: &AnswerKey, content: &mut Content, changes: &[Change]) {
    let mut chars = content.text.chars().count();
    for change in changes {
        if let Ok(then) = check(key, chars, change) {
            content.apply(change);
            chars = then;
        }
    }
    if let Some(trim) = length::trim(key.chars_max(), chars, changes) {
        content.apply(&trim);
    }
}
