//! What a team's pages are told about their own messages, beside the views.

use crate::event::Event;
use crate::hall::Hall;
use crate::project;
use crate::state::Game;
use protocol::answer::Step;
use protocol::client::{Batch, Known};
use protocol::ids::{QuestionId, TeamId, WriterId};
use protocol::server::{Missed, ToTeam};

/// First message to a page: the view, what it missed of the answers it knows, and the answers it does not know, or
/// of which it has not heard (its last acknowledgement was `heard`) that some of its edits came too late.
pub fn welcome(game: &Game, hall: &Hall, team: TeamId, (writer, heard): (WriterId, u64), known: &[Known]) -> ToTeam {
    let acked = game.teams.get(&team).and_then(|team| team.writers.get(&writer)).copied().unwrap_or(0);
    let steps_since = |known: &Known| -> Option<Missed> {
        let answer = game.answers.get(&(known.question, team))?;
        if answer.late_numbers.get(&writer).is_some_and(|late| *late > heard) {
            return None;
        }
        let steps = answer.steps.get(known.revision as usize..)?.to_vec();
        Some(Missed { question: known.question, steps })
    };
    let missed: Vec<_> = known.iter().filter_map(steps_since).collect();
    let told = |question: QuestionId| missed.iter().any(|missed| missed.question == question);
    let own = game.answers.keys().filter(|(question, of)| *of == team && !told(*question));
    let documents = own.map(|(question, _)| game.document(*question, team)).collect();
    ToTeam::Welcome { view: project::team(game, hall, team), acked, missed, documents }
}

/// What the sender of a batch hears, and what the team's other pages do; to be asked right after the events were
/// applied, so that revisions are those of the batch.
pub fn edited(game: &Game, team: TeamId, batch: &Batch, events: &[Event]) -> (ToTeam, Vec<ToTeam>) {
    let number = batch.first + batch.edits.len() as u64 - 1;
    let document = game.document(batch.question, team);
    let late_number =
        game.answers.get(&(batch.question, team)).and_then(|answer| answer.late_numbers.get(&batch.writer));
    let late = late_number.is_some_and(|late| *late >= batch.first);
    let accepted: Vec<_> = events.iter().filter_map(step).collect();
    let before = document.revision - accepted.len() as u32;
    let steps = accepted.into_iter().zip(before + 1..);
    let others = steps.map(|(step, revision)| ToTeam::Edited { question: batch.question, revision, step }).collect();
    let sender = if late {
        ToTeam::Late { number, document: Some(document) }
    } else {
        ToTeam::Ack { number, revision: Some((batch.question, document.revision)) }
    };
    (sender, others)
}

/// What the sender of a rating hears.
pub fn rated(number: u64, events: &[Event]) -> ToTeam {
    match events {
        [Event::RatedLate { .. }] => ToTeam::Late { number, document: None },
        _ => ToTeam::Ack { number, revision: None },
    }
}

fn step(event: &Event) -> Option<Step> {
    match event {
        Event::Edited { writer, number, changes, .. } => {
            Some(Step { writer: *writer, number: *number, changes: changes.clone() })
        }
        _ => None,
    }
}
