use super::window::SAMPLES;
use super::*;
use proptest::prelude::*;

const MS: Micros = 1_000;
const S: Micros = 1_000 * MS;

/// Two clocks and the line between them. Only the server's is right; `page` is what the other shows at its instants.
#[derive(Debug)]
struct World {
    ahead_us: Micros,
    /// Millionths of the page's own time.
    drift_ppm: Micros,
}

impl World {
    fn page(&self, server_us: Micros) -> Micros {
        (i128::from(server_us - self.ahead_us) * 1_000_000).div_euclid(i128::from(1_000_000 + self.drift_ppm)) as Micros
    }

    /// How wrong an estimate is at an instant of the server's clock.
    fn wrong(&self, estimate: Estimate, server_us: Micros) -> Micros {
        (self.page(server_us) + estimate.offset_us - server_us).abs()
    }

    /// A frame down that leaves now, the answer that the page gives at once, and what the page hears of it.
    fn exchange(&self, estimator: &mut Estimator, now_us: &mut Micros, down_us: Micros, up_us: Micros) {
        let sent_us = *now_us;
        *now_us += down_us;
        let page_us = self.page(*now_us);
        estimator.down(sent_us, page_us, 0);
        *now_us += up_us;
        // The stamps come back with a later frame.
        let received_us = *now_us;
        *now_us += down_us;
        estimator.up(page_us, received_us, self.page(*now_us));
    }
}

#[test]
fn the_least_delay_of_each_direction_counts_whichever_frames_had_it() {
    let mut estimator = Estimator::default();
    assert_eq!(estimator.estimate(0), None);
    // The server is 1,000 s ahead; delays up 5, 90, 40 ms and down 60, 5, 30 ms.
    for (at_us, up_us, down_us) in [(0, 5 * MS, 60 * MS), (100, 90 * MS, 5 * MS), (200, 40 * MS, 30 * MS)] {
        estimator.up(at_us, at_us + 1_000 * S + up_us, at_us);
        estimator.down(at_us + 1_000 * S - down_us, at_us, 0);
    }
    let estimate = estimator.estimate(200).unwrap();
    assert_eq!((estimate.offset_us, estimate.delay_us), (1_000 * S, 10 * MS));
    assert_eq!(estimate.error_us, 5 * MS + 2, "half the round trip, and what stamps and drift leave open");
    assert!(estimator.estimate(10 * S).unwrap().error_us >= 6 * MS - 20, "it grows by 100 µs a second");
}

#[test]
fn one_direction_alone_is_taken_to_have_no_delay_and_leaves_no_trace() {
    let mut estimator = Estimator::default();
    estimator.down(500 * MS, 10 * MS, 0);
    let alone = Estimate { offset_us: 490 * MS, error_us: ONE_WAY_ERROR_US, delay_us: 0 };
    assert_eq!(estimator.estimate(20 * MS), Some(alone));
    // The server is 540 ms ahead: the frame took 50 ms, and so does the answer.
    estimator.up(10 * MS, 600 * MS, 110 * MS);
    assert_eq!(estimator.estimate(110 * MS).unwrap().offset_us, 540 * MS);
    estimator.reset();
    assert_eq!(estimator.estimate(110 * MS), None);
}

#[test]
fn old_samples_leave_the_window() {
    let (world, mut estimator, mut now_us) = (World { ahead_us: 0, drift_ppm: 0 }, Estimator::default(), 0);
    world.exchange(&mut estimator, &mut now_us, 0, 0);
    for _ in 0..SAMPLES {
        world.exchange(&mut estimator, &mut now_us, 50 * MS, 50 * MS);
    }
    assert_eq!(estimator.estimate(world.page(now_us)).unwrap().delay_us, 100 * MS);
}

