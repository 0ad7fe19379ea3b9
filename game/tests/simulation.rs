//! Three pages of one team type into one answer over links that delay, lose and break, against the real rules. In
//! the end all of them and the journal agree, and every acknowledged edit is there once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use game::hall::Hall;
use game::quiz::{Key, Question, Quiz, Round};
use game::{Event, Fact, Game, decide, reply};
use protocol::answer::Change;
use protocol::client::FromTeam;
use protocol::ids::{Millis, QuestionId, TeamId, WriterId};
use protocol::outbox::Outbox;
use protocol::server::ToTeam;
use protocol::text::Splice;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, VecDeque};

const TEAM: TeamId = TeamId(1);
const QUESTION: QuestionId = QuestionId(0);
const DEADLINE_MS: Millis = 1_000_000;

struct Page {
    outbox: Outbox,
    /// The connection it believes in.
    link: Option<usize>,
    acked: u64,
}

/// A connection: messages under way in both directions, and whether the server still knows it.
struct Link {
    page: usize,
    up: VecDeque<FromTeam>,
    down: VecDeque<ToTeam>,
    attached: bool,
    down_lost: bool,
}

struct World {
    random: ChaCha8Rng,
    now_ms: Millis,
    game: Game,
    journal: Vec<Fact>,
    pages: Vec<Page>,
    links: Vec<Link>,
}

impl World {
    fn new(seed: u64) -> Self {
        let answer = Key::LongText { criterion: String::new() };
        let question = Question {
            prompt: "?".into(),
            points: 10,
            seconds: 60,
            picture: None,
            explanation: None,
            host_note: None,
            answer,
        };
        let round = Round { title: "R".into(), intro: String::new(), questions: vec![question] };
        let quiz = Quiz { title: "Q".into(), rounds: vec![round] };
        let pages = (1..=3).map(|id| Page { outbox: Outbox::new(WriterId(id)), link: None, acked: 0 });
        let mut world = Self {
            random: ChaCha8Rng::seed_from_u64(seed),
            now_ms: 0,
            game: Game::default(),
            journal: Vec::new(),
            pages: pages.collect(),
            links: Vec::new(),
        };
        world.record(Event::Created { quiz, media: BTreeMap::new() });
        world.record(Event::TeamAdded { team: TEAM });
        world.record(Event::Opened { question: QUESTION, reveal_ms: 0, deadline_ms: DEADLINE_MS });
        world
    }

    fn record(&mut self, event: Event) {
        let fact = Fact { at_ms: self.now_ms, event };
        self.game.apply(&fact);
        self.journal.push(fact);
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.random.random_range(0..100) < percent
    }

    fn connect(&mut self, page: usize) {
        let hello = self.pages[page].outbox.hello();
        self.pages[page].link = Some(self.links.len());
        self.links.push(Link {
            page,
            up: VecDeque::from([hello]),
            down: VecDeque::new(),
            attached: false,
            down_lost: false,
        });
    }

    /// The page gives its connection up; what it had sent may still arrive, even after what it sends on the next.
    fn cut(&mut self, page: usize) {
        let Some(link) = self.pages[page].link.take() else { return };
        let lost = self.chance(50);
        let link = &mut self.links[link];
        link.down_lost = true;
        link.down.clear();
        if lost {
            link.up.clear();
        }
    }

    fn type_something(&mut self, page: usize) {
        let text = self.pages[page].outbox.content(QUESTION).text;
        let chars = text.chars().count() as u32;
        let at = self.random.random_range(0..=chars);
        let delete = if self.chance(35) { self.random.random_range(0..=(chars - at).min(5)) } else { 0 };
        let letters = ["a", "é", "👩🏽‍🚀", "שלום", "", "xyz"];
        let mut insert = letters[self.random.random_range(0..letters.len())].to_owned();
        if self.chance(2) {
            insert = "paste ".repeat(80);
        }
        if chars > 400 {
            insert.clear();
        }
        let change = Change::Splice(Splice { at, delete, insert });
        self.pages[page].outbox.edit(QUESTION, change, self.now_ms).unwrap();
        self.flush(page);
    }

    fn flush(&mut self, page: usize) {
        if let Some(link) = self.pages[page].link
            && let Some(message) = self.pages[page].outbox.flush()
        {
            self.links[link].up.push_back(message);
        }
    }

