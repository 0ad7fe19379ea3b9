//! What can be asked of a game. Only facts change it.

use super::{Answer, Game, Team};
use crate::event::{Deal, Event};
use crate::folding::is_blank;
use crate::phase::Phase;
use crate::quiz::Quiz;
use protocol::answer::{Content, Document};
use protocol::ids::{Millis, QuestionId, TeamId};
use protocol::view::Cents;
use std::collections::BTreeMap;

impl Game {
    /// What is played.
    pub fn quiz(&self) -> &Quiz {
        &self.quiz
    }

    /// Version of the rules that it is played by; 0 for those before they were counted.
    pub fn rules(&self) -> u16 {
        self.rules
    }

    /// Who plays.
    pub fn teams(&self) -> impl Iterator<Item = TeamId> + '_ {
        self.teams.keys().copied()
    }

    /// What the rules know of a team.
    pub fn team(&self, team: TeamId) -> Option<&Team> {
        self.teams.get(&team)
    }

    /// Where it stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// How often the phase has changed.
    pub fn turn(&self) -> u32 {
        self.turn
    }

    /// Facts that have happened.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// When the last of them did.
    pub fn last_ms(&self) -> Millis {
        self.last_ms
    }

    /// A team's answer, if it has written anything.
    pub fn answer_of(&self, question: QuestionId, team: TeamId) -> Option<&Answer> {
        self.answers.get(&(question, team))
    }

    /// All answers, by question and team.
    pub fn answers(&self) -> impl Iterator<Item = (QuestionId, TeamId, &Answer)> {
        self.answers.iter().map(|((question, team), answer)| (*question, *team, answer))
    }

    /// The marks of a question as they were when the game ended.
    pub fn frozen_marks(&self, question: QuestionId) -> Option<&BTreeMap<TeamId, Option<Cents>>> {
        self.frozen_marks.get(&question)
    }

    /// Until when a question that was opened could be answered.
    pub fn closes_ms(&self, question: QuestionId) -> Option<Millis> {
        self.closes.get(&question).copied()
    }

    /// Whether a short absence of the server must not look like a long one: something runs, or is waited for.
    pub fn is_running(&self) -> bool {
        self.wake_ms().is_some() || matches!(self.phase, Phase::Sealed { .. })
    }

    /// When the rules want to be asked again, if a clock runs.
    pub fn wake_ms(&self) -> Option<Millis> {
        self.phase.wake_ms()
    }

    /// The question to open next, or the one that is on until it is over.
    pub fn next(&self) -> Option<QuestionId> {
        self.order.next()
    }

    /// The question that is on, from its count-in to the next step.
    pub fn current(&self) -> Option<QuestionId> {
        self.phase.question()
    }

    /// The round that is on: of the current question, or of the one played last.
    pub fn round(&self) -> u16 {
        let last = self.current().or(self.order.opened());
        let of_last = || last.and_then(|question| self.quiz.question(question)).map_or(0, |(round, _)| round);
        self.phase.rated_round().unwrap_or_else(of_last)
    }

    /// Whether other teams rate the answers to a question.
    pub fn is_rated(&self, question: QuestionId) -> bool {
        self.quiz.question(question).is_some_and(|(_, question)| question.answer.is_rated())
    }

    /// Whether a question was opened and is over.
    pub fn is_over(&self, question: QuestionId) -> bool {
        self.order.is_over(question)
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
}
