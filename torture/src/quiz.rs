//! Quizzes that last: a question stays open for as long as the quizmaster likes.

use game::quiz::{AnswerKey, Question, Quiz, Round};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// More rounds than an evening gets through.
const ROUNDS: usize = 60;
/// Questions of a round, at most; few, so that an evening comes to rating.
const QUESTIONS: usize = 3;
/// Time to answer, which leaves room for extensions up to the hour that is possible.
const SECONDS: u32 = 3_000;

fn question(answer: AnswerKey) -> Question {
    Question {
        prompt: "What do you write?".into(),
        points: 10,
        seconds: SECONDS,
        picture: None,
        explanation: None,
        host_note: None,
        answer,
    }
}

fn quiz(rounds: impl IntoIterator<Item = Vec<AnswerKey>>) -> Quiz {
    let round = |keys: Vec<AnswerKey>| Round {
        title: "A round".into(),
        intro: String::new(),
        questions: keys.into_iter().map(question).collect(),
    };
    Quiz { title: "Torture".into(), rounds: rounds.into_iter().map(round).collect() }
}

fn long_text() -> AnswerKey {
    AnswerKey::LongText { criterion: "Is it long?".into() }
}

/// One free text.
pub fn single() -> Quiz {
    quiz([vec![long_text()]])
}

/// A round of so many questions with one right option of two, then one free text.
pub fn played(questions: usize) -> Quiz {
    let options = || ["this", "that"].map(String::from).to_vec();
    let choices = (0..questions).map(|_| AnswerKey::OneChoice { options: options(), right: 0 });
    quiz([choices.collect(), vec![long_text()]])
}

/// Every kind of question in a drawn order; free text, where hands have most to do, comes most often.
pub fn drawn(random: &mut ChaCha8Rng) -> Quiz {
    let options = || ["one", "two", "three", "four"].map(String::from).to_vec();
    let mut key = || match random.random_range(0..8) {
        0 => AnswerKey::ShortText { accepted: vec!["words".into()] },
        1 => AnswerKey::Number { value: 1.0, tolerance: 0.0, unit: String::new() },
        2 => AnswerKey::OneChoice { options: options(), right: 1 },
        3 => AnswerKey::SeveralChoices { options: options(), right: vec![1, 2] },
        _ => long_text(),
    };
    let keys: Vec<Vec<AnswerKey>> =
        (0..ROUNDS).map(|round| (0..1 + round % QUESTIONS).map(|_| key()).collect()).collect();
    quiz(keys)
}
