//! A game as the sum of its facts.

use crate::event::{Deal, Event, Fact};
use crate::phase::Phase;
use crate::quiz::Quiz;
use protocol::answer::{Content, Document, Step};
use protocol::ids::{Millis, QuestionId, Slot, TeamId, WriterId};
use protocol::limits;
use protocol::view::{Cents, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What the rules know of a team.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Team {
    /// Last number accepted from each page load.
    pub writers: BTreeMap<WriterId, u64>,
}

/// One team's answer to one question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// What is there.
    pub content: Content,
    /// All accepted steps; their number is the revision.
    pub steps: Vec<Step>,
    /// When it last changed.
    pub changed_ms: Millis,
    /// Edits that came too late.
    pub late: u32,
    /// The last late number of each page load, for pages that were not there to be told.
    pub late_numbers: BTreeMap<WriterId, u64>,
}

/// One round's rating.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dealing {
    /// What each team rates, by slot.
    pub sheets: BTreeMap<TeamId, Vec<Deal>>,
    /// Stars given.
    pub stars: BTreeMap<(TeamId, Slot), u8>,
}

/// A game. Only [`Game::apply`] changes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Game {
    /// What is played.
    pub quiz: Quiz,
    /// Addresses of picture files.
    pub media: BTreeMap<String, String>,
    /// Who plays.
    pub teams: BTreeMap<TeamId, Team>,
    /// Where it stands.
    pub phase: Phase,
    /// The instant at which the running clock was stopped, while it is.
    pub paused: Option<Millis>,
    /// What was made until then counts, although the clock is stopped.
    pub stopped_ms: Millis,
    /// Once the clock has ended: until when what is under way may arrive. Counted from when the end was recorded, which
    /// is later than the deadline when the server was away.
    pub collect_ms: Millis,
    /// The clock of the question or rating that is on.
    pub clock: Span,
    /// Counts changes of phase.
    pub turn: u32,
    /// Facts applied.
    pub seq: u64,
    /// When the last fact happened.
    pub last_ms: Millis,
    /// The next question to open.
    pub next: Option<QuestionId>,
    /// All answers.
    pub answers: BTreeMap<(QuestionId, TeamId), Answer>,
    /// Until when each question that was opened could be answered.
    pub closes: BTreeMap<QuestionId, Millis>,
    /// Questions whose solution was shown.
    pub shown: BTreeSet<QuestionId>,
    /// Ratings by round.
    pub dealings: BTreeMap<u16, Dealing>,
    /// Marks set by hand.
    pub set_marks: BTreeMap<(QuestionId, TeamId), Cents>,
}

impl Default for Game {
    fn default() -> Self {
        Self {
            quiz: Quiz { title: String::new(), rounds: Vec::new() },
            media: BTreeMap::new(),
            teams: BTreeMap::new(),
            phase: Phase::Lobby,
            paused: None,
            stopped_ms: 0,
            collect_ms: 0,
            clock: Span { from_ms: 0, to_ms: 0 },
            turn: 0,
            seq: 0,
            last_ms: 0,
            next: None,
            answers: BTreeMap::new(),
            closes: BTreeMap::new(),
            shown: BTreeSet::new(),
            dealings: BTreeMap::new(),
            set_marks: BTreeMap::new(),
        }
    }
}

impl Game {
    /// A game from its journal.
    pub fn replay<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> Self {
        let mut game = Self::default();
        facts.into_iter().for_each(|fact| game.apply(fact));
        game
    }

    /// When the rules want to be asked again, if a clock runs.
    pub fn wake_ms(&self) -> Option<Millis> {
        match self.phase {
            _ if self.paused.is_some() => None,
            Phase::Armed { reveal_ms, .. } => Some(reveal_ms),
            Phase::Open { .. } | Phase::Rating { .. } => Some(self.clock.to_ms),
            Phase::Ending { .. } | Phase::RatingEnding { .. } => Some(self.collect_ms),
            _ => None,
        }
    }