#[test]
fn a_laptop_that_slept_is_noticed_by_the_first_frame_down_and_an_answer_from_before_does_not_count() {
    let (mut world, mut estimator, mut now_us) = (World { ahead_us: 0, drift_ppm: 0 }, Estimator::default(), S);
    world.exchange(&mut estimator, &mut now_us, 20 * MS, 20 * MS);
    // Its clock stood still for 40 s while an answer was on the way.
    let asleep_us = world.page(now_us);
    (world.ahead_us, now_us) = (40 * S, now_us + 40 * S + MS);
    estimator.down(now_us - 20 * MS, world.page(now_us), 0);
    estimator.up(asleep_us - MS, asleep_us + 19 * MS, world.page(now_us));
    let estimate = estimator.estimate(world.page(now_us)).unwrap();
    assert_eq!((world.wrong(estimate, now_us), estimate.error_us), (20 * MS, ONE_WAY_ERROR_US));
    world.exchange(&mut estimator, &mut now_us, 20 * MS, 20 * MS);
    assert!(world.wrong(estimator.estimate(world.page(now_us)).unwrap(), now_us) <= 1);
}

#[test]
fn a_clock_that_was_set_ahead_is_in_doubt_until_an_answer_tells() {
    let (mut world, mut estimator, mut now_us) = (World { ahead_us: 0, drift_ppm: 0 }, Estimator::default(), S);
    world.exchange(&mut estimator, &mut now_us, 20 * MS, 20 * MS);
    let known_us = estimator.estimate(world.page(now_us)).unwrap().error_us;
    world.ahead_us = -5 * S;
    let check = |world: &World, estimator: &Estimator, now_us| {
        let estimate = estimator.estimate(world.page(now_us)).unwrap();
        assert!(world.wrong(estimate, now_us) <= estimate.error_us, "{estimate:?}");
        estimate.error_us
    };
    // Before the next beat nothing can be told but that it is long in coming.
    assert!(check(&world, &estimator, now_us) > 4 * S);
    now_us += 2 * S;
    let page_us = world.page(now_us);
    estimator.down(now_us - 20 * MS, page_us, 0);
    assert!(check(&world, &estimator, now_us) > 4 * S);
    now_us += 40 * MS;
    estimator.up(page_us, now_us - 20 * MS, world.page(now_us));
    assert!(check(&world, &estimator, now_us) <= known_us + MS);
}

#[test]
fn a_frame_that_is_slow_once_is_in_doubt_no_longer_than_its_answer_takes() {
    let (world, mut estimator, mut now_us) = (World { ahead_us: 0, drift_ppm: 0 }, Estimator::default(), S);
    world.exchange(&mut estimator, &mut now_us, 20 * MS, 20 * MS);
    let known_us = estimator.estimate(world.page(now_us)).unwrap().error_us;
    world.exchange(&mut estimator, &mut now_us, 900 * MS, 20 * MS);
    assert!(estimator.estimate(world.page(now_us)).unwrap().error_us <= known_us + MS);
}

#[test]
fn half_of_a_step_smaller_than_the_round_trip_stays_until_the_window_has_passed() {
    let (mut world, mut estimator, mut now_us) = (World { ahead_us: 0, drift_ppm: 0 }, Estimator::default(), S);
    world.exchange(&mut estimator, &mut now_us, 100 * MS, 100 * MS);
    world.ahead_us = -60 * MS;
    let mut wrong = |estimator: &mut Estimator| {
        world.exchange(estimator, &mut now_us, 100 * MS, 100 * MS);
        (world.wrong(estimator.estimate(world.page(now_us)).unwrap(), now_us) + MS / 2) / MS
    };
    assert_eq!(wrong(&mut estimator), 30);
    (2..SAMPLES).for_each(|_| _ = wrong(&mut estimator));
    assert_eq!(wrong(&mut estimator), 0);
}

prop_compose! {
    /// Gaps, delays down and delays up; the longest round trip is below the smallest step.
    fn exchanges()(each in prop::collection::vec((0..5 * S, 0..S, 0..S), 1..100)) -> Vec<(Micros, Micros, Micros)> {
        each
    }
}

