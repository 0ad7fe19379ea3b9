//! What one doctored page can do to a game: nothing that costs others their evening.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use game::decide::{self, Arrival};
use game::live::LiveState;
use game::roster::Roster;
use game::score::Scoreboard;
use game::{Event, Fact, Game, history, reply};
use protocol::answer::{Change, Edit};
use protocol::client::{Batch, FromDesk, Known, Rating};
use protocol::codec::encode;
use protocol::ids::{QuestionId, Slot, TeamId, WriterId};
use protocol::limits;
use protocol::rejection::Rejection;
use protocol::replica::Replica;
use protocol::server::ToTeam;
use protocol::text::Splice;
use std::collections::{BTreeMap, BTreeSet};

const TEAM: TeamId = TeamId(1);
const LONG: QuestionId = QuestionId(0);
const CHOICE: QuestionId = QuestionId(1);
const DEADLINE_MS: i64 = 60_000;
const IN_TIME: Arrival = Arrival { at_ms: 1_000, grace_ms: 250 };
const TOO_LATE: Arrival = Arrival { at_ms: DEADLINE_MS + 5_000, grace_ms: 250 };

struct Evening {
    game: Game,
    /// Next number of each writer.
    next: BTreeMap<u64, u64>,
    facts: usize,
}

impl Evening {
    /// With one question open.
    fn with_open(question: QuestionId) -> Self {
        let quiz = serde_json::from_str(
            r#"{ "title": "T", "rounds": [ { "title": "R", "questions": [
                { "prompt": "l", "answer": { "kind": "long_text" } },
                { "prompt": "o", "answer": { "kind": "one_choice", "options": ["x", "y", "z"], "right": 1 } } ] } ] }"#,
        );
        let mut evening = Self { game: Game::default(), next: BTreeMap::new(), facts: 0 };
        evening.happen(Event::Created { quiz: quiz.unwrap(), media: BTreeMap::new(), rules: 0 });
        for team in [TEAM, TeamId(2)] {
            evening.happen(Event::TeamAdded { team });
        }
        evening.happen(Event::Opened { question, reveal_ms: 0, deadline_ms: DEADLINE_MS });
        evening
    }

    fn happen(&mut self, event: Event) {
        self.game.apply(&Fact { at_ms: 0, event });
        self.facts += 1;
    }

    fn close(&mut self) {
        self.happen(Event::Ended { at_ms: DEADLINE_MS });
        self.happen(Event::Closed);
    }

    fn batch(&self, writer: u64, question: QuestionId, base: u32, edits: Vec<Vec<Change>>) -> Batch {
        let first = self.next.get(&writer).copied().unwrap_or(1);
        let edits = edits.into_iter().map(|changes| Edit { at_ms: 0, changes }).collect();
        Batch { writer: WriterId(writer), first, question, base, on_late: false, edits }
    }

    /// What a page is told first.
    fn welcome(&self, heard: (WriterId, u64), known: &[Known]) -> ToTeam {
        reply::welcome((&self.game, &LiveState::default(), &Scoreboard::default()), TEAM, heard, known)
    }

    /// A page that has just come.
    fn page(&self) -> Replica {
        let mut page = Replica::new(WriterId(1));
        page.connected();
        page.flush();
        page.hear(self.welcome((WriterId(1), 0), &[]), WriterId(9));
        page
    }

    fn send(&mut self, batch: &Batch, arrival: Arrival) -> Result<(), Rejection> {
        for event in decide::edits(&self.game, TEAM, batch, arrival)? {
            self.happen(event);
        }
        self.next.insert(batch.writer.0, batch.first + batch.edits.len() as u64);
        Ok(())
    }

    fn desk(&mut self, message: &FromDesk) -> Result<(), Rejection> {
        let around = decide::Circumstances { now_ms: 0, seed: 0, present: BTreeSet::new(), lead_ms: 0 };
        decide::desk(&self.game, message, &around)?.into_iter().for_each(|event| self.happen(event));
        Ok(())
    }

    fn accept(&mut self, question: QuestionId) -> Result<(), Rejection> {
        self.desk(&FromDesk::SettleLate { question, team: Some(TEAM), accept: true })
    }
}

