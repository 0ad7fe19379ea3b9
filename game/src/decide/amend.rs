//! What the quizmaster changes in answers: an earlier version is used, or what came too late is accepted.

use crate::decide::{Decision, length};
use crate::event::{Cause, Event};
use crate::state::{Answer, Game};
use protocol::answer::{Change, Content, Step, transform};
use protocol::ids::{QuestionId, TeamId};
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

/// Lets everything that came too late for a question count, or leaves it.
pub fn settle_late(game: &Game, question: QuestionId, accept: bool) -> Decision {
    let late: Vec<_> =
        game.teams.keys().filter_map(|team| Some((*team, game.answers.get(&(question, *team))?))).collect();
    if late.iter().all(|(_, answer)| answer.unsettled().is_empty()) {
        return Err(Rejection::NotNow);
    }
    if accept && !game.is_amendable(question) {
        return Err(Rejection::NotNow);
    }
    let mut events = Vec::new();
    for (team, answer) in late.into_iter().filter(|_| accept) {
        let with_late = with_late(game, question, answer);
        let changes = difference(&answer.content, &with_late);
        if !changes.is_empty() {
            events.push(Event::Amended { team, question, changes, cause: Cause::Late });
        }
    }
    events.push(Event::LateSettled { question, accepted: accept });
    Ok(events)
}

/// An answer as it would read with everything unsettled that came too late, as far as it fits.
pub fn with_late(game: &Game, question: QuestionId, answer: &Answer) -> Content {
    let mut content = answer.content.clone();
    let mut steps = answer.steps.clone();
    for changes in chains(answer, &mut steps) {
        changes.iter().for_each(|change| content.apply(change));
        if let Some(trim) = length::trim(game, question, &content, &changes) {
            content.apply(&trim);
        }
    }
    content
}

/// Each late edit's changes, as they read one after the other on top of all steps.
///
/// Edits that stand on one another are a chain. A chain is carried past what was accepted meanwhile, link by link, and
/// then counts as accepted for the next chain.
fn chains(answer: &Answer, steps: &mut Vec<Step>) -> Vec<Vec<Change>> {
    let mut placed = Vec::new();
    let mut late = answer.unsettled().iter().peekable();
    while let Some(first) = late.next() {
        let Some(mut at) = first.base.map(|base| base as usize) else { continue };
        let mut chain = vec![first.changes.clone()];
        while let Some(next) = late.next_if(|next| next.on_late && next.writer == first.writer) {
            let base = next.base.map_or(at, |base| base as usize);
            carry(&mut chain, steps.get(at..base).unwrap_or_default());
            at = at.max(base);
            chain.push(next.changes.clone());
        }
        carry(&mut chain, steps.get(at..).unwrap_or_default());
        let accepted = chain.iter().map(|changes| Step { writer: first.writer, number: 0, changes: changes.clone() });
        steps.extend(accepted);
        placed.extend(chain);
    }
    placed
}

fn carry(chain: &mut [Vec<Change>], steps: &[Step]) {
    for step in steps {
        let mut theirs = step.changes.clone();
        for ours in chain.iter_mut() {
            let (mine, after) = transform(ours, &theirs);
            (*ours, theirs) = (mine, after);
        }
    }
}
