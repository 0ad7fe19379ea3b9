//! Who rates whom.
//!
//! Three steps: a drawn circle, in which each answer goes to the next teams (fair and free of reciprocal pairs where
//! everybody wrote and is here); evening out of loads along alternating paths, which ends at the most even deal there
//! is (no path of that kind is left exactly when the sum of squared loads is least, as for any convex-cost flow); and
//! exchanges that remove reciprocal pairs without touching a load.

use crate::event::Deal;
use protocol::ids::TeamId;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Exchanges tried against reciprocal pairs, at most.
const EXCHANGES: usize = 20_000;

/// Deals answers to the teams that are present, each to `raters` of them where there are so many others.
///
/// The result has an entry, in drawn order, for every present team that got something.
pub fn deal(answers: &[Deal], present: &[TeamId], raters: usize, seed: u64) -> BTreeMap<TeamId, Vec<Deal>> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut table = Table::circle(answers, present, raters, &mut random);
    table.even_out();
    table.part_reciprocal(&mut random);
    let mut sheets: BTreeMap<TeamId, Vec<Deal>> = BTreeMap::new();
    for (index, raters) in table.raters.iter().enumerate() {
        for rater in raters {
            sheets.entry(*rater).or_default().push(table.answers[index]);
        }
    }
    sheets.values_mut().for_each(|sheet| sheet.shuffle(&mut random));
    sheets
}

/// Answers and the teams that rate them.
struct Table {
    answers: Vec<Deal>,
    raters: Vec<BTreeSet<TeamId>>,
    loads: BTreeMap<TeamId, usize>,
}

impl Table {
    /// Everybody in a drawn circle; an answer goes to the next present teams after its author.
    fn circle(answers: &[Deal], present: &[TeamId], raters: usize, random: &mut ChaCha8Rng) -> Self {
        let everybody: BTreeSet<_> = present.iter().copied().chain(answers.iter().map(|deal| deal.author)).collect();
        let mut circle: Vec<_> = everybody.into_iter().collect();
        circle.shuffle(random);
        let present: BTreeSet<_> = present.iter().copied().collect();
        let next_of = |author: TeamId| {
            let at = circle.iter().position(|team| *team == author).unwrap_or(0);
            let others = circle.iter().cycle().skip(at + 1).take(circle.len().saturating_sub(1));
            others.copied().filter(|team| present.contains(team)).take(raters).collect::<BTreeSet<_>>()
        };
        let dealt: Vec<_> = answers.iter().map(|deal| next_of(deal.author)).collect();
        let mut loads: BTreeMap<_, _> = present.iter().map(|team| (*team, 0)).collect();
        for rater in dealt.iter().flatten() {
            *loads.entry(*rater).or_default() += 1;
        }
        Self { answers: answers.to_vec(), raters: dealt, loads }
    }

    fn can_rate(&self, team: TeamId, answer: usize) -> bool {
        self.answers[answer].author != team && !self.raters[answer].contains(&team)
    }

    /// Moves answers from teams with many to teams with few until no chain of moves makes loads more even.
    fn even_out(&mut self) {
        while let Some(path) = self.uneven_path() {
            for (from, answer, to) in path {
                self.raters[answer].remove(&from);
                self.raters[answer].insert(to);
                *self.loads.entry(from).or_default() -= 1;
                *self.loads.entry(to).or_default() += 1;
            }
        }
    }

    /// A chain of moves from a team to one with at least two answers fewer.
    fn uneven_path(&self) -> Option<Vec<(TeamId, usize, TeamId)>> {
        let least = *self.loads.values().min()?;
        let mut heavy: Vec<_> = self.loads.iter().filter(|(_, load)| **load >= least + 2).collect();
        heavy.sort_by_key(|(_, load)| std::cmp::Reverse(**load));
        heavy.into_iter().find_map(|(start, load)| self.path_from(*start, *load))
    }

    fn path_from(&self, start: TeamId, load: usize) -> Option<Vec<(TeamId, usize, TeamId)>> {
        let mut came: BTreeMap<TeamId, (TeamId, usize)> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(from) = queue.pop_front() {
            let own = (0..self.answers.len()).filter(|answer| self.raters[*answer].contains(&from));
            for answer in own {
                for (&to, &to_load) in &self.loads {
                    if to == start || came.contains_key(&to) || !self.can_rate(to, answer) {
                        continue;
                    }
                    came.insert(to, (from, answer));
                    if to_load + 2 <= load {
                        return Some(walk_back(&came, start, to));
                    }
                    queue.push_back(to);
                }
            }
        }
        None
    }

