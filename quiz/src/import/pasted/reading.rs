//! A question as it is read, line after line.

use super::super::number::{Decimal, number};
use super::super::{Import, Reason, Repair, markup, tidy};
use super::line::{self, Lettered, Line};
use crate::draft::{Answer, Choice, Question};
use crate::fault::FaultKind;
use game::folding::is_same;
use std::collections::BTreeMap;

/// Lines of a question, or of its last part, that belong together.
const GOING_ON: u32 = 3;

/// What is read of a question so far.
#[derive(Debug, Default)]
pub(super) struct Reading {
    line: u32,
    last: u32,
    number: Option<u32>,
    prompt: String,
    /// Its options.
    pub options: Vec<Lettered>,
    /// What lines say is right.
    pub answers: Vec<String>,
    /// Why it is right.
    pub explanation: Vec<String>,
}

impl Reading {
    /// Begins with the first line of a question.
    pub(super) fn begin(line: u32, number: Option<u32>, prompt: &str) -> Self {
        Self { line, last: line, number, prompt: prompt.to_owned(), ..Self::default() }
    }

    /// Whether its answer was read.
    pub(super) fn is_answered(&self) -> bool {
        !self.answers.is_empty() || self.options.len() > 1 && self.marked().any(|right| right)
    }

    /// Which options are marked right. Stars before all of them are there to count them.
    fn marked(&self) -> impl Iterator<Item = bool> {
        let is_list = self.options.iter().all(|option| option.is_starred);
        self.options.iter().map(move |option| option.right || option.is_starred && !is_list)
    }

    /// Takes a line that is nothing by itself, if it can belong to this question.
    pub(super) fn go_on(&mut self, line: u32, text: &str) -> bool {
        if self.is_answered() || !self.options.is_empty() || line > self.last + GOING_ON {
            return false;
        }
        // A question that ends in a question mark has ended, unless nothing was asked yet.
        let has_asked = || match self.prompt.trim_end().rsplit_once('?') {
            Some((_, behind)) => behind.is_empty() || self.number.is_none() || answer_behind(behind).is_some(),
            None => false,
        };
        if text.contains('?') && has_asked() {
            return false;
        }
        self.last = line;
        if !self.prompt.is_empty() {
            self.prompt.push('\n');
        }
        self.prompt.push_str(text);
        true
    }

    /// Makes a question of it.
    pub(super) fn end(mut self, key: &BTreeMap<u32, String>, import: &mut Import) {
        if self.answers.is_empty() {
            self.answers.extend(self.number.and_then(|number| key.get(&number)).cloned());
        }
        if self.options.is_empty()
            && self.answers.is_empty()
            && let Some((prompt, behind)) = self.prompt.rsplit_once('?')
            && let Some(answer) = answer_behind(behind)
        {
            self.prompt = format!("{prompt}?");
            self.answers.push(answer);
        }
        let mut repairs = Vec::new();
        let answer = match self.answer(&mut repairs) {
            Ok(answer) => answer,
            Err(reason) => return import.leave_out(self.line, &self.prompt, reason),
        };
        let mut question = Question::new(markup::clean(&unbold(&self.prompt), &mut repairs), answer);
        question.explanation = markup::clean(&self.explanation.join("\n"), &mut repairs);
        import.take(self.line, question, repairs);
    }

    fn answer(&self, repairs: &mut Vec<Repair>) -> Result<Answer, Reason> {
        if self.options.is_empty() {
            return self.without_options(repairs);
        }
        if self.options.len() > tidy::OPTIONS {
            return Err(Reason::Fault(FaultKind::TooManyOptions));
        }
        let mut right: Vec<bool> = self.marked().collect();
        for answer in &self.answers {
            for index in self.named(answer, repairs).ok_or(Reason::RightNotAmongOptions)? {
                right.iter_mut().skip(index).take(1).for_each(|right| *right = true);
            }
        }
        if !right.contains(&true) {
            return Err(Reason::NoAnswer);
        }
        let choice = |(option, right): (&Lettered, bool)| Choice::new(markup::clean(&option.text, repairs), right);
        let several = right.iter().filter(|right| **right).count() > 1;
        let options = self.options.iter().zip(right).map(choice).collect();
        Ok(if several { Answer::SeveralChoices { options } } else { Answer::OneChoice { options } })
    }

