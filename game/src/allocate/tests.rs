use super::*;
use proptest::prelude::*;
use protocol::ids::QuestionId;

#[derive(Debug)]
struct Round {
    answers: Vec<Deal>,
    present: Vec<TeamId>,
}

/// Teams from 1; some did not write, some have left.
fn round() -> impl Strategy<Value = Round> {
    (2u32..=200, 1u16..=3, prop_oneof![Just(0u32), 0u32..60], prop_oneof![Just(0u32), 0u32..30], any::<u64>()).prop_map(
        |(teams, questions, blank_percent, gone_percent, seed)| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let mut chance = move |percent: u32| rand::RngExt::random_range(&mut random, 0..100) < percent;
            let present: Vec<_> = (1..=teams).filter(|_| !chance(gone_percent)).map(TeamId).collect();
            let all = (0..questions).flat_map(|question| (1..=teams).map(move |team| (question, team)));
            let answers = all.filter(|_| !chance(blank_percent));
            let answers = answers.map(|(question, team)| Deal { question: QuestionId(question), author: TeamId(team) });
            Round { answers: answers.collect(), present }
        },
    )
}

/// The smallest largest load and the largest smallest load that any legal deal has, by maximum flow (Dinic's on unit
/// answers would do; sizes here allow the plain augmenting form).
fn feasible(round: &Round, raters: usize, least: usize, most: usize) -> bool {
    let demand: Vec<usize> = round.answers.iter().map(|deal| eligible(round, deal).min(raters)).collect();
    let mut holds: Vec<BTreeSet<TeamId>> = vec![BTreeSet::new(); round.answers.len()];
    let mut loads: BTreeMap<TeamId, usize> = round.present.iter().map(|team| (*team, 0)).collect();
    // First everybody's lower bound, then the rest: an answer takes a team below the bound, pushing others along.
    for bound in [least, most] {
        for answer in 0..round.answers.len() {
            while holds[answer].len() < demand[answer] && augment(round, &mut holds, &mut loads, answer, bound) {}
        }
        if bound == least && loads.values().any(|load| *load < least) {
            return false;
        }
    }
    holds.iter().zip(&demand).all(|(holds, demand)| holds.len() == *demand)
}

fn augment(
    round: &Round,
    holds: &mut [BTreeSet<TeamId>],
    loads: &mut BTreeMap<TeamId, usize>,
    answer: usize,
    bound: usize,
) -> bool {
    let mut came: BTreeMap<TeamId, (usize, Option<TeamId>)> = BTreeMap::new();
    let mut queue = VecDeque::from([(answer, None)]);
    while let Some((answer, from)) = queue.pop_front() {
        for team in &round.present {
            if round.answers[answer].author == *team || holds[answer].contains(team) || came.contains_key(team) {
                continue;
            }
            came.insert(*team, (answer, from));
            if loads[team] < bound {
                let mut at = Some(*team);
                *loads.get_mut(team).expect("present") += 1;
                while let Some(team) = at {
                    let (answer, before) = came[&team];
                    holds[answer].insert(team);
                    if let Some(before) = before {
                        holds[answer].remove(&before);
                    }
                    at = before;
                }
                return true;
            }
            let theirs = (0..holds.len()).filter(|other| holds[*other].contains(team));
            queue.extend(theirs.map(|other| (other, Some(*team))).collect::<Vec<_>>());
        }
    }
    false
}

fn eligible(round: &Round, deal: &Deal) -> usize {
    round.present.iter().filter(|team| **team != deal.author).count()
}

fn reciprocal_pairs(sheets: &BTreeMap<TeamId, Vec<Deal>>) -> usize {
    let pairs: BTreeSet<_> =
        sheets.iter().flat_map(|(rater, sheet)| sheet.iter().map(move |deal| (*rater, deal.author))).collect();
    pairs.iter().filter(|(rater, author)| rater < author && pairs.contains(&(*author, *rater))).count()
}

fn loads(round: &Round, sheets: &BTreeMap<TeamId, Vec<Deal>>) -> Vec<usize> {
    round.present.iter().map(|team| sheets.get(team).map_or(0, Vec::len)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_answer_gets_its_raters_and_nobody_rates_its_own_or_one_twice(round in round(), raters in 1usize..5, seed: u64) {
        let sheets = deal(&round.answers, &round.present, raters, seed);
        for (rater, sheet) in &sheets {
            prop_assert!(round.present.contains(rater));
            prop_assert!(sheet.iter().all(|deal| deal.author != *rater));
            prop_assert_eq!(sheet.iter().collect::<BTreeSet<_>>().len(), sheet.len());
        }
        for answer in &round.answers {
            let got = sheets.values().flatten().filter(|deal| *deal == answer).count();
            prop_assert_eq!(got, eligible(&round, answer).min(raters));
        }
    }

    #[test]
    fn where_everybody_wrote_loads_differ_by_one_at_most_and_no_pair_is_reciprocal(
        teams in 2u32..=200, questions in 1u16..=3, raters in 1usize..5, seed: u64
    ) {
        let present: Vec<_> = (1..=teams).map(TeamId).collect();
        let answers = (0..questions).flat_map(|question| present.iter().map(move |team| Deal { question: QuestionId(question), author: *team }));
        let round = Round { answers: answers.collect(), present: present.clone() };
        let sheets = deal(&round.answers, &present, raters, seed);
        let loads = loads(&round, &sheets);
        prop_assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1);
        if 2 * raters < teams as usize {
            prop_assert_eq!(reciprocal_pairs(&sheets), 0);
        }
    }

    #[test]
    fn loads_are_as_even_as_any_legal_deal_allows(round in round(), seed: u64) {
        prop_assume!(round.present.len() <= 40 && !round.present.is_empty());
        let sheets = deal(&round.answers, &round.present, 3, seed);
        let loads = loads(&round, &sheets);
        let (least, most) = (*loads.iter().min().unwrap(), *loads.iter().max().unwrap());
        prop_assert!(feasible(&round, 3, least, most), "the oracle cannot confirm {least}..{most}");
        prop_assert!(most == 0 || !feasible(&round, 3, 0, most - 1), "a smaller largest load is possible");
        prop_assert!(!feasible(&round, 3, least + 1, usize::MAX), "a larger smallest load is possible");
    }

    #[test]
    fn with_gaps_reciprocal_pairs_are_avoided_where_there_is_room(seed: u64, round in round()) {
        prop_assume!(round.present.len() >= 20 && round.answers.len() >= round.present.len());
        let sheets = deal(&round.answers, &round.present, 3, seed);
        prop_assert_eq!(reciprocal_pairs(&sheets), 0);
    }

    #[test]
    fn the_same_seed_deals_the_same(round in round(), seed: u64) {
        prop_assert_eq!(deal(&round.answers, &round.present, 3, seed), deal(&round.answers, &round.present, 3, seed));
    }
}

#[test]
fn two_teams_of_which_one_wrote_nothing() {
    let answer = Deal { question: QuestionId(0), author: TeamId(1) };
    let sheets = deal(&[answer], &[TeamId(1), TeamId(2)], 3, 7);
    assert_eq!(sheets, BTreeMap::from([(TeamId(2), vec![answer])]));
}