proptest! {
    #[test]
    fn the_bound_covers_the_truth(
        exchanges in exchanges(), ahead_us in -600 * S..600 * S, drift_ppm in -100i64..=100, later_us in 0..60 * S,
    ) {
        let (world, mut estimator, mut now_us) = (World { ahead_us, drift_ppm }, Estimator::default(), 0);
        for (gap_us, down_us, up_us) in exchanges {
            now_us += gap_us;
            world.exchange(&mut estimator, &mut now_us, down_us, up_us);
            for at_us in [now_us, now_us + later_us] {
                let estimate = estimator.estimate(world.page(at_us)).unwrap();
                prop_assert!(world.wrong(estimate, at_us) <= estimate.error_us, "{:?} at {}", estimate, at_us);
            }
        }
    }

    #[test]
    fn a_coarse_clock_is_covered_with_one_of_its_steps(
        exchanges in exchanges(), drift_ppm in -100i64..=100, tick_us in 1..100 * MS,
    ) {
        let (world, mut estimator, mut now_us) = (World { ahead_us: 0, drift_ppm }, Estimator::default(), S);
        let page = |now_us| world.page(now_us).div_euclid(tick_us) * tick_us;
        for (gap_us, down_us, up_us) in exchanges {
            now_us += gap_us;
            let sent_us = now_us;
            now_us += down_us;
            let page_us = page(now_us);
            estimator.down(sent_us, page_us, tick_us);
            now_us += up_us;
            let received_us = now_us;
            now_us += down_us;
            estimator.up(page_us, received_us, page(now_us));
            let estimate = estimator.estimate(page(now_us)).unwrap();
            let is_known = |direction: &Window| direction.tightest(page(now_us)).is_some();
            prop_assert!(is_known(&estimator.up) && is_known(&estimator.down), "nothing looked like a clock that was set");
            let wrong_us = (page(now_us) + estimate.offset_us - now_us).abs();
            prop_assert!(wrong_us <= estimate.error_us + tick_us, "{:?} at {}", estimate, now_us);
        }
    }

    #[test]
    fn after_a_step_the_second_exchange_has_the_truth_again(
        before in exchanges(), after in exchanges(), drift_ppm in -100i64..=100,
        step_us in prop_oneof![3 * S..3_600 * S, -3_600 * S..-3 * S],
    ) {
        let (mut world, mut estimator, mut now_us) = (World { ahead_us: 0, drift_ppm }, Estimator::default(), 0);
        for (gap_us, down_us, up_us) in before {
            now_us += gap_us;
            world.exchange(&mut estimator, &mut now_us, down_us, up_us);
        }
        world.ahead_us += step_us;
        for (index, (gap_us, down_us, up_us)) in after.into_iter().enumerate() {
            now_us += gap_us;
            world.exchange(&mut estimator, &mut now_us, down_us, up_us);
            let estimate = estimator.estimate(world.page(now_us)).unwrap();
            let is_covered = world.wrong(estimate, now_us) <= estimate.error_us;
            prop_assert!(index == 0 || is_covered, "{:?} at {}", estimate, now_us);
        }
    }

    #[test]
    fn no_stamps_panic(calls in prop::collection::vec((any::<bool>(), any_us(), any_us(), any_us()), 0..100)) {
        let mut estimator = Estimator::default();
        for (is_up, first_us, second_us, now_us) in calls {
            if is_up {
                estimator.up(first_us, second_us, now_us);
            } else {
                estimator.down(first_us, second_us, now_us);
            }
            prop_assert!(estimator.estimate(now_us).is_none_or(|estimate| estimate.error_us >= 0));
        }
    }
}

fn any_us() -> impl Strategy<Value = Micros> {
    prop_oneof![any::<Micros>(), Just(Micros::MIN), Just(Micros::MAX), -10i64..10]
}