    /// The options that an answer names: by letters, or by what they say.
    fn named(&self, answer: &str, repairs: &mut Vec<Repair>) -> Option<Vec<usize>> {
        let by_letter = |part: &str| {
            let part = part.trim_matches(['(', ')', '.', ' ']).to_ascii_lowercase();
            let letter = Some(part).filter(|part| part.len() == 1)?.chars().next()?;
            let known = self.options.iter().position(|option| option.letter == Some(letter));
            let counted = || usize::try_from(u32::from(letter).checked_sub(u32::from('a'))?).ok();
            known.or_else(|| {
                counted().filter(|index| self.options[..].get(*index).is_some_and(|it| it.letter.is_none()))
            })
        };
        let parts = || answer.split([',', ';', '&', '/']).flat_map(|part| part.split(" and ")).map(str::trim);
        let letters: Option<Vec<usize>> = parts().filter(|part| !part.is_empty()).map(by_letter).collect();
        if let Some(letters) = letters.filter(|letters| !letters.is_empty()) {
            return Some(letters);
        }
        // "b) Paris" names its letter and its text.
        let before = answer.split_once([')', '.', ':']).and_then(|(letter, _)| by_letter(letter));
        let by_text = |same: &dyn Fn(&str) -> bool| self.options.iter().position(|option| same(&option.text));
        if let Some(index) = before.or_else(|| by_text(&|text| text == answer)) {
            return Some(vec![index]);
        }
        let loose = by_text(&|text| is_same(text, answer))?;
        repairs.push(Repair::LooseMatch);
        Some(vec![loose])
    }

    fn without_options(&self, repairs: &mut Vec<Repair>) -> Result<Answer, Reason> {
        let answer = self.answers.first().ok_or(Reason::NoAnswer)?;
        let answer = markup::clean(&unbold(answer), repairs);
        match &*answer.trim_end_matches('.').to_lowercase() {
            "true" | "t" | "wahr" => return Ok(true_false(true)),
            "false" | "f" | "falsch" => return Ok(true_false(false)),
            _ => {}
        }
        if let Some(value) = number(&answer, Decimal::Point) {
            return Ok(Answer::Number { value: Some(value), tolerance: 0.0, unit: String::new() });
        }
        // "AC/DC" is one answer, and "trick or treat" may be one.
        let parts = answer.split(['|', ';']).flat_map(|part| part.split(" / ")).map(str::trim);
        let accepted = parts.filter(|part| !part.is_empty()).flat_map(|part| {
            let others = part.split(" or ").flat_map(|part| part.split(" oder ")).map(str::trim);
            std::iter::once(part).chain(others.filter(move |other| *other != part && !other.is_empty()))
        });
        Ok(Answer::ShortText { accepted: accepted.map(str::to_owned).collect() })
    }
}

/// An answer on the same line as its question: `Capital of Peru? (Lima)`, `… ? – Lima`, `… ? Answer: Lima`.
fn answer_behind(text: &str) -> Option<String> {
    let text = text.trim();
    let between = |begin: char, end: char| text.strip_prefix(begin).and_then(|text| text.strip_suffix(end));
    let bracketed = between('(', ')').or_else(|| between('[', ']'));
    let answer = bracketed.or_else(|| text.strip_prefix(['–', '—', '-', '→', '='])).map(|text| text.trim().to_owned());
    let named = || match line::read(text) {
        Line::Answer(answer) => Some(answer),
        _ => None,
    };
    answer.or_else(named).filter(|answer| !answer.is_empty())
}

fn true_false(right: bool) -> Answer {
    Answer::OneChoice { options: vec![Choice::new("True", right), Choice::new("False", !right)] }
}

/// A text without the signs of bold letters.
fn unbold(text: &str) -> String {
    text.replace("**", "").replace("__", "")
}
