//! What a team's pages are told about their own messages, beside the views.

use crate::event::Event;
use crate::live::LiveState;
use crate::project;
use crate::score::Scoreboard;
use crate::state::{Answer, Game};
use protocol::answer::{Change, Step};
use protocol::client::{Batch, Known};
use protocol::ids::{QuestionId, TeamId, WriterId};
use protocol::limits;
use protocol::server::{Missed, ToTeam};
use std::collections::{BTreeMap, BTreeSet};

/// First message to a page: the view, what it missed of the answers it knows, and as they stand the answers it does not
/// know, or of which it has not heard (its last acknowledgement was `heard`) that some of its edits came too late.
///
/// Bounded in bytes, whatever the page says it knows: where steps would be too many the answer as it stands goes instead,
/// and the oldest answers that the page does not name are left out.
pub fn welcome(
    (game, live, scoreboard): (&Game, &LiveState, &Scoreboard),
    team: TeamId,
    (writer, heard): (WriterId, u64),
    known: &[Known],
) -> ToTeam {
    let acked = game.teams.get(&team).and_then(|team| team.writers.get(&writer)).copied().unwrap_or(0);
    let own = |question: &QuestionId| game.answers.get(&(*question, team));
    let mut bytes = limits::WELCOME_BYTES;
    let named: BTreeMap<_, _> = known.iter().map(|known| (known.question, known.revision)).collect();
    let mut missed = Vec::new();
    for (question, revision) in &named {
        let steps = own(question).and_then(|answer| answer.steps.get(*revision as usize..)).unwrap_or_default();
        let weight = steps.iter().map(|step| 16 + step.changes.iter().map(Change::bytes).sum::<u64>()).sum::<u64>();
        if let Some(left) = bytes.checked_sub(weight as usize)
            && own(question).is_some_and(|answer| answer.steps.len() >= *revision as usize)
        {
            bytes = left;
            missed.push(Missed { question: *question, steps: steps.to_vec() });
        }
    }
    let followed: BTreeSet<_> = missed.iter().map(|missed| missed.question).collect();
    let overruled = |answer: &Answer| answer.late_numbers.get(&writer).is_some_and(|late| *late > heard);
    let standing = game.quiz.questions().filter_map(|(id, ..)| Some((id, own(&id)?)));
    let standing = standing.filter(|(question, answer)| overruled(answer) || !followed.contains(question));
    let (asked, others): (Vec<_>, Vec<_>) = standing.partition(|(question, _)| named.contains_key(question));
    let documents = asked.into_iter().chain(others.into_iter().rev()).take_while(|(_, answer)| {
        let left = bytes.checked_sub(answer.content.text.len() + 16);
        bytes = left.unwrap_or(0);
        left.is_some()
    });
    let documents = documents.map(|(question, _)| game.document(question, team)).collect();
    ToTeam::Welcome { writer, view: project::team(game, live, scoreboard, team), acked, missed, documents }
}

/// What the sender of a batch hears, and what the team's other pages do; to be asked right after the events were
/// applied, so that revisions are those of the batch.
///
/// Where a rule has changed something in between, the sender hears every step too, so that it follows in the same order.
pub fn edited(game: &Game, team: TeamId, batch: &Batch, events: &[Event]) -> (Vec<ToTeam>, Vec<ToTeam>) {
    let (writer, number) = (batch.writer, batch.first + batch.edits.len() as u64 - 1);
    let answer = game.answers.get(&(batch.question, team));
    let late_number = answer.and_then(|answer| answer.late_numbers.get(&batch.writer));
    let late = late_number.is_some_and(|late| *late >= batch.first);
    let others: Vec<_> = steps(game, events).into_iter().map(|(_, message)| message).collect();
    let amended = events.iter().any(|event| matches!(event, Event::Amended { .. }));
    let mut sender = if amended { others.clone() } else { Vec::new() };
    sender.push(if late {
        ToTeam::Late { writer, number, document: Some(game.document(batch.question, team)) }
    } else {
        ToTeam::Ack { writer, number, revision: Some((batch.question, game.revision(batch.question, team))) }
    });
    (sender, others)
}

/// What a team's pages hear of changes to one of its answers, which were the last ones applied to it.
pub fn steps(game: &Game, events: &[Event]) -> Vec<(TeamId, ToTeam)> {
    let changed = |event: &Event| match event {
        Event::Edited { team, question, writer, number, changes, .. } => {
            Some((*team, *question, Step { writer: *writer, number: *number, changes: changes.clone() }))
        }
        Event::Amended { team, question, changes, .. } => {
            Some((*team, *question, Step { writer: WriterId::SERVER, number: 0, changes: changes.clone() }))
        }
        _ => None,
    };
    let steps: Vec<_> = events.iter().filter_map(changed).collect();
    let mut messages = Vec::new();
    for (index, (team, question, step)) in steps.iter().enumerate() {
        let after = steps[index + 1..].iter().filter(|(of, to, _)| of == team && to == question).count();
        let revision = game.revision(*question, *team) - after as u32;
        messages.push((*team, ToTeam::Edited { question: *question, revision, step: step.clone() }));
    }
    messages
}

/// What the sender of a rating hears.
pub fn rated(writer: WriterId, number: u64, events: &[Event]) -> ToTeam {
    match events {
        [Event::RatedLate { .. }] => ToTeam::Late { writer, number, document: None },
        _ => ToTeam::Ack { writer, number, revision: None },
    }
}
