//! Totals and places.

use crate::event::Event;
use crate::roster::Roster;
use crate::state::Game;
use protocol::ids::{QuestionId, TeamId};
use protocol::shared::Shared;
use protocol::view::{Cents, Standing};
use std::collections::{BTreeMap, BTreeSet};

/// The leaderboard, with the marks that it is made of: they are kept from turn to turn, for working out all of them
/// costs as much as there are teams and questions.
#[derive(Debug, Clone, Default)]
pub struct Scoreboard {
    marks: BTreeMap<QuestionId, BTreeMap<TeamId, Option<Cents>>>,
    standings: Shared<Vec<Standing>>,
    is_current: bool,
}

impl Scoreboard {
    /// One that is up to date.
    pub fn of(game: &Game, roster: &Roster) -> Self {
        let mut scoreboard = Self::default();
        scoreboard.update(game, roster);
        scoreboard
    }

    /// Most points first; ties share a place and stand by name. As they were at the last [`Self::update`].
    pub fn standings(&self) -> Shared<Vec<Standing>> {
        self.standings.clone()
    }

    /// Forgets what an event that has happened makes untrue.
    pub fn note(&mut self, game: &Game, event: &Event) {
        match event {
            Event::Edited { team, question, .. }
            | Event::Amended { team, question, .. }
            | Event::MarkSet { team, question, .. } => self.forget(*question, *team),
            Event::Rated { team, round, slot, .. } => {
                let sheet = game.rating_rounds.get(round).and_then(|rating_round| rating_round.sheets.get(team));
                if let Some(deal) = sheet.and_then(|sheet| sheet.get(usize::from(slot.0))) {
                    self.forget(deal.question, deal.author);
                }
            }
            Event::EditedLate { .. } | Event::RatedLate { .. } | Event::Displayed { .. } => {}
            // From now on other rules may hold.
            Event::MarksFrozen { .. } | Event::TakenBack => (self.marks, self.is_current) = (BTreeMap::new(), false),
            // Whether a question counts depends on where the game stands.
            _ => self.is_current = false,
        }
    }

    fn forget(&mut self, question: QuestionId, team: TeamId) {
        if let Some(marks) = self.marks.get_mut(&question) {
            marks.remove(&team);
            self.is_current = false;
        }
    }

    /// Brings the standings up to date, if they are not.
    pub fn update(&mut self, game: &Game, roster: &Roster) {
        if std::mem::replace(&mut self.is_current, true) {
            return;
        }
        let counted: BTreeSet<_> = game.quiz.questions().map(|(id, ..)| id).filter(|id| game.counts(*id)).collect();
        self.marks.retain(|question, _| counted.contains(question));
        let mut totals: BTreeMap<TeamId, Cents> = game.teams.keys().map(|team| (*team, 0)).collect();
        for question in counted {
            let marks = self.marks.entry(question).or_default();
            for (team, total) in &mut totals {
                let cents = marks.entry(*team).or_insert_with(|| game.cents(question, *team));
                *total += cents.unwrap_or(0);
            }
        }
        let rows = totals.into_iter().map(|(team, cents)| (cents, roster.name(team), team));
        self.standings = Shared::new(rank(rows.collect()));
    }
}

fn rank(mut rows: Vec<(Cents, String, TeamId)>) -> Vec<Standing> {
    rows.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
    let mut standings: Vec<Standing> = Vec::with_capacity(rows.len());
    for (index, (cents, name, team)) in rows.into_iter().enumerate() {
        let place = match standings.last() {
            Some(before) if before.cents == cents => before.place,
            _ => index as u32 + 1,
        };
        standings.push(Standing { place, team, name, cents });
    }
    standings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_is_one_more_than_the_number_of_better_teams(points in prop::collection::vec(-2i64..6, 1..200)) {
            let rows = points.iter().zip(1..).map(|(cents, id)| (*cents, format!("Team {id}"), TeamId(id))).collect();
            let standings = rank(rows);
            prop_assert_eq!(standings.len(), points.len());
            for standing in &standings {
                let better = points.iter().filter(|cents| **cents > standing.cents).count() as u32;
                prop_assert_eq!(standing.place, better + 1);
            }
            prop_assert!(standings.is_sorted_by_key(|standing| standing.place));
        }
    }
}
