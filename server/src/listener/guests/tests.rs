use super::super::party::OF_TEAM;
use super::*;
use protocol::ids::TeamId;

fn address(last: u8) -> IpAddr {
    IpAddr::from([192, 168, 0, last])
}

fn team(place: &Place, team: u32) {
    place.belongs(Identity::Team { team: TeamId(team), game: 1 });
}

async fn enter(guests: &Guests, last: u8) -> Arc<Place> {
    guests.enter(address(last)).await.expect("a place")
}

#[tokio::test(start_paused = true)]
async fn who_has_no_session_takes_half_of_the_places_and_never_a_team_s() {
    let guests = Guests::with_places(8);
    let mut teams = Vec::new();
    for number in 0..4 {
        teams.push(enter(&guests, 1).await);
        team(&teams[number], number as u32);
    }
    let mut strangers = Vec::new();
    for _ in 0..100 {
        strangers.push(enter(&guests, 2).await);
    }
    assert_eq!(strangers.iter().filter(|place| !place.is_lost()).count(), 4);
    assert!(strangers[96..].iter().all(|place| !place.is_lost()), "the newest stay");
    assert!(teams.iter().all(|place| !place.is_lost()));
    // From elsewhere: one of the many goes, not the one that has just come.
    let (other, again) = (enter(&guests, 3).await, enter(&guests, 2).await);
    assert!(!other.is_lost() && !again.is_lost());
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_an_answer_goes_after_those_who_idle() {
    let guests = Guests::with_places(4);
    let (busy, idle) = (enter(&guests, 1).await, enter(&guests, 1).await);
    busy.begin();
    let _next = enter(&guests, 1).await;
    assert!(idle.is_lost() && !busy.is_lost());
}

#[tokio::test(start_paused = true)]
async fn a_hall_that_comes_at_once_drives_nobody_out() {
    let guests = Guests::with_places(2_000);
    let mut places = Vec::new();
    for number in 0..1_500 {
        let begun = Instant::now();
        let place = enter(&guests, 1).await;
        assert!(begun.elapsed() < PATIENCE);
        places.push(place);
        // Each shows its session a moment after it has come.
        if let Some(place) = places.get(number.max(300) - 300) {
            team(place, number as u32);
        }
    }
    assert!(places.iter().all(|place| !place.is_lost()));
}

#[tokio::test(start_paused = true)]
async fn a_team_drives_out_its_own() {
    let guests = Guests::with_places(10_000);
    let other = enter(&guests, 1).await;
    team(&other, 1);
    let mut places = Vec::new();
    for _ in 0..200 {
        places.push(enter(&guests, 2).await);
        places.iter().for_each(|place| team(place, 2));
    }
    assert_eq!(places.iter().filter(|place| !place.is_lost()).count(), OF_TEAM);
    assert!(!other.is_lost());
}

#[tokio::test(start_paused = true)]
async fn a_place_is_free_again_when_it_is_left() {
    let guests = Guests::with_places(2);
    let only = enter(&guests, 1).await;
    only.belongs(Identity::Quizmaster);
    let stranger = enter(&guests, 1).await;
    drop((only, stranger));
    guests.gone().await;
    enter(&guests, 1).await;
}