fn splice(at: u32, delete: u32, insert: &str) -> Change {
    Change::Splice(Splice { at, delete, insert: insert.into() })
}

/// Edits of 64 insertions each, stored until they are refused.
fn fill(evening: &mut Evening) -> usize {
    let many: Vec<Change> = (0..64).map(|at| splice(at, 0, "x")).collect();
    let undone: Vec<Change> = (0..64).map(|_| splice(0, 1, "")).collect();
    let mut stored = 0;
    for _ in 0..1_100 {
        let base = evening.game.revision(LONG, TEAM);
        let batch = evening.batch(7, LONG, base, vec![many.clone(), undone.clone()]);
        if evening.send(&batch, IN_TIME).is_err() {
            break;
        }
        stored += 2;
    }
    stored
}

#[test]
fn a_batch_on_an_old_base_is_refused_before_it_costs_others_their_evening() {
    let mut evening = Evening::with_open(LONG);
    let stored = fill(&mut evening) as u32;
    assert!(stored >= 600, "{stored}");
    assert!(evening.game.answer_of(LONG, TEAM).unwrap().changes <= limits::ANSWER_CHANGES);
    for back in [500, stored.min(2_000)] {
        let wide: Vec<_> = (0..40).map(|at| splice(at, 0, "y")).collect();
        let batch = evening.batch(8, LONG, stored - back, vec![wide; 12]);
        assert_eq!(evening.send(&batch, IN_TIME), Err(Rejection::BatchTooLong));
    }
}

/// An honest laptop that was cut off in the middle of a batch while its team-mates typed on.
#[test]
fn an_honest_batch_that_is_too_much_at_once_comes_in_parts() {
    let mut evening = Evening::with_open(LONG);
    let mut page = evening.page();
    for at in 0..60 {
        page.edit(LONG, splice(at, 0, "a"), 0).unwrap();
    }
    // What the others typed has not reached it when it sends.
    for _ in 0..1_800 {
        let base = evening.game.revision(LONG, TEAM);
        let batch = evening.batch(2, LONG, base, vec![vec![splice(0, 0, "b")]]);
        evening.send(&batch, IN_TIME).unwrap();
    }
    let mut refused = 0;
    while let Some(protocol::client::FromTeam::Edits(batch)) = page.flush() {
        match decide::edits(&evening.game, TEAM, &batch, IN_TIME) {
            Ok(events) => {
                events.iter().for_each(|event| evening.happen(event.clone()));
                let (sender, _) = reply::edited(&evening.game, TEAM, &batch, &events);
                sender.into_iter().for_each(|message| drop(page.hear(message, WriterId(9))));
            }
            Err(reason) => {
                refused += 1;
                let document = Some(evening.game.document(LONG, TEAM));
                page.hear(ToTeam::Refused { writer: batch.writer, reason, document }, WriterId(9));
            }
        }
    }
    assert!(refused > 0);
    assert_eq!(page.unsaved(), 0);
    let text = evening.game.document(LONG, TEAM).content.text;
    assert_eq!(text.matches('a').count(), 60, "every key is there once");
}

