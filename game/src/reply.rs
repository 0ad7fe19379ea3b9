//! What a team's pages are told about their own messages, beside the views.

use crate::event::Event;
use crate::hall::Hall;
use crate::project;
use crate::state::Game;
use protocol::answer::Step;
use protocol::client::{Batch, Known};
use protocol::ids::{QuestionId, TeamId, WriterId};
use protocol::server::{Missed, ToTeam};

/// First message to a page: the view, what it missed of the answers it knows, and as they stand the answers it does not
/// know, or of which it has not heard (its last acknowledgement was `heard`) that some of its edits came too late.
pub fn welcome(game: &Game, hall: &Hall, team: TeamId, (writer, heard): (WriterId, u64), known: &[Known]) -> ToTeam {
    let acked = game.teams.get(&team).and_then(|team| team.writers.get(&writer)).copied().unwrap_or(0);
    let steps_since = |known: &Known| -> Option<Missed> {
        let steps = game.answers.get(&(known.question, team))?.steps.get(known.revision as usize..)?;
        Some(Missed { question: known.question, steps: steps.to_vec() })
    };
    let missed: Vec<_> = known.iter().filter_map(steps_since).collect();
    let followed = |question: QuestionId| missed.iter().any(|missed| missed.question == question);
    let own = game.answers.iter().filter(|((question, of), answer)| {
        let overruled = answer.late_numbers.get(&writer).is_some_and(|late| *late > heard);
        *of == team && (overruled || !followed(*question))
    });
    let documents = own.map(|((question, _), _)| game.document(*question, team)).collect();
    ToTeam::Welcome { writer, view: project::team(game, hall, team), acked, missed, documents }
}

/// What the sender of a batch hears, and what the team's other pages do; to be asked right after the events were
/// applied, so that revisions are those of the batch.
///
/// Where a rule has changed something in between, the sender hears every step too, so that it follows in the same order.
pub fn edited(game: &Game, team: TeamId, batch: &Batch, events: &[Event]) -> (Vec<ToTeam>, Vec<ToTeam>) {
    let (writer, number) = (batch.writer, batch.first + batch.edits.len() as u64 - 1);
    let document = game.document(batch.question, team);
    let late_number =
        game.answers.get(&(batch.question, team)).and_then(|answer| answer.late_numbers.get(&batch.writer));
    let late = late_number.is_some_and(|late| *late >= batch.first);
    let others: Vec<_> = steps(game, events).into_iter().map(|(_, message)| message).collect();
    let amended = events.iter().any(|event| matches!(event, Event::Amended { .. }));
    let mut sender = if amended { others.clone() } else { Vec::new() };
    sender.push(if late {
        ToTeam::Late { writer, number, document: Some(document) }
    } else {
        ToTeam::Ack { writer, number, revision: Some((batch.question, document.revision)) }
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
        let revision = game.document(*question, *team).revision - after as u32;
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
