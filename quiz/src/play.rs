//! The quiz that is played, made of a draft without a fault.

use crate::draft::{Answer, Choice, Draft, Picture, Question};
use crate::fault::Fault;
use game::quiz::{self as played, AnswerKey, Quiz};

impl Draft {
    /// The quiz that can be played.
    ///
    /// # Errors
    /// All faults, if there are any.
    pub fn finish(self) -> Result<Quiz, Vec<Fault>> {
        let faults = self.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        let round = |round: crate::draft::Round| played::Round {
            title: round.title,
            intro: round.intro,
            questions: round.questions.into_iter().map(question).collect(),
        };
        // A round without a question has nothing to play.
        let rounds = self.rounds.into_iter().filter(|round| !round.questions.is_empty()).map(round).collect();
        Ok(Quiz { title: self.title, rounds })
    }
}

fn question(question: Question) -> played::Question {
    let said = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    let picture = |Picture { file, description }| played::Picture { file, description };
    played::Question {
        prompt: question.prompt,
        points: question.points,
        seconds: question.seconds,
        picture: question.picture.map(picture),
        explanation: said(question.explanation),
        host_note: said(question.host_note),
        answer: key(question.answer),
    }
}

fn key(answer: Answer) -> AnswerKey {
    match answer {
        Answer::LongText { criterion } if criterion.trim().is_empty() => {
            AnswerKey::LongText { criterion: played::usual_criterion() }
        }
        Answer::LongText { criterion } => AnswerKey::LongText { criterion },
        Answer::ShortText { accepted } => AnswerKey::ShortText { accepted },
        Answer::OneChoice { options } => {
            let right = rights(&options).first().copied().unwrap_or_default();
            AnswerKey::OneChoice { options: texts(options), right }
        }
        Answer::SeveralChoices { options } => {
            AnswerKey::SeveralChoices { right: rights(&options), options: texts(options) }
        }
        Answer::Number { value, tolerance, unit } => {
            AnswerKey::Number { value: value.unwrap_or_default(), tolerance, unit }
        }
    }
}

fn rights(options: &[Choice]) -> Vec<u8> {
    (0u8..).zip(options).filter_map(|(index, option)| option.right.then_some(index)).collect()
}

fn texts(options: Vec<Choice>) -> Vec<String> {
    options.into_iter().map(|option| option.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Round;

    #[test]
    fn what_is_right_is_named_by_its_index_and_empty_rounds_are_not_played() {
        let options = vec![Choice::new("a", false), Choice::new("b", true), Choice::new("c", true)];
        let questions = vec![
            Question::new("?", Answer::SeveralChoices { options }),
            Question::new("?", Answer::LongText { criterion: String::new() }),
        ];
        let draft =
            Draft { rounds: vec![Round::default(), Round { questions, ..Round::default() }], ..Draft::default() };
        let quiz = draft.finish().expect("no fault");
        assert_eq!(quiz.rounds.len(), 1);
        let answers: Vec<_> = quiz.questions().map(|(_, _, question)| question.answer.clone()).collect();
        let options = ["a", "b", "c"].map(String::from).to_vec();
        assert_eq!(answers[0], AnswerKey::SeveralChoices { options, right: vec![1, 2] });
        assert_eq!(answers[1], AnswerKey::LongText { criterion: played::usual_criterion() });
    }

    #[test]
    fn a_faulty_draft_is_not_played() {
        assert!(Draft::default().finish().is_err());
    }
}