#[test]
fn late_edits_are_checked_when_they_come_and_again_when_they_are_accepted() {
    let mut evening = Evening::with_open(LONG);
    evening.close();
    let nonsense = evening.batch(3, LONG, 0, vec![vec![splice(0, 4_000_000_000, "")]]);
    assert_eq!(evening.send(&nonsense, TOO_LATE), Err(Rejection::OutOfRange));
    let tick = evening.batch(3, LONG, 0, vec![vec![Change::Tick { option: 0, on: true }]]);
    assert_eq!(evening.send(&tick, TOO_LATE), Err(Rejection::WrongKind));
    // They fit what an answer can be, but not this one.
    let beyond = evening.batch(3, LONG, 0, vec![vec![splice(1_000, 20, "x")]]);
    evening.send(&beyond, TOO_LATE).unwrap();
    let fits = evening.batch(4, LONG, 0, vec![vec![splice(0, 0, "late")]]);
    evening.send(&fits, TOO_LATE).unwrap();
    evening.accept(LONG).unwrap();
    assert_eq!(evening.game.document(LONG, TEAM).content.text, "late");
}

#[test]
fn no_chain_of_late_edits_is_too_long_to_accept_or_to_look_at() {
    let mut evening = Evening::with_open(LONG);
    fill(&mut evening);
    evening.close();
    let wide: Vec<_> = (0..64).map(|at| splice(at, 0, "y")).collect();
    let base = evening.game.revision(LONG, TEAM).saturating_sub(1_000);
    let mut writer = 100;
    let refused = loop {
        let batch = evening.batch(writer, LONG, base, vec![wide.clone()]);
        match evening.send(&batch, TOO_LATE) {
            Ok(()) => writer += 1,
            // Placing it would take too long; on the newest revision it does not.
            Err(Rejection::BatchTooLong) => {
                let base = evening.game.revision(LONG, TEAM);
                let batch = evening.batch(writer, LONG, base, vec![wide.clone()]);
                match evening.send(&batch, TOO_LATE) {
                    Ok(()) => writer += 1,
                    Err(reason) => break reason,
                }
            }
            Err(reason) => break reason,
        }
    };
    assert_eq!(refused, Rejection::TooManyEdits);
    assert!(evening.game.answer_of(LONG, TEAM).unwrap().late_changes <= limits::LATE_CHANGES);
    let history = history::history(&evening.game, &Roster::default(), TEAM, LONG).unwrap();
    assert!(history.late.len() <= limits::HISTORY_VERSIONS && encode(&history).len() < 1024 * 1024);
    evening.accept(LONG).unwrap();
    assert!(evening.game.answer_of(LONG, TEAM).unwrap().unsettled().is_empty());
}

#[test]
fn saying_that_it_stands_on_late_edits_skips_no_check() {
    let mut evening = Evening::with_open(CHOICE);
    let mut batch = evening.batch(5, CHOICE, 0, (0..3).map(|option| vec![Change::Tick { option, on: true }]).collect());
    batch.on_late = true;
    assert_eq!(evening.send(&batch, IN_TIME), Err(Rejection::UnknownBase));
    evening.close();
    batch.on_late = false;
    assert_eq!(evening.send(&batch, TOO_LATE), Err(Rejection::WrongKind));
    assert_eq!(evening.accept(CHOICE), Err(Rejection::NotNow));
    assert_eq!(evening.game.mark(CHOICE, TEAM).cents, Some(0));
}

/// A journal of the first version may hold ticks of every option of a choice of one.
#[test]
fn late_ticks_that_an_earlier_version_kept_do_not_count_when_they_are_accepted() {
    let mut evening = Evening::with_open(CHOICE);
    for option in 0..3 {
        evening.happen(Event::EditedLate {
            team: TEAM,
            question: CHOICE,
            writer: WriterId(5),
            number: u64::from(option) + 1,
            made_ms: 0,
            changes: vec![Change::Tick { option, on: true }],
            base: Some(0),
            on_late: option > 0,
            grace_ms: None,
        });
    }
    evening.close();
    evening.accept(CHOICE).unwrap();
    assert_eq!(evening.game.mark(CHOICE, TEAM).cents, Some(0));
}