    /// The question that is on, from its count-in to the next step.
    pub fn current(&self) -> Option<QuestionId> {
        match self.phase {
            Phase::Armed { question, .. }
            | Phase::Open { question }
            | Phase::Ending { question }
            | Phase::Closed { question }
            | Phase::Shown { question } => Some(question),
            _ => None,
        }
    }

    /// The round that is on: of the current question, or of the one played last.
    pub fn round(&self) -> u16 {
        let last = self.current().or_else(|| self.closes.keys().next_back().copied());
        match self.phase {
            Phase::Rating { round } | Phase::RatingEnding { round } | Phase::Rated { round } => round,
            _ => last.and_then(|question| self.quiz.question(question)).map_or(0, |(round, _)| round),
        }
    }

    /// Whether other teams rate the answers to a question.
    pub fn is_rated(&self, question: QuestionId) -> bool {
        self.quiz.question(question).is_some_and(|(_, question)| question.answer.is_rated())
    }

    /// Whether a question was opened and is over.
    pub fn is_over(&self, question: QuestionId) -> bool {
        self.closes.contains_key(&question) && self.next.is_none_or(|next| next > question)
    }

    /// Answers of a round that others can rate: long texts that say something.
    pub fn rateable(&self, round: u16) -> impl Iterator<Item = Deal> + '_ {
        let of_round = move |question: QuestionId| {
            let found = self.quiz.question(question);
            found.is_some_and(|(of, question)| of == round && question.answer.is_rated())
        };
        let answers = self.answers.iter().filter(move |((question, _), answer)| {
            of_round(*question) && self.is_over(*question) && !answer.content.is_blank()
        });
        answers.map(|((question, author), _)| Deal { question: *question, author: *author })
    }

    /// An answer as it stands.
    pub fn document(&self, question: QuestionId, team: TeamId) -> Document {
        let answer = self.answers.get(&(question, team));
        Document {
            question,
            revision: answer.map_or(0, |answer| answer.steps.len() as u32),
            content: answer.map(|answer| answer.content.clone()).unwrap_or_default(),
        }
    }

    /// Keypresses and clicks accepted so far.
    pub fn saved(&self) -> usize {
        self.answers.values().map(|answer| answer.steps.len()).sum()
    }

    /// Lets a fact happen. It cannot fail: what was decided is consistent, and a fact about something unknown
    /// changes nothing.
    pub fn apply(&mut self, fact: &Fact) {
        self.seq += 1;
        self.last_ms = self.last_ms.max(fact.at_ms);
        let turn = (self.phase, self.paused);
        self.happen(&fact.event, fact.at_ms);
        if (self.phase, self.paused) != turn {
            self.turn += 1;
        }
    }

    fn happen(&mut self, event: &Event, at_ms: Millis) {
        match event {
            Event::Created { quiz, media } => {
                self.quiz = quiz.clone();
                self.media = media.clone();
                self.next = self.quiz.questions().next().map(|(id, ..)| id);
            }
            Event::TeamAdded { team } => {
                self.teams.entry(*team).or_default();
            }
            Event::Armed { question, reveal_ms } => {
                self.phase = Phase::Armed { question: *question, reveal_ms: *reveal_ms };
                self.clock = Span { from_ms: *reveal_ms, to_ms: *reveal_ms };
            }
            Event::Opened { question, reveal_ms, deadline_ms } => {
                self.phase = Phase::Open { question: *question };
                self.set_clock(*reveal_ms, *deadline_ms);
            }
            Event::Rescheduled { from_ms, deadline_ms } => {
                self.paused = None;
                self.set_clock(*from_ms, *deadline_ms);
            }
            Event::Paused { at_ms: stopped_ms } => {
                self.paused = Some(*stopped_ms);
                // After an outage the clock stands where it stood then; what teams did meanwhile was kept by their
                // pages, which need a while to come back, and counts.
                let was_away = at_ms - stopped_ms >= limits::OUTAGE_MS;
                self.stopped_ms = if was_away { at_ms + limits::RETURN_MS } else { *stopped_ms };
                self.stop_answers(self.stopped_ms);
            }
            Event::Ended { at_ms: closes_ms } => {
                self.end(*closes_ms);
                self.collect_ms = at_ms.max(*closes_ms) + limits::GRACE_MS;
            }
            Event::Closed => self.close(),
            Event::Withdrawn => self.withdraw(at_ms),
            Event::SolutionShown => {
                if let Some(question) = self.current() {
                    self.shown.insert(question);
                    self.phase = Phase::Shown { question };
                }
            }
            Event::RatingStarted { round, from_ms, deadline_ms, sheets } => {
                self.dealings.insert(*round, Dealing { sheets: sheets.clone(), stars: BTreeMap::new() });
                self.phase = Phase::Rating { round: *round };
                self.set_clock(*from_ms, *deadline_ms);
            }
            Event::Edited { team, question, writer, number, changes, .. } => {
                self.number(*team, *writer, *number);
                let answer = self.answers.entry((*question, *team)).or_default();
                changes.iter().for_each(|change| answer.content.apply(change));
                answer.changed_ms = at_ms;
                answer.steps.push(Step { writer: *writer, number: *number, changes: changes.clone() });
            }
            Event::EditedLate { team, question, writer, number, .. } => {
                self.number(*team, *writer, *number);
                let answer = self.answers.entry((*question, *team)).or_default();
                answer.late += 1;
                answer.late_numbers.insert(*writer, *number);
            }
            Event::Rated { team, round, slot, stars, writer, number, .. } => {
                self.number(*team, *writer, *number);
                if let Some(dealing) = self.dealings.get_mut(round) {
                    dealing.stars.insert((*team, *slot), *stars);
                }
            }
            Event::RatedLate { team, writer, number, .. } => self.number(*team, *writer, *number),
            Event::MarkSet { team, question, cents } => {
                match cents {
                    Some(cents) => self.set_marks.insert((*question, *team), *cents),
                    None => self.set_marks.remove(&(*question, *team)),
                };
            }
            Event::ScoresShown | Event::TakenBack => self.phase = Phase::Scores,
            Event::RoundStarted { .. } => self.phase = Phase::Between,
            Event::Finished => self.phase = Phase::Finished,
        }
    }

    fn number(&mut self, team: TeamId, writer: WriterId, number: u64) {
        self.teams.entry(team).or_default().writers.insert(writer, number);
    }

    fn set_clock(&mut self, from_ms: Millis, to_ms: Millis) {
        self.clock = Span { from_ms, to_ms };
        self.stop_answers(to_ms);
    }

    /// Answers made until then count, if they come within the grace.
    fn stop_answers(&mut self, at_ms: Millis) {
        if let Some(question) = self.current() {
            self.closes.insert(question, at_ms);
        }
    }

    fn end(&mut self, at_ms: Millis) {
        self.paused = None;
        self.set_clock(self.clock.from_ms, at_ms);
        self.phase = match self.phase {
            Phase::Open { question } => Phase::Ending { question },
            Phase::Rating { round } => Phase::RatingEnding { round },
            other => other,
        };
    }

    fn close(&mut self) {
        self.phase = match self.phase {
            Phase::Ending { question } => {
                let next = QuestionId(question.0 + 1);
                self.next = self.quiz.question(next).map(|_| next);
                Phase::Closed { question }
            }
            Phase::RatingEnding { round } => Phase::Rated { round },
            other => other,
        };
    }

    fn withdraw(&mut self, at_ms: Millis) {
        if let Phase::Open { .. } = self.phase {
            self.stop_answers(at_ms);
        }
        self.paused = None;
        self.phase = Phase::Between;
    }
}
