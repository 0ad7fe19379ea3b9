//! The quizmaster: keeps a question on most of the time, and lets no phase last long.

use protocol::client::Action;
use protocol::view::{DeskView, Transport};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::time::Duration;
use swarm::{Desk, Venue};
use tokio::time::{Instant, sleep, timeout_at};

/// Between two looks at the desk, in milliseconds, at most.
const LOOK_MS: u64 = 400;
/// Before a lost connection is sought again.
const RETURN: Duration = Duration::from_millis(50);

/// A quizmaster.
pub struct Quizmaster {
    venue: Venue,
    cookie: String,
    random: ChaCha8Rng,
    desk: Option<Desk>,
}

impl Quizmaster {
    /// A quizmaster who has logged in.
    pub fn new(venue: Venue, cookie: String, random: ChaCha8Rng) -> Self {
        Self { venue, cookie, random, desk: None }
    }

    /// Leads the game, for ever: whenever the server is there.
    pub async fn live(&mut self) {
        loop {
            let Some(desk) = &mut self.desk else {
                let transport = if self.random.random_bool(0.8) { Transport::WebSocket } else { Transport::Polling };
                sleep(RETURN).await;
                self.desk = Desk::open(&self.venue, transport, &self.cookie).await.ok();
                continue;
            };
            let look = Instant::now() + Duration::from_millis(self.random.random_range(20..LOOK_MS));
            let stands = loop {
                match timeout_at(look, desk.hear()).await {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) => break false,
                    Err(_) => break true,
                }
            };
            if stands {
                let action = choose(&mut self.random, &desk.view);
                action.into_iter().for_each(|action| desk.press_at(desk.view.turn, action));
            } else {
                self.desk = None;
            }
        }
    }
}

/// What to press next, if anything.
fn choose(random: &mut ChaCha8Rng, view: &DeskView) -> Option<Action> {
    let is_running = view.actions.contains(&Action::Pause);
    let is_paused = view.primary == Some(Action::Resume);
    let action = match random.random_range(0..100) {
        _ if !is_running && !is_paused => view.primary?,
        0..4 => Action::CloseNow,
        4..12 => Action::AddTime,
        12..20 if is_running => Action::Pause,
        12..60 if is_paused => Action::Resume,
        _ => return None,
    };
    (action != Action::Finish).then_some(action)
}
