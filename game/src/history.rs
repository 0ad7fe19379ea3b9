//! Everything that happened to one answer, as evidence: what stood there when, what came too late and why, who rated.
//!
//! It costs one pass over the answer's steps, however often it was changed: only what is listed is ever put into words.

use crate::decide::place;
use crate::quiz::AnswerKey;
use crate::roster::Roster;
use crate::state::{Answer, Clicked, Game, LateEdit};
use protocol::answer::Content;
use protocol::ids::{QuestionId, TeamId, WriterId};
use protocol::limits;
use protocol::view::{Click, History, LateVersion, Version};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The history of a team's answer; nothing for a question or a team that the game does not have.
pub fn history(game: &Game, roster: &Roster, team: TeamId, question: QuestionId) -> Option<History> {
    let (round, found) = game.quiz.question(question)?;
    game.teams.get(&team)?;
    let none = Answer::default();
    let answer = game.answers.get(&(question, team)).unwrap_or(&none);
    let (ends, chains) = (version_ends(answer), late_chains(answer));
    let bases = chains.iter().map(|chain| base(answer, chain));
    let contents = contents(answer, ends.iter().map(|index| index + 1).chain(bases).collect());
    let devices = devices(answer);
    let versions = ends.into_iter().filter_map(|index| {
        let (step, times) = (answer.steps.get(index)?, answer.times.get(index)?);
        let text = game.words(question, contents.get(&(index + 1))?);
        let device = devices.get(&step.writer).copied();
        Some(Version { revision: index as u32 + 1, at_ms: times.at_ms, device, text })
    });
    let mut pairs = limits::LATE_PAIRS;
    let late = chains.into_iter().filter_map(|chain| {
        let content = contents.get(&base(answer, &chain))?.clone();
        let content = alone(&found.answer, answer, content, &chain, &mut pairs);
        late_version(game, question, (answer, chain), &devices, game.words(question, &content))
    });
    Some(History {
        team,
        name: roster.name(team),
        question,
        prompt: found.prompt.clone(),
        versions: within(versions, |version| version.text.len()),
        late: within(late, |version| version.text.len()),
        clicks: clicks(game, roster, round, (question, team)),
        usable: game.is_amendable(question),
    })
}

/// As many as fit a frame.
fn within<T>(listed: impl Iterator<Item = T>, bytes: impl Fn(&T) -> usize) -> Vec<T> {
    let mut left = Some(limits::HISTORY_BYTES);
    let fits = |item: &T| {
        left = left.and_then(|left| left.checked_sub(bytes(item)));
        left.is_some()
    };
    listed.take_while(fits).collect()
}

/// Devices in the order in which they first wrote, counted from 1.
fn devices(answer: &Answer) -> HashMap<WriterId, u16> {
    let all = answer.steps.iter().map(|step| step.writer).chain(answer.late.iter().map(|edit| edit.writer));
    let mut devices = HashMap::new();
    for writer in all.filter(|writer| *writer != WriterId::SERVER) {
        let number = devices.len() as u16 + 1;
        devices.entry(writer).or_insert(number);
    }
    devices
}

/// The last steps of versions, the newest first. A version ends where nobody typed for [`limits::VERSION_MS`], or where
/// another writer goes on.
fn version_ends(answer: &Answer) -> Vec<usize> {
    let goes_on = |index: &usize| {
        let (step, next) = (answer.steps.get(*index), answer.steps.get(index + 1));
        let (made, then) = (answer.times.get(*index), answer.times.get(index + 1));
        let soon =
            made.zip(then).is_some_and(|(made, then)| then.made_ms.saturating_sub(made.made_ms) < limits::VERSION_MS);
        soon && step.map(|step| step.writer) == next.map(|step| step.writer)
    };
    (0..answer.steps.len()).rev().filter(|index| !goes_on(index)).take(limits::HISTORY_VERSIONS).collect()
}

/// What the answer said after so many steps, for each of these numbers.
fn contents(answer: &Answer, mut revisions: Vec<usize>) -> BTreeMap<usize, Content> {
    revisions.sort_unstable();
    let (mut content, mut contents, mut done) = (Content::default(), BTreeMap::new(), 0);
    for revision in revisions {
        let steps = answer.steps.get(done..revision).unwrap_or_default();
        steps.iter().flat_map(|step| &step.changes).for_each(|change| content.apply(change));
        done = revision;
        contents.insert(revision, content.clone());
    }
    contents
}

/// Late edits that stand on one another, the newest first.
fn late_chains(answer: &Answer) -> Vec<Range<usize>> {
    let mut chains: Vec<Range<usize>> = Vec::new();
    for (index, edit) in answer.late.iter().enumerate() {
        match chains.last_mut() {
            Some(chain) if edit.on_late && answer.late.get(chain.start).is_some_and(|of| of.writer == edit.writer) => {
                chain.end = index + 1;
            }
            _ => chains.push(index..index + 1),
        }
    }
    chains.reverse();
    chains.truncate(limits::HISTORY_VERSIONS);
    chains
}

/// The revision that the last edit of a chain came upon.
fn base(answer: &Answer, chain: &Range<usize>) -> usize {
    let last = answer.late.get(chain.clone()).and_then(<[LateEdit]>::last);
    last.and_then(|edit| edit.base).unwrap_or(0).min(answer.steps.len() as u32) as usize
}

/// The answer with one chain of late edits only, as it was when they came.
fn alone(key: &AnswerKey, answer: &Answer, content: Content, chain: &Range<usize>, pairs: &mut usize) -> Content {
    let steps = answer.steps.get(..base(answer, chain)).unwrap_or_default();
    place(key, content, steps, answer.late.get(chain.clone()).unwrap_or_default(), pairs)
}

fn late_version(
    game: &Game,
    question: QuestionId,
    (answer, chain): (&Answer, Range<usize>),
    devices: &HashMap<WriterId, u16>,
    text: String,
) -> Option<LateVersion> {
    let closes_ms = game.closes.get(&question).copied().unwrap_or_default();
    let (first, last) = (answer.late.get(chain.start)?, answer.late.get(chain.end - 1)?);
    Some(LateVersion {
        made_ms: last.times.made_ms,
        arrived_ms: last.times.at_ms,
        device: devices.get(&first.writer).copied(),
        text,
        closes_ms,
        first_ms: first.times.made_ms,
        grace_ms: last.grace_ms,
        settled: chain.start < answer.settled,
    })
}

/// Clicks on the stars of an answer, the newest first.
fn clicks(game: &Game, roster: &Roster, round: u16, (question, author): (QuestionId, TeamId)) -> Vec<Click> {
    let Some(rating_round) = game.rating_rounds.get(&round) else { return Vec::new() };
    let of_answer = |click: &&Clicked| {
        let deal = rating_round.sheets.get(&click.team).and_then(|sheet| sheet.get(usize::from(click.slot.0)));
        deal.is_some_and(|deal| deal.question == question && deal.author == author)
    };
    let clicks = rating_round.clicks.iter().rev().filter(of_answer).take(limits::HISTORY_VERSIONS);
    let click = |click: &Clicked| {
        let &Clicked { team, stars, at_ms, late, .. } = click;
        Click { rater: roster.name(team), stars, at_ms, late }
    };
    clicks.map(click).collect()
}
