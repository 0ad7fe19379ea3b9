//! Everything that happened to one answer, as evidence: what stood there when, what came too late and why, who rated.

use crate::decide::with_late;
use crate::hall::Hall;
use crate::state::{Answer, Clicked, Game, LateEdit, Times};
use protocol::answer::{Content, Step};
use protocol::ids::{Millis, QuestionId, TeamId, WriterId};
use protocol::limits;
use protocol::view::{Click, History, LateVersion, Version};

/// The history of a team's answer; nothing for a question or a team that the game does not have.
pub fn history(game: &Game, hall: &Hall, team: TeamId, question: QuestionId) -> Option<History> {
    let (round, found) = game.quiz.question(question)?;
    game.teams.get(&team)?;
    let answer = game.answers.get(&(question, team)).cloned().unwrap_or_default();
    Some(History {
        team,
        name: hall.name(team),
        question,
        prompt: found.prompt.clone(),
        versions: versions(game, question, &answer),
        late: late(game, question, &answer),
        clicks: clicks(game, hall, round, (question, team)),
        usable: game.is_amendable(question),
    })
}

/// Devices in the order in which they first wrote, counted from 1.
fn device(answer: &Answer, writer: WriterId) -> Option<u16> {
    let mut writers: Vec<WriterId> = Vec::new();
    let all = answer.steps.iter().map(|step| step.writer).chain(answer.late.iter().map(|edit| edit.writer));
    for writer in all.filter(|writer| *writer != WriterId::SERVER) {
        if !writers.contains(&writer) {
            writers.push(writer);
        }
    }
    writers.iter().zip(1..).find(|(known, _)| **known == writer).map(|(_, number)| number)
}

/// A version ends where nobody typed for [`limits::VERSION_MS`], or where another writer goes on.
fn versions(game: &Game, question: QuestionId, answer: &Answer) -> Vec<Version> {
    let mut content = Content::default();
    let mut versions = Vec::new();
    let steps: Vec<(&Step, &Times)> = answer.steps.iter().zip(&answer.times).collect();
    for (index, (step, times)) in steps.iter().enumerate() {
        step.changes.iter().for_each(|change| content.apply(change));
        let goes_on = steps.get(index + 1).is_some_and(|(next, then)| {
            next.writer == step.writer && then.made_ms.saturating_sub(times.made_ms) < limits::VERSION_MS
        });
        if !goes_on {
            let (revision, text) = (index as u32 + 1, game.words(question, &content));
            versions.push(Version { revision, at_ms: times.at_ms, device: device(answer, step.writer), text });
        }
    }
    versions.reverse();
    versions.truncate(limits::HISTORY_VERSIONS);
    versions
}

fn late(game: &Game, question: QuestionId, answer: &Answer) -> Vec<LateVersion> {
    let closes_ms = game.closes.get(&question).copied().unwrap_or_default();
    let mut late = Vec::new();
    let mut begin = 0;
    while let Some(first) = answer.late.get(begin) {
        let rest = &answer.late[begin + 1..];
        let end = begin + 1 + rest.iter().take_while(|edit| edit.on_late && edit.writer == first.writer).count();
        let last = answer.late.get(end - 1).unwrap_or(first);
        late.push(LateVersion {
            made_ms: last.times.made_ms,
            arrived_ms: last.times.at_ms,
            device: device(answer, first.writer),
            text: game.words(question, &alone(game, question, answer, begin..end)),
            why: why(first, last, closes_ms),
            settled: begin < answer.settled,
        });
        begin = end;
    }
    late.reverse();
    late.truncate(limits::HISTORY_VERSIONS);
    late
}

/// The answer with some of its late edits only, as it was when they came.
fn alone(game: &Game, question: QuestionId, answer: &Answer, edits: std::ops::Range<usize>) -> Content {
    let late = answer.late[edits].to_vec();
    let base = late.last().and_then(|edit| edit.base).unwrap_or(0) as usize;
    let mut then = Answer { late, ..Answer::default() };
    then.steps = answer.steps.get(..base).unwrap_or_default().to_vec();
    then.steps.iter().flat_map(|step| &step.changes).for_each(|change| then.content.apply(change));
    with_late(game, question, &then)
}

fn why(first: &LateEdit, last: &LateEdit, closes_ms: Millis) -> String {
    let seconds = |ms: Millis| format!("{}.{} s", ms / 1_000, ms % 1_000 / 100);
    let arrived = seconds((last.times.at_ms - closes_ms).max(0));
    if first.times.made_ms > closes_ms {
        format!("Typed {} after the time was up, came {arrived} after it.", seconds(first.times.made_ms - closes_ms))
    } else {
        let explained = last.grace_ms.map(|grace_ms| format!("; its line explains {}", seconds(grace_ms)));
        let explained = explained.unwrap_or_default();
        format!("Typed in time by its device’s clock, but came {arrived} after the time was up{explained}.")
    }
}

/// Clicks on the stars of an answer, the newest first.
fn clicks(game: &Game, hall: &Hall, round: u16, (question, author): (QuestionId, TeamId)) -> Vec<Click> {
    let Some(dealing) = game.dealings.get(&round) else { return Vec::new() };
    let of_answer = |click: &&Clicked| {
        let deal = dealing.sheets.get(&click.team).and_then(|sheet| sheet.get(usize::from(click.slot.0)));
        deal.is_some_and(|deal| deal.question == question && deal.author == author)
    };
    let clicks = dealing.clicks.iter().rev().filter(of_answer).take(limits::HISTORY_VERSIONS);
    let click = |click: &Clicked| {
        let &Clicked { team, stars, at_ms, late, .. } = click;
        Click { rater: hall.name(team), stars, at_ms, late }
    };
    clicks.map(click).collect()
}
