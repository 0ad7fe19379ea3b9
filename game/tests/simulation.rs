//! Three pages of one team type into one answer, or tick its options, over links that delay, lose and break, and crash
//! and are loaded again, against the real rules. In the end all of them and the journal agree, and every edit is there
//! once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use game::decide::Arrival;
use game::live::LiveState;
use game::quiz::{AnswerKey, Question, Quiz, Round};
use game::score::Scoreboard;
use game::{Event, Fact, Game, decide, reply};
use protocol::answer::Change;
use protocol::client::{FromDesk, FromTeam};
use protocol::ids::{Millis, QuestionId, TeamId, WriterId};
use protocol::limits;
use protocol::outbox::Kept;
use protocol::replica::{Heard, Replica};
use protocol::server::ToTeam;
use protocol::text::Splice;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, VecDeque};

const TEAM: TeamId = TeamId(1);
const QUESTION: QuestionId = QuestionId(0);
const DEADLINE_MS: Millis = 1_000_000;

struct SimulatedPage {
    replica: Replica,
    writer: WriterId,
    /// The laptop's disk, by writer and number.
    disk: BTreeMap<(u64, u64), Vec<u8>>,
    /// The connection it believes in.
    link: Option<usize>,
    /// Last number acknowledged to each writer.
    acked: BTreeMap<u64, u64>,
    /// Last number that each writer has given to something typed, as far as the disk has it.
    typed: BTreeMap<u64, u64>,
}

impl SimulatedPage {
    fn new(writer: u64) -> Self {
        let writer = WriterId(writer);
        Self {
            replica: Replica::new(writer),
            writer,
            disk: BTreeMap::new(),
            link: None,
            acked: BTreeMap::new(),
            typed: BTreeMap::new(),
        }
    }

    /// Brings the disk up to date.
    fn keep(&mut self) {
        for disk_writes in self.replica.disk_writes() {
            let writer = disk_writes.writer.0;
            self.disk.retain(|(of, number), _| {
                !disk_writes.former.contains(&WriterId(*of)) && (*of != writer || *number >= disk_writes.first)
            });
            for kept in disk_writes.put {
                self.typed.insert(writer, kept.number);
                self.disk.insert((writer, kept.number), kept.record());
            }
        }
    }
}

/// A connection: messages under way in both directions, and whether the server still knows it.
struct Link {
    page: usize,
    up: VecDeque<FromTeam>,
    down: VecDeque<ToTeam>,
    attached: bool,
    /// Who have introduced themselves.
    writers: Vec<WriterId>,
    down_lost: bool,
}

struct World {
    random: ChaCha8Rng,
    now_ms: Millis,
    game: Game,
    journal: Vec<Fact>,
    pages: Vec<SimulatedPage>,
    links: Vec<Link>,
    /// Page loads so far.
    writers: u64,
}

impl World {
    fn new(seed: u64) -> Self {
        let options = || ["a", "b", "c"].map(String::from).to_vec();
        let answer = match seed % 8 {
            0 => AnswerKey::SeveralChoices { options: options(), right: vec![1] },
            2 => AnswerKey::ShortText { accepted: vec!["a".into()] },
            1 => AnswerKey::OneChoice { options: options(), right: 1 },
            _ => AnswerKey::LongText { criterion: String::new() },
        };
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
        let pages = (1..=3).map(SimulatedPage::new);
        let mut world = Self {
            random: ChaCha8Rng::seed_from_u64(seed),
            now_ms: 0,
            game: Game::default(),
            journal: Vec::new(),
            pages: pages.collect(),
            links: Vec::new(),
            writers: 3,
        };
        world.record(Event::Created { quiz, media: BTreeMap::new(), rules: 0 });
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
        self.pages[page].replica.connected();
        self.pages[page].link = Some(self.links.len());
        self.links.push(Link {
            page,
            up: VecDeque::new(),
            down: VecDeque::new(),
            attached: false,
            writers: Vec::new(),
            down_lost: false,
        });
        self.flush(page);
    }

    /// The page gives its connection up; what it had sent may still arrive, even after what it sends on the next.
    fn cut(&mut self, page: usize) {
        let Some(link) = self.pages[page].link.take() else { return };
        self.pages[page].replica.cut();
        let lost = self.chance(50);
        let link = &mut self.links[link];
        link.down_lost = true;
        link.down.clear();
        if lost {
            link.up.clear();
        }
    }

    /// The browser is killed and started again: the page is a new writer, and finds on the disk what the old one kept.
    fn crash(&mut self, page: usize) {
        self.cut(page);
        self.writers += 1;
        let page = &mut self.pages[page];
        page.writer = WriterId(self.writers);
        page.replica = Replica::new(page.writer);
        let kept = page.disk.values().map(|record| Kept::read(record).unwrap()).collect();
        page.replica.adopt(kept, self.now_ms);
    }

    fn type_something(&mut self, page: usize) {
        let option = self.random.random_range(0..3);
        let change = match self.game.quiz().question(QUESTION).unwrap().1.answer {
            AnswerKey::SeveralChoices { .. } => Change::Tick { option, on: self.chance(50) },
            AnswerKey::OneChoice { .. } => Change::Pick { option },
            _ => Change::Splice(self.splice(page)),
        };
        // Refused only while the page is being told what counts.
        let _ = self.pages[page].replica.edit(QUESTION, change, self.now_ms);
        self.pages[page].keep();
        self.flush(page);
    }