    /// Exchanges raters between two answers as long as that leaves fewer reciprocal pairs. Where no exchange does, one that
    /// leaves as many may open the way to one that does.
    fn part_reciprocal(&mut self, random: &mut ChaCha8Rng) {
        let mut pairs = self.pairs();
        let mut tries = 0;
        'again: while tries < EXCHANGES {
            // One of those that leave as many, drawn as they come (reservoir sampling): there may be very many.
            let (mut as_good, mut drawn_from) = (None, 0u32);
            for (answer, rater) in self.reciprocal(&pairs) {
                for other in 0..self.answers.len() {
                    for to in self.raters[other].clone() {
                        tries += 1;
                        if !self.can_rate(to, answer) || !self.can_rate(rater, other) {
                            continue;
                        }
                        match self.outcome(&pairs, (answer, rater), (other, to)) {
                            Ordering::Less => {
                                self.exchange((answer, rater), (other, to));
                                pairs = self.pairs();
                                continue 'again;
                            }
                            Ordering::Equal => {
                                drawn_from += 1;
                                if random.random_range(0..drawn_from) == 0 {
                                    as_good = Some(((answer, rater), (other, to)));
                                }
                            }
                            Ordering::Greater => {}
                        }
                    }
                }
            }
            let Some((one, other)) = as_good else { return };
            self.exchange(one, other);
            pairs = self.pairs();
        }
    }

    /// How often each team rates each other one.
    fn pairs(&self) -> BTreeMap<(TeamId, TeamId), usize> {
        let mut pairs = BTreeMap::new();
        for (deal, raters) in self.answers.iter().zip(&self.raters) {
            raters.iter().for_each(|rater| *pairs.entry((*rater, deal.author)).or_default() += 1);
        }
        pairs
    }

    /// All places where a team rates one that rates it.
    fn reciprocal(&self, pairs: &BTreeMap<(TeamId, TeamId), usize>) -> Vec<(usize, TeamId)> {
        let places = self
            .raters
            .iter()
            .enumerate()
            .flat_map(|(answer, raters)| raters.iter().map(move |rater| (answer, *rater)));
        places.filter(|(answer, rater)| pairs.contains_key(&(self.answers[*answer].author, *rater))).collect()
    }

    /// Whether exchanging the raters of two places leaves fewer reciprocal pairs, as many, or more.
    fn outcome(
        &self,
        pairs: &BTreeMap<(TeamId, TeamId), usize>,
        (a, x): (usize, TeamId),
        (b, y): (usize, TeamId),
    ) -> Ordering {
        let (a, b) = (self.answers[a].author, self.answers[b].author);
        let count = |rater: TeamId, author: TeamId| pairs.get(&(rater, author)).copied().unwrap_or(0) as i64;
        let cost = |changes: &[((TeamId, TeamId), i64)]| -> usize {
            let touched: BTreeSet<_> = [(x, a), (y, b), (y, a), (x, b)].map(|(s, t)| (s.min(t), s.max(t))).into();
            let after = |pair: (TeamId, TeamId)| {
                count(pair.0, pair.1) + changes.iter().filter(|(of, _)| *of == pair).map(|(_, by)| by).sum::<i64>()
            };
            touched.into_iter().filter(|(s, t)| after((*s, *t)) > 0 && after((*t, *s)) > 0).count()
        };
        cost(&[((x, a), -1), ((y, b), -1), ((y, a), 1), ((x, b), 1)]).cmp(&cost(&[]))
    }

    fn exchange(&mut self, (a, x): (usize, TeamId), (b, y): (usize, TeamId)) {
        self.raters[a].remove(&x);
        self.raters[b].remove(&y);
        self.raters[a].insert(y);
        self.raters[b].insert(x);
    }
}

fn walk_back(came: &BTreeMap<TeamId, (TeamId, usize)>, start: TeamId, end: TeamId) -> Vec<(TeamId, usize, TeamId)> {
    let mut path = Vec::new();
    let mut to = end;
    while let Some((from, answer)) = came.get(&to) {
        path.push((*from, *answer, to));
        to = *from;
        if to == start {
            break;
        }
    }
    // From the far end, so that a team has taken its new answer's place before it gives its old one on.
    path
}

#[cfg(test)]
mod tests;
