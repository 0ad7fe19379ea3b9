//! A file may hold more questions than can be played in one quiz: it becomes several.

use crate::draft::{Draft, Round};
use protocol::limits;

impl Draft {
    /// Itself, or parts of at most [`limits::QUESTIONS`] questions in the same order, with their numbers in their titles.
    pub fn parts(self) -> Vec<Draft> {
        if self.len() <= limits::QUESTIONS {
            return vec![self];
        }
        let (title, tags) = (self.title, self.tags);
        let mut parts = vec![Vec::<Round>::new()];
        let mut room = limits::QUESTIONS;
        for Round { title, intro, mut questions } in self.rounds {
            while !questions.is_empty() {
                let rest = questions.split_off(questions.len().min(room));
                room -= questions.len();
                if let Some(part) = parts.last_mut() {
                    part.push(Round { title: title.clone(), intro: intro.clone(), questions });
                }
                questions = rest;
                if room == 0 {
                    parts.push(Vec::new());
                    room = limits::QUESTIONS;
                }
            }
        }
        parts.pop_if(|part| part.is_empty());
        let of = parts.len();
        let numbered = |(rounds, number): (Vec<Round>, usize)| {
            let number = format!(" ({number} of {of})");
            let kept: String = title.chars().take(limits::TITLE_CHARS - number.len()).collect();
            Draft { title: kept + &number, tags: tags.clone(), rounds }
        };
        parts.into_iter().zip(1..).map(numbered).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Answer, Question};

    fn draft(rounds: &[usize]) -> Draft {
        let question = |number: usize| Question::new(number.to_string(), Answer::LongText { criterion: String::new() });
        let round = |count: &usize| Round {
            title: "R".into(),
            intro: String::new(),
            questions: (0..*count).map(question).collect(),
        };
        Draft { title: "T".repeat(limits::TITLE_CHARS), rounds: rounds.iter().map(round).collect(), ..Draft::default() }
    }

    #[test]
    fn what_can_be_played_stays_one() {
        assert_eq!(draft(&[limits::QUESTIONS]).parts(), [draft(&[limits::QUESTIONS])]);
    }

    #[test]
    fn what_is_more_becomes_several_with_every_question_once_and_in_order() {
        for rounds in [vec![1_000], vec![399, 2, 400, 5], vec![401], vec![800]] {
            let whole = draft(&rounds);
            let parts = whole.clone().parts();
            let questions = |draft: &Draft| draft.questions().map(|(_, it)| it.prompt.clone()).collect::<Vec<_>>();
            assert_eq!(parts.iter().flat_map(questions).collect::<Vec<_>>(), questions(&whole));
            assert_eq!(parts.len(), whole.len().div_ceil(limits::QUESTIONS));
            for (part, number) in parts.iter().zip(1..) {
                assert!(part.faults().is_empty() && part.title.ends_with(&format!(" ({number} of {})", parts.len())));
                assert!(part.title.chars().count() <= limits::TITLE_CHARS);
            }
        }
    }
}