    fn splice(&mut self, page: usize) -> Splice {
        let text = self.pages[page].replica.content(QUESTION).text;
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
        Splice { at, delete, insert }
    }

    fn flush(&mut self, page: usize) {
        if let Some(link) = self.pages[page].link {
            self.links[link].up.extend(std::iter::from_fn(|| self.pages[page].replica.flush()));
        }
    }

    fn serve(&mut self, link: usize) {
        let Some(message) = self.links[link].up.pop_front() else { return };
        match message {
            FromTeam::Hello { writer, acked, known } => {
                let welcome = reply::welcome(
                    (&self.game, &LiveState::default(), &Scoreboard::default()),
                    TEAM,
                    (writer, acked),
                    &known,
                );
                self.links[link].attached = true;
                if !self.links[link].writers.contains(&writer) {
                    self.links[link].writers.push(writer);
                }
                self.send(link, welcome);
            }
            FromTeam::Edits(batch) => {
                let events =
                    decide::edits(&self.game, TEAM, &batch, Arrival { at_ms: self.now_ms, grace_ms: limits::GRACE_MS })
                        .unwrap_or_else(|reason| panic!("{reason:?} {batch:?}"));
                for event in events.clone() {
                    self.record(event);
                }
                let (sender, others) = reply::edited(&self.game, TEAM, &batch, &events);
                // As the room does: a page that sends for earlier page loads too hears what each of them did.
                let own = self.links[link].writers == [batch.writer];
                for other in (0..self.links.len()).filter(|other| *other != link || !own) {
                    for message in &others {
                        if self.links[other].attached {
                            self.send(other, message.clone());
                        }
                    }
                }
                sender.into_iter().for_each(|message| self.send(link, message));
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
        if let ToTeam::Ack { writer, number, .. } = message {
            let acked = page.acked.entry(writer.0).or_default();
            *acked = number.max(*acked);
        }
        let heard = page.replica.hear(message, WriterId(u64::MAX));
        assert!(!matches!(heard, Heard::Refused(_)), "{heard:?}");
        page.keep();
        self.flush(index);
    }

    fn step(&mut self) {
        self.now_ms += self.random.random_range(0..50);
        let page = self.random.random_range(0..self.pages.len());
        match self.random.random_range(0..100) {
            0..30 => self.type_something(page),
            30..34 => self.cut(page),
            34 => self.crash(page),
            35..43 if self.pages[page].link.is_none() => self.connect(page),
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

/// Numbers of a writer's edits in the journal, in their order.
fn numbers(world: &World, writer: u64) -> Vec<u64> {
    let of = |fact: &Fact| match &fact.event {
        Event::Edited { writer: by, number, .. } | Event::EditedLate { writer: by, number, .. } if by.0 == writer => {
            Some(*number)
        }
        _ => None,
    };
    world.journal.iter().filter_map(of).collect()
}

/// All pages agree with the journal, and of every page load everything that its disk ever held is there, once and in
/// order.
fn check(world: &World, seed: u64) {
    let content = world.game.document(QUESTION, TEAM).content;
    for page in &world.pages {
        assert_eq!(page.replica.content(QUESTION), content, "seed {seed}");
        assert_eq!(page.replica.unsaved(), 0, "seed {seed}");
        assert!(page.disk.is_empty(), "seed {seed}");
        for (writer, typed) in &page.typed {
            let numbers = numbers(world, *writer);
            assert_eq!(numbers, (1..=*typed).collect::<Vec<_>>(), "seed {seed}, writer {writer}");
            assert!(page.acked.get(writer).is_none_or(|acked| acked <= typed), "seed {seed}");
        }
    }
    assert_eq!(Game::replay(&world.journal), world.game, "seed {seed}");
}

#[test]
fn pages_over_broken_links_agree_and_nothing_is_lost_or_doubled() {
    for seed in 0..400 {
        let mut world = World::new(seed);
        for _ in 0..600 {
            world.step();
        }
        world.settle();
        check(&world, seed);
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
        check(&world, seed);
        // Accepted, it reads on all pages as it does in the journal.
        world.record(Event::Ended { at_ms: DEADLINE_MS });
        world.record(Event::Closed);
        let accept = FromDesk::SettleLate { question: QUESTION, team: None, accept: true };
        let around = decide::Circumstances { now_ms: world.now_ms, seed, present: Default::default(), lead_ms: 0 };
        let Ok(events) = decide::desk(&world.game, &accept, &around) else { continue };
        events.iter().for_each(|event| world.record(event.clone()));
        for (_, message) in reply::steps(&world.game, &events) {
            let last = world.pages.iter().filter_map(|page| page.link).collect::<Vec<_>>();
            last.into_iter().for_each(|link| world.send(link, message.clone()));
        }
        world.settle();
        check(&world, seed);
        assert!(world.game.answers().all(|(_, _, answer)| answer.unsettled().is_empty()), "seed {seed}");
    }
}