#[test]
fn a_page_that_says_it_knows_one_answer_many_times_hears_of_it_once_and_within_bounds() {
    let mut evening = Evening::with_open(LONG);
    fill(&mut evening);
    let known = vec![Known { question: LONG, revision: 0 }; 16];
    let welcome = evening.welcome((WriterId(1), 0), &known);
    let ToTeam::Welcome { missed, documents, .. } = &welcome else { panic!("{welcome:?}") };
    assert_eq!((missed.len(), documents.len()), (0, 1), "too many steps: the answer as it stands");
    assert!(encode(&welcome).len() < 2 * limits::WELCOME_BYTES);
    let revision = evening.game.revision(LONG, TEAM) - 10;
    let known = vec![Known { question: LONG, revision }; 16];
    let welcome = evening.welcome((WriterId(1), 0), &known);
    let ToTeam::Welcome { missed, documents, .. } = &welcome else { panic!("{welcome:?}") };
    assert_eq!((missed.len(), missed[0].steps.len(), documents.len()), (1, 10, 0));
}

/// A page whose ground is lost that way goes on with what it shows.
#[test]
fn a_page_that_missed_more_than_it_can_be_told_keeps_what_was_typed_on_it() {
    let mut evening = Evening::with_open(LONG);
    let mut page = evening.page();
    page.cut();
    page.edit(LONG, splice(0, 0, "typed offline"), 0).unwrap();
    fill(&mut evening);
    page.connected();
    let Some(protocol::client::FromTeam::Hello { writer, acked, known }) = page.flush() else { panic!("no greeting") };
    page.hear(evening.welcome((writer, acked), &known), WriterId(9));
    assert!(page.content(LONG).text.contains("typed offline"));
    let Some(protocol::client::FromTeam::Edits(batch)) = page.flush() else { panic!("nothing is sent") };
    evening.send(&batch, IN_TIME).unwrap();
    assert!(evening.game.document(LONG, TEAM).content.text.contains("typed offline"));
}

#[test]
fn a_team_cannot_fill_the_journal() {
    let mut evening = Evening::with_open(LONG);
    evening.close();
    // Edits that say nothing, too late.
    let mut refused = None;
    for _ in 0..100 {
        let batch = evening.batch(6, LONG, 0, vec![Vec::new(); 64]);
        refused = refused.or(evening.send(&batch, TOO_LATE).err());
    }
    assert_eq!(refused, Some(Rejection::TooManyEdits));
    assert!(evening.facts < limits::LATE_EDITS + 10);
    // Clicks on stars, in time and late.
    let sheets = BTreeMap::from([(TEAM, vec![game::event::Deal { question: LONG, author: TeamId(2) }])]);
    evening.happen(Event::RatingStarted { round: 0, from_ms: 0, deadline_ms: DEADLINE_MS, sheets });
    let before = evening.facts;
    for number in 1..10_000 {
        let rating = Rating { writer: WriterId(60), number, at_ms: 0, round: 0, slot: Slot(0), stars: 1 };
        for event in decide::rate(&evening.game, TEAM, &rating, TOO_LATE).unwrap_or_default() {
            evening.happen(event);
        }
    }
    assert_eq!(evening.facts - before, limits::RATING_CLICKS);
    // And everything together.
    let left = limits::TEAM_FACTS - evening.game.team(TEAM).unwrap().facts;
    for number in 1..u64::from(left) {
        // Of a round that does not exist: only their number counts.
        let (round, slot, writer) = (9, Slot(0), WriterId(62));
        evening.happen(Event::RatedLate { team: TEAM, round, slot, stars: 1, writer, number, made_ms: 0 });
    }
    evening.happen(Event::Opened { question: CHOICE, reveal_ms: 0, deadline_ms: DEADLINE_MS });
    let pick = |evening: &Evening| evening.batch(61, CHOICE, 0, vec![vec![Change::Pick { option: 1 }]]);
    evening.send(&pick(&evening), IN_TIME).unwrap();
    assert_eq!(evening.send(&pick(&evening), IN_TIME), Err(Rejection::TooMuch));
}
