//! A game as the sum of its facts.

mod answer;

pub use answer::{Answer, Clicked, Display, LateEdit, RatingRound, Times};

use crate::clock::Clock;
use crate::event::{Deal, Event, Fact};
use crate::folding::is_blank;
use crate::phase::Phase;
use crate::quiz::Quiz;
use protocol::answer::{Change, Content, Document, Step};
use protocol::ids::{Millis, QuestionId, TeamId, WriterId};
use protocol::limits;
use protocol::view::Cents;
use std::collections::{BTreeMap, BTreeSet};

/// What the rules know of a team.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Team {
    /// Last number accepted from each page load.
    pub writers: BTreeMap<WriterId, u64>,
    /// Its edits and clicks so far, those that came too late included.
    pub facts: u32,
    /// What they brought, in bytes.
    pub bytes: u64,
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
    /// When pages showed each question.
    pub displays: BTreeMap<QuestionId, Vec<Display>>,
    /// Questions whose solution was shown.
    pub solutions_shown: BTreeSet<QuestionId>,
    /// Rounds that went on without rating.
    pub unrated: BTreeSet<u16>,
    /// Ratings by round.
    pub rating_rounds: BTreeMap<u16, RatingRound>,
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
            turn: 0,
            seq: 0,
            last_ms: 0,
            next: None,
            answers: BTreeMap::new(),
            closes: BTreeMap::new(),
            displays: BTreeMap::new(),
            solutions_shown: BTreeSet::new(),
            unrated: BTreeSet::new(),
            rating_rounds: BTreeMap::new(),
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

    /// Whether a short absence of the server must not look like a long one: something runs, or is waited for.
    pub fn is_running(&self) -> bool {
        self.wake_ms().is_some() || matches!(self.phase, Phase::Sealed { .. })
    }

    /// When the rules want to be asked again, if a clock runs.
    pub fn wake_ms(&self) -> Option<Millis> {
        self.phase.wake_ms()
    }

    /// The question that is on, from its count-in to the next step.
    pub fn current(&self) -> Option<QuestionId> {
        self.phase.question()
    }

    /// The round that is on: of the current question, or of the one played last.
    pub fn round(&self) -> u16 {
        let last = self.current().or_else(|| self.closes.keys().next_back().copied());
        let of_last = || last.and_then(|question| self.quiz.question(question)).map_or(0, |(round, _)| round);
        self.phase.rated_round().unwrap_or_else(of_last)
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
            of_round(*question) && self.is_over(*question) && !is_blank(&answer.content)
        });
        answers.map(|((question, author), _)| Deal { question: *question, author: *author })
    }

    /// Whether the answer that an event edits says something.
    pub fn is_written(&self, event: &Event) -> bool {
        let (Event::Edited { team, question, .. } | Event::Amended { team, question, .. }) = event else {
            return false;
        };
        self.answers.get(&(*question, *team)).is_some_and(|answer| !is_blank(&answer.content))
    }

    /// An answer in words, options by their texts.
    pub fn words(&self, question: QuestionId, content: &Content) -> String {
        let options = self.quiz.question(question).map(|(_, question)| question.answer.options()).unwrap_or_default();
        let ticked = content.choices.iter().filter_map(|option| options.get(usize::from(option)).cloned());
        let ticked: Vec<_> = ticked.collect();
        if ticked.is_empty() { content.text.clone() } else { ticked.join(", ") }
    }

    /// Whether an answer can still be changed by the quizmaster: once its question is over, until it is dealt out for
    /// rating or the game has ended.
    pub fn is_amendable(&self, question: QuestionId) -> bool {
        let dealt = self.quiz.question(question).is_some_and(|(round, _)| self.rating_rounds.contains_key(&round));
        self.is_over(question) && !(dealt && self.is_rated(question)) && self.phase != Phase::Finished
    }

    /// Number of an answer's steps.
    pub fn revision(&self, question: QuestionId, team: TeamId) -> u32 {
        self.answers.get(&(question, team)).map_or(0, |answer| answer.steps.len() as u32)
    }

    /// An answer as it stands.
    pub fn document(&self, question: QuestionId, team: TeamId) -> Document {
        let answer = self.answers.get(&(question, team));
        Document {
            question,
            revision: self.revision(question, team),
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
        let before = self.phase;
        self.phase = before.after(&fact.event, fact.at_ms);
        if self.phase != before {
            self.moved(before, &fact.event, fact.at_ms);
        }
        self.happen(&fact.event, fact.at_ms);
    }

    /// What goes with another phase.
    fn moved(&mut self, before: Phase, event: &Event, at_ms: Millis) {
        self.turn += u32::from(!before.is_same_turn(self.phase));
        if let Some((question, closes_ms)) = self.phase.closes() {
            self.closes.insert(question, closes_ms);
        }
        match (before, self.phase) {
            (Phase::Open { question, clock: Clock::Running(span), .. }, Phase::Between) => {
                // A pause has stopped the answers already.
                let seen_ms = if let Event::WithdrawnAt { at_ms } = event { *at_ms } else { at_ms };
                self.closes.insert(question, seen_ms.min(span.to_ms));
            }
            (_, Phase::Closed { question }) => {
                let next = QuestionId(question.0 + 1);
                self.next = self.quiz.question(next).map(|_| next);
            }
            (_, Phase::Solution { question }) => {
                self.solutions_shown.insert(question);
            }
            _ => {}
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
            &Event::Displayed { question, team, after_us, error_us, coarse } => {
                self.displays.entry(question).or_default().push(Display { team, after_us, error_us, coarse });
            }
            // It may have been shown and withdrawn before.
            Event::Opened { question, .. } => drop(self.displays.remove(question)),
            Event::RatingStarted { round, sheets, .. } => {
                self.rating_rounds.insert(*round, RatingRound::new(sheets.clone()));
            }
            Event::RatingSkipped { round } => {
                self.unrated.insert(*round);
                self.turn += 1;
            }
            &Event::Edited { team, question, writer, number, made_ms, ref changes } => {
                self.number(team, (writer, number), changes);
                let step = Step { writer, number, changes: changes.clone() };
                self.answer(question, team).step(step, Times { made_ms, at_ms });
            }
            &Event::EditedLate { team, question, writer, number, made_ms, ref changes, base, on_late, grace_ms } => {
                self.number(team, (writer, number), changes);
                let answer = self.answer(question, team);
                answer.late_numbers.insert(writer, number);
                if answer.late.len() < limits::LATE_EDITS {
                    answer.late_changes += changes.len();
                    let times = Times { made_ms, at_ms };
                    answer.late.push(LateEdit { writer, times, base, on_late, grace_ms, changes: changes.clone() });
                }
            }
            &Event::Amended { team, question, ref changes, .. } => {
                let step = Step { writer: WriterId::SERVER, number: 0, changes: changes.clone() };
                self.answer(question, team).step(step, Times { made_ms: at_ms, at_ms });
            }
            Event::LateSettled { question, team, .. } => {
                let of_question = (*question, TeamId(0))..=(*question, TeamId(u32::MAX));
                let answers = self.answers.range_mut(of_question);
                let settled = answers.filter(|((_, of), _)| team.is_none_or(|team| team == *of));
                settled.for_each(|(_, answer)| answer.settled = answer.late.len());
            }
            &Event::Rated { team, round, slot, stars, writer, number, .. } => {
                self.number(team, (writer, number), &[]);
                self.clicked(round, Clicked { team, slot, stars, at_ms, late: false });
            }
            &Event::RatedLate { team, round, slot, stars, writer, number, .. } => {
                self.number(team, (writer, number), &[]);
                self.clicked(round, Clicked { team, slot, stars, at_ms, late: true });
            }
            Event::MarkSet { team, question, cents } => {
                match cents {
                    Some(cents) => self.set_marks.insert((*question, *team), *cents),
                    None => self.set_marks.remove(&(*question, *team)),
                };
            }
            Event::Sealed { .. }
            | Event::Armed { .. }
            | Event::Rescheduled { .. }
            | Event::Paused { .. }
            | Event::Ended { .. }
            | Event::Closed
            | Event::Withdrawn
            | Event::WithdrawnAt { .. }
            | Event::SolutionShown
            | Event::ScoresShown
            | Event::RoundStarted { .. }
            | Event::Finished
            | Event::TakenBack => {}
        }
    }

    fn answer(&mut self, question: QuestionId, team: TeamId) -> &mut Answer {
        self.answers.entry((question, team)).or_default()
    }

    fn clicked(&mut self, round: u16, click: Clicked) {
        let Some(rating_round) = self.rating_rounds.get_mut(&round) else { return };
        if !click.late {
            rating_round.stars.insert((click.team, click.slot), click.stars);
        }
        *rating_round.clicks_by.entry(click.team).or_default() += 1;
        rating_round.clicks.push(click);
    }

    fn number(&mut self, team: TeamId, (writer, number): (WriterId, u64), changes: &[Change]) {
        let team = self.teams.entry(team).or_default();
        team.writers.insert(writer, number);
        team.facts = team.facts.saturating_add(1);
        team.bytes += changes.iter().map(Change::bytes).sum::<u64>();
    }
}
