//! A game as the sum of its facts.

mod answer;
mod queries;

pub use answer::{Answer, Clicked, Display, LateEdit, RatingRound, Times};

use crate::clock::Clock;
use crate::event::{Event, Fact};
use crate::phase::Phase;
use crate::play_order::PlayOrder;
use crate::quiz::Quiz;
use protocol::answer::{Change, Step};
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
    pub(crate) quiz: Quiz,
    /// Addresses of picture files.
    pub(crate) media: BTreeMap<String, String>,
    /// Who plays.
    pub(crate) teams: BTreeMap<TeamId, Team>,
    /// Where it stands.
    pub(crate) phase: Phase,
    /// Counts changes of phase.
    pub(crate) turn: u32,
    /// Facts applied.
    pub(crate) seq: u64,
    /// When the last fact happened.
    pub(crate) last_ms: Millis,
    /// In which order questions are played.
    pub(crate) order: PlayOrder,
    /// Version of the rules that it is played by.
    pub(crate) rules: u16,
    /// All answers.
    pub(crate) answers: BTreeMap<(QuestionId, TeamId), Answer>,
    /// Until when each question that was opened could be answered.
    pub(crate) closes: BTreeMap<QuestionId, Millis>,
    /// When pages showed each question.
    pub(crate) displays: BTreeMap<QuestionId, Vec<Display>>,
    /// Questions whose solution was shown.
    pub(crate) solutions_shown: BTreeSet<QuestionId>,
    /// Rounds that went on without rating.
    pub(crate) unrated: BTreeSet<u16>,
    /// Ratings by round.
    pub(crate) rating_rounds: BTreeMap<u16, RatingRound>,
    /// Marks set by hand.
    pub(crate) set_marks: BTreeMap<(QuestionId, TeamId), Cents>,
    /// Marks that no rule changes any more, once the game has ended.
    pub(crate) frozen_marks: BTreeMap<QuestionId, BTreeMap<TeamId, Option<Cents>>>,
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
            order: PlayOrder::default(),
            rules: 0,
            answers: BTreeMap::new(),
            closes: BTreeMap::new(),
            displays: BTreeMap::new(),
            solutions_shown: BTreeSet::new(),
            unrated: BTreeSet::new(),
            rating_rounds: BTreeMap::new(),
            set_marks: BTreeMap::new(),
            frozen_marks: BTreeMap::new(),
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
            (_, Phase::Closed { question }) => self.order.close(question),
            (_, Phase::Solution { question }) => {
                self.solutions_shown.insert(question);
            }
            _ => {}
        }
    }

    fn happen(&mut self, event: &Event, at_ms: Millis) {
        match event {
            Event::Created { quiz, media, rules } => {
                self.quiz = quiz.clone();
                self.media = media.clone();
                self.rules = *rules;
                self.order = PlayOrder::of(quiz);
            }
            Event::Ordered { order } => self.order.set(order),
            Event::TeamAdded { team } => {
                self.teams.entry(*team).or_default();
            }
            &Event::Displayed { question, team, after_us, error_us, coarse } => {
                self.displays.entry(question).or_default().push(Display { team, after_us, error_us, coarse });
            }
            // It may have been shown and withdrawn before.
            Event::Opened { question, .. } => {
                self.displays.remove(question);
                self.order.open(*question);
            }
            Event::MarksFrozen { marks, .. } => self.frozen_marks = marks.clone(),
            Event::TakenBack => self.frozen_marks.clear(),
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
            | Event::Finished => {}
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
