//! What an answer is worth, and why.

use crate::event::{Deal, Event};
use crate::folding::{is_blank, is_same};
use crate::quiz::AnswerKey;
use crate::state::{Answer, Game};
use protocol::answer::Choices;
use protocol::ids::{QuestionId, TeamId};
use protocol::limits;
use protocol::view::{Cents, Mark, Reason};

/// Version of these rules. It grows whenever a change marks an answer otherwise than before: what is over keeps its marks,
/// and a journal says by which version it was played. 1: the first one that is counted.
pub const RULES: u16 = 1;

impl Game {
    /// The mark of a team's answer as it stands, whether it counts yet or not.
    pub fn mark(&self, question: QuestionId, team: TeamId) -> Mark {
        let Some((round, found)) = self.quiz.question(question) else {
            return Mark::default();
        };
        let of = Cents::from(found.points) * 100;
        let answer = self.answers.get(&(question, team));
        let (cents, reason) = match answer {
            Some(answer) if found.answer.is_rated() && !is_blank(&answer.content) => {
                self.by_rating(round, question, team, of)
            }
            Some(answer) if !is_blank(&answer.content) || !answer.content.text.trim().is_empty() => {
                let (cents, reason) = by_key(&found.answer, answer, of);
                (Some(cents), reason)
            }
            _ => (Some(0), Reason::NoAnswer),
        };
        let set = self.set_marks.get(&(question, team)).copied();
        let frozen = self.frozen_marks.get(&question).and_then(|marks| marks.get(&team)).copied();
        Mark { cents: frozen.unwrap_or(set.or(cents)), of, reason, by_hand: set.is_some() }
    }

    /// The same in hundredths of a point; nothing while it is pending.
    pub fn cents(&self, question: QuestionId, team: TeamId) -> Option<Cents> {
        self.mark(question, team).cents
    }

    /// The marks that count, as they are now.
    pub fn freeze(&self) -> Event {
        let counted = self.quiz.questions().map(|(id, ..)| id).filter(|id| self.counts(*id));
        let marks = counted.map(|id| (id, self.teams.keys().map(|team| (*team, self.cents(id, *team))).collect()));
        Event::MarksFrozen { rules: RULES, marks: marks.collect() }
    }

    /// Whether the marks of a question are part of the totals.
    pub fn counts(&self, question: QuestionId) -> bool {
        self.solutions_shown.contains(&question) || (self.is_rated(question) && self.is_over(question))
    }

    /// Stars given to an answer; 0 stands for a rater who has not decided.
    pub fn stars(&self, round: u16, question: QuestionId, author: TeamId) -> Vec<u8> {
        let Some(rating_round) = self.rating_rounds.get(&round) else { return Vec::new() };
        let raters = rating_round.raters.get(&Deal { question, author }).into_iter().flatten();
        raters.map(|place| rating_round.stars.get(place).copied().unwrap_or(0)).collect()
    }

    fn by_rating(&self, round: u16, question: QuestionId, team: TeamId, of: Cents) -> (Option<Cents>, Reason) {
        let mut stars: Vec<_> = self.stars(round, question, team).into_iter().filter(|stars| *stars > 0).collect();
        if stars.len() < limits::RATERS_MIN {
            let (given, needed) = (stars.len() as u32, limits::RATERS_MIN as u32);
            return (None, Reason::Pending { given, needed });
        }
        stars.sort_unstable();
        let doubled = u32::from(stars[(stars.len() - 1) / 2]) + u32::from(stars[stars.len() / 2]);
        (Some(of * Cents::from(doubled - 2) / 8), Reason::Median { doubled, stars })
    }
}

/// The mark of a closed question.
fn by_key(key: &AnswerKey, answer: &Answer, of: Cents) -> (Cents, Reason) {
    let text = answer.content.text.as_str();
    let all_or_nothing = |right: bool, reason: Reason, reason_not: Reason| match right {
        true => (of, reason),
        false => (0, reason_not),
    };
    match key {
        AnswerKey::LongText { .. } => (0, Reason::NoAnswer),
        AnswerKey::ShortText { accepted } => {
            let is_accepted = accepted.iter().any(|right| is_same(right, text));
            all_or_nothing(is_accepted, Reason::Accepted, Reason::NotAccepted)
        }
        AnswerKey::OneChoice { right, .. } => {
            all_or_nothing(answer.content.choices.iter().eq([*right]), Reason::Right, Reason::Wrong)
        }
        AnswerKey::SeveralChoices { right, .. } => several(answer.content.choices, right, of),
        AnswerKey::Number { value, tolerance, .. } => match number(text) {
            Some(given) if (given - value).abs() <= tolerance + f64::EPSILON * value.abs() => {
                (of, if given == *value { Reason::Exact } else { Reason::CloseEnough })
            }
            Some(given) => (0, Reason::OffBy { hundredths: ((given - value).abs() * 100.0).round() as u64 }),
            None => (0, Reason::NotANumber),
        },
    }
}

/// Every right tick adds its share, every wrong one takes one away; never below nothing.
fn several(choices: Choices, right: &[u8], of: Cents) -> (Cents, Reason) {
    let hits = choices.iter().filter(|option| right.contains(option)).count() as u32;
    let wrong = choices.iter().count() as u32 - hits;
    let total = (right.len() as u32).max(1);
    let cents = of * Cents::from(hits.saturating_sub(wrong)) / Cents::from(total);
    (cents, Reason::Ticks { hits, of: total, wrong })
}

/// A number as people type it: `1,234.5`, `1 234,5`, `1'234`, `-3`, `42 km`, `1,000`.
///
/// With one kind of separator only, it groups thousands if exactly three digits follow each time (and the first
/// group is not a lone 0); else it is the decimal mark. With two kinds the last one is the decimal mark.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace('\u{2212}', "-");
    let start = text.find(|letter: char| letter.is_ascii_digit() || ".,-+".contains(letter))?;
    let belongs = |letter: char| letter.is_ascii_digit() || letter.is_whitespace() || ".,'’-+".contains(letter);
    let kept: String = text[start..].chars().take_while(|letter| belongs(*letter)).collect();
    let kept: String =
        kept.trim().chars().filter(|letter| !letter.is_whitespace() && !"'’".contains(*letter)).collect();
    let marks: Vec<_> = kept.match_indices(['.', ',']).collect();
    let decimal = match marks.as_slice() {
        [] => None,
        [.., (at, mark)] if marks.iter().any(|(_, other)| other != mark) => Some(*at),
        marks => {
            let mut groups = kept.trim_start_matches(['-', '+']).split(['.', ',']);
            let first = groups.next().unwrap_or_default();
            let grouped = !first.is_empty() && first != "0" && first.len() <= 3 && groups.all(|group| group.len() == 3);
            if grouped || marks.len() > 1 { None } else { marks.first().map(|(at, _)| *at) }
        }
    };
    let clean: String = kept
        .char_indices()
        .filter_map(|(at, letter)| match letter {
            '.' | ',' => (Some(at) == decimal).then_some('.'),
            other => Some(other),
        })
        .collect();
    clean.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests;