    fn serve(&mut self, link: usize) {
        let Some(message) = self.links[link].up.pop_front() else { return };
        match message {
            FromTeam::Hello { writer, acked, known } => {
                let welcome = reply::welcome(&self.game, &Hall::default(), TEAM, (writer, acked), &known);
                self.links[link].attached = true;
                self.send(link, welcome);
            }
            FromTeam::Edits(batch) => {
                let events = decide::edits(&self.game, TEAM, &batch, self.now_ms)
                    .unwrap_or_else(|reason| panic!("{reason} {batch:?}"));
                for event in events.clone() {
                    self.record(event);
                }
                let (sender, others) = reply::edited(&self.game, TEAM, &batch, &events);
                for other in (0..self.links.len()).filter(|other| *other != link) {
                    for message in &others {
                        if self.links[other].attached {
                            self.send(other, message.clone());
                        }
                    }
                }
                self.send(link, sender);
            }
            other => panic!("{other:?}"),
        }
    }

    fn send(&mut self, link: usize, message: ToTeam) {
        if !self.links[link].down_lost {
            self.links[link].down.push_back(message);
        }
    }

    fn receive(&mut self, link: usize) {
        let Some(message) = self.links[link].down.pop_front() else { return };
        let index = self.links[link].page;
        let page = &mut self.pages[index];
        match message {
            ToTeam::Welcome { acked, missed, documents, .. } => page.outbox.welcome(acked, missed, documents),
            ToTeam::Ack { number, revision } => {
                page.outbox.acked(number, revision);
                page.acked = page.acked.max(number);
            }
            ToTeam::Edited { question, revision, step } => drop(page.outbox.edited(question, revision, step)),
            ToTeam::Late { number, document } => page.outbox.late(number, document),
            other => panic!("{other:?}"),
        }
        self.flush(index);
    }

    fn step(&mut self) {
        self.now_ms += self.random.random_range(0..50);
        let page = self.random.random_range(0..self.pages.len());
        match self.random.random_range(0..100) {
            0..30 => self.type_something(page),
            30..34 => self.cut(page),
            34..42 if self.pages[page].link.is_none() => self.connect(page),
            _ if self.links.is_empty() => {}
            choice => {
                let link = self.random.random_range(self.links.len().saturating_sub(6)..self.links.len());
                if choice % 2 == 0 { self.serve(link) } else { self.receive(link) }
            }
        }
    }

    fn settle(&mut self) {
        for page in 0..self.pages.len() {
            if self.pages[page].link.is_none() {
                self.connect(page);
            }
        }
        for _ in 0..100_000 {
            if self.links.iter().all(|link| link.up.is_empty() && link.down.is_empty()) {
                return;
            }
            for link in 0..self.links.len() {
                self.serve(link);
                self.receive(link);
            }
        }
        panic!("the pages do not come to rest");
    }
}

fn numbers(world: &World, writer: u64) -> Vec<u64> {
    let of = |fact: &Fact| match &fact.event {
        Event::Edited { writer: by, number, .. } | Event::EditedLate { writer: by, number, .. } if by.0 == writer => {
            Some(*number)
        }
        _ => None,
    };
    world.journal.iter().filter_map(of).collect()
}

#[test]
fn pages_over_broken_links_agree_and_nothing_acknowledged_is_lost_or_doubled() {
    for seed in 0..400 {
        let mut world = World::new(seed);
        for _ in 0..600 {
            world.step();
        }
        world.settle();
        let text = world.game.document(QUESTION, TEAM).content.text;
        for (page, id) in world.pages.iter().zip(1..) {
            assert_eq!(page.outbox.content(QUESTION).text, text, "seed {seed}");
            assert_eq!(page.outbox.unsaved(), 0, "seed {seed}");
            let numbers = numbers(&world, id);
            assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>(), "seed {seed}");
            assert!(page.acked <= numbers.len() as u64, "seed {seed}");
        }
        assert_eq!(Game::replay(&world.journal), world.game, "seed {seed}");
    }
}

#[test]
fn what_comes_after_the_grace_is_journaled_as_late_and_the_pages_still_agree() {
    for seed in 0..100 {
        let mut world = World::new(seed);
        for _ in 0..300 {
            world.step();
        }
        world.now_ms = DEADLINE_MS + 2_001;
        world.settle();
        let text = world.game.document(QUESTION, TEAM).content.text;
        for page in &world.pages {
            assert_eq!(page.outbox.content(QUESTION).text, text, "seed {seed}");
            assert_eq!(page.outbox.unsaved(), 0, "seed {seed}");
        }
    }
}
