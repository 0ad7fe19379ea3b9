//! A team's page: what is typed goes into the outbox, from there to the laptop's disk and to the server.

use crate::clock::Clock;
use crate::connection::{self, Endpoint, Nudge, Wake};
use crate::crash_store::{self, Orders, Told};
use crate::reveal_gate::RevealGate;
use app::{Keeping, Laptop, Link, PlayState, Status, TeamIntent, Trouble};
use leptos::prelude::*;
use protocol::client::FromTeam;
use protocol::codec::{decode, encode};
use protocol::ids::{Micros, QuestionId, WriterId};
use protocol::outbox::NotTaken;
use protocol::replica::{Heard, Replica};
use protocol::view::{TeamPart, TeamStage, TeamView};
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// Without a connection for less than this, the page is reconnecting; then it is offline.
const RECONNECTING_MS: f64 = 3_000.0;

struct Team {
    replica: Replica,
    clock: Clock,
    gate: RevealGate<TeamPart>,
    /// What is not kept when it cannot be sent: waves.
    urgent: VecDeque<Vec<u8>>,
    view: WriteSignal<PlayState>,
    status: WriteSignal<Status>,
    question: Option<QuestionId>,
    laptop: Option<Laptop>,
    /// When the connection was lost, by the browser's clock; nothing while it stands.
    lost_ms: Option<f64>,
    welcomed: bool,
    store: Option<Orders>,
    /// What the crash store is good for, and orders to it that it has not carried out.
    disk: Keeping,
    disk_writes: usize,
    wake: Option<Wake>,
    this: Weak<RefCell<Team>>,
}

/// Connects the page.
pub fn link() -> Link<PlayState, TeamIntent> {
    let (view, set_view) = signal(PlayState::default());
    let (status, set_status) = signal(Status::default());
    let clock = Clock::default();
    let team = Rc::new_cyclic(|this| {
        RefCell::new(Team {
            replica: Replica::new(new_writer()),
            gate: RevealGate::new(clock.clone()),
            clock: clock.clone(),
            urgent: VecDeque::new(),
            view: set_view,
            status: set_status,
            question: None,
            laptop: None,
            lost_ms: None,
            welcomed: false,
            store: None,
            disk: Keeping::Nowhere,
            disk_writes: 0,
            wake: None,
            this: this.clone(),
        })
    });
    let page = team.clone();
    let now_ms = clock.each_frame(move || page.borrow_mut().frame());
    let wake = connection::keep("/link/play".into(), clock, team.clone());
    team.borrow_mut().gate.wakes(wake.clone());
    team.borrow_mut().wake = Some(wake);
    // The browser has one thread; the wrapper only satisfies the signature that the server shares.
    let inside = SendWrapper::new(team);
    let send = Callback::new(move |intent| {
        let team: &Rc<RefCell<Team>> = &inside;
        team.borrow_mut().take(intent);
    });
    Link { view, status, now_ms, send }
}

/// A number that no other page load has.
fn new_writer() -> WriterId {
    let mut bytes = [0; 8];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    WriterId(u64::from_le_bytes(bytes).max(1))
}

/// Whole milliseconds, at least one: so fine does nobody want to know.
fn round_ms(us: Micros) -> u32 {
    us.clamp(0, Micros::from(u32::MAX)).div_euclid(1_000) as u32 + 1
}

/// Milliseconds of the browser's monotonic clock.
fn page_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

impl Team {
    fn take(&mut self, intent: TeamIntent) {
        let at_ms = self.clock.now_ms();
        let taken = match intent {
            TeamIntent::Edit(question, change) => self.replica.edit(question, change, at_ms),
            TeamIntent::Rate { round, slot, stars } => self.replica.rate(round, slot, stars, at_ms),
            TeamIntent::Wave => {
                self.urgent.push_back(encode(&FromTeam::Wave));
                Ok(())
            }
            TeamIntent::Forget => {
                self.replica.forget();
                Ok(())
            }
        };
        self.trouble(match taken {
            Ok(()) => None,
            Err(NotTaken::Full) => Some(Trouble::Full),
            Err(NotTaken::Late) => Some(Trouble::Late),
        });
        self.settle();
    }

    /// After anything has changed: the disk, the page and the connection follow.
    fn settle(&mut self) {
        let disk_writes = self.replica.disk_writes();
        if let Some(store) = self.store.as_ref().filter(|_| !disk_writes.is_empty()) {
            let _ = store.unbounded_send(disk_writes);
            self.disk_writes += 1;
        }
        self.show_content();
        self.show_status();
        if let Some(wake) = &self.wake {
            let _ = wake.unbounded_send(Nudge::Send);
        }
    }

