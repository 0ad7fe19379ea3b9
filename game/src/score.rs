//! Totals and places.

use crate::hall::Hall;
use crate::state::Game;
use protocol::ids::TeamId;
use protocol::view::{Cents, Standing};

impl Game {
    /// Everything a team has earned that counts so far.
    pub fn total(&self, team: TeamId) -> Cents {
        let counted = self.quiz.questions().filter(|(id, ..)| self.counts(*id));
        counted.filter_map(|(id, ..)| self.mark(id, team).cents).sum()
    }

    /// The leaderboard: most points first, ties share a place and stand by name.
    pub fn standings(&self, hall: &Hall) -> Vec<Standing> {
        let rows = self.teams.keys().map(|team| (self.total(*team), hall.name(*team), *team));
        rank(rows.collect())
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
        fn a_place_is_one_more_than_the_number_of_better_teams(points in prop::collection::vec(0u32..6, 1..200)) {
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