    fn show_content(&self) {
        let content = self.question.map(|question| self.replica.content(question)).unwrap_or_default();
        let kept = if self.disk_writes == 0 { self.disk } else { Keeping::Nowhere };
        self.view.update(|state| (state.content, state.kept) = (content, kept));
    }

    fn show_status(&self) {
        self.status.set(match (self.lost_ms, self.replica.unsaved()) {
            (Some(lost_ms), _) if page_ms() - lost_ms > RECONNECTING_MS => Status::Offline,
            (Some(_), _) if self.welcomed => Status::Reconnecting,
            (None, 0) if self.welcomed => Status::Saved,
            (None, _) if self.welcomed => Status::Saving,
            _ => Status::Connecting,
        });
    }

    /// With every frame of the screen: what waited for its instant is shown.
    fn frame(&mut self) {
        if let Some(view) = self.gate.frame() {
            self.show(view);
            self.settle();
        }
        let laptop = self
            .clock
            .estimate()
            .map(|clock| Laptop { delay_ms: round_ms(clock.delay_us), clock_error_ms: round_ms(clock.error_us) });
        if self.laptop != laptop {
            self.laptop = laptop;
            self.view.update(|state| state.laptop = laptop);
        }
    }

    fn show(&mut self, view: TeamView) {
        self.question = match &view.stage {
            TeamStage::Armed { heading, .. } => Some(heading.id),
            // Perhaps it was withdrawn, with something written.
            TeamStage::Between { next, .. } => Some(next.id),
            // Covered, not gone: the field comes back with its text.
            TeamStage::Paused { .. } => self.question,
            stage => stage.question().map(|question| question.heading.id),
        };
        self.keep_for(&view);
        let content = self.question.map(|question| self.replica.content(question)).unwrap_or_default();
        self.view.update(|state| {
            if state.view.stage != view.stage {
                state.trouble = None;
                state.elsewhere_ms = 0;
            }
            state.view = view;
            state.content = content;
        });
    }

    /// Opens the crash store, once it is known whose page this is.
    fn keep_for(&mut self, view: &TeamView) {
        let Some(team) = view.own.team.filter(|_| self.store.is_none()) else { return };
        let this = self.this.clone();
        let tell = move |told| {
            if let Some(team) = this.upgrade() {
                team.borrow_mut().told(told);
            }
        };
        self.store = Some(crash_store::open(format!("{}-{}", view.own.game, team.0), tell));
    }

    fn told(&mut self, told: Told) {
        match told {
            Told::Found { records, is_lasting } => {
                self.disk = if is_lasting { Keeping::Laptop } else { Keeping::Window };
                self.replica.adopt(records, self.clock.now_ms());
            }
            Told::Done(orders) => self.disk_writes = self.disk_writes.saturating_sub(orders),
        }
        self.settle();
    }

    fn trouble(&self, trouble: Option<Trouble>) {
        self.view.update(|state| state.trouble = trouble);
    }
}

impl Endpoint for Team {
    fn opened(&mut self) {
        self.urgent.clear();
        self.gate.reconnected();
        self.replica.cut();
        self.replica.connected();
    }

    fn receive(&mut self, message: &[u8]) {
        let Ok(message) = decode(message) else { return };
        match self.replica.hear(message, new_writer()) {
            Heard::Nothing => {}
            Heard::View(view) => {
                (self.lost_ms, self.welcomed) = (None, true);
                if let Some(view) = self.gate.take(*view) {
                    self.show(view);
                }
            }
            Heard::Unseal(unsealing) => self.gate.unseal(&unsealing),
            Heard::Attendance(news) => {
                let follow = |view: &mut TeamView| {
                    view.stage.attendance_mut().into_iter().for_each(|attendance| attendance.follow(news.clone()));
                };
                self.gate.amend(follow);
                self.view.update(|state| follow(&mut state.view));
            }
            Heard::TypedElsewhere => {
                let now_ms = self.clock.now_ms();
                self.view.update(|state| state.elsewhere_ms = now_ms);
            }
            Heard::Late => self.trouble(Some(Trouble::Late)),
            Heard::Refused(reason) => self.trouble(Some(Trouble::Refused(reason))),
        }
        self.settle();
    }

    fn next_message(&mut self) -> Option<Vec<u8>> {
        let urgent = self.urgent.pop_front();
        urgent.or_else(|| {
            let ready = self.gate.say().map(FromTeam::Ready);
            ready.or_else(|| self.replica.flush()).map(|message| encode(&message))
        })
    }

    fn crowded(&mut self) {
        self.trouble(Some(Trouble::TooManyPages));
    }

    fn closed(&mut self) {
        self.lost_ms.get_or_insert_with(page_ms);
        self.replica.cut();
        self.show_status();
    }
}
