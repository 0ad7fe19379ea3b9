//! What is played: rounds of questions with their solutions.

use protocol::{ids::QuestionId, limits, question as shown};
use serde::{Deserialize, Serialize};

/// A quiz that can be played; it is without a fault, and stays in the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    /// Its title.
    pub title: String,
    /// Its rounds, in order.
    pub rounds: Vec<Round>,
}

/// Questions that belong together; their long texts are rated together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Its title.
    pub title: String,
    /// One sentence before its first question.
    #[serde(default)]
    pub intro: String,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// A question with its solution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question itself.
    pub prompt: String,
    /// What it is worth.
    #[serde(default = "default_points")]
    pub points: u32,
    /// Time to answer.
    #[serde(default = "default_seconds")]
    pub seconds: u32,
    /// Picture beside it.
    #[serde(default)]
    pub picture: Option<Picture>,
    /// Why the solution is right.
    #[serde(default)]
    pub explanation: Option<String>,
    /// A word to the quizmaster.
    #[serde(default)]
    pub host_note: Option<String>,
    /// How it is answered and what is right.
    pub answer: AnswerKey,
}

/// A picture file of a quiz.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Its file name within the quiz.
    pub file: String,
    /// What it shows, without spoiling the answer.
    pub description: String,
}

/// How a question is answered and what is right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum AnswerKey {
    /// Free text, rated by other teams.
    LongText {
        /// What raters judge.
        #[serde(default = "usual_criterion")]
        criterion: String,
    },
    /// A few words.
    ShortText {
        /// Whatever is right.
        accepted: Vec<String>,
    },
    /// Exactly one option.
    OneChoice {
        /// The options.
        options: Vec<String>,
        /// Index of the right one.
        right: u8,
    },
    /// Any of the options.
    SeveralChoices {
        /// The options.
        options: Vec<String>,
        /// Indices of the right ones.
        right: Vec<u8>,
    },
    /// A number.
    Number {
        /// The right one.
        value: f64,
        /// How far off still counts.
        #[serde(default)]
        tolerance: f64,
        /// What it counts.
        #[serde(default)]
        unit: String,
    },
}

fn default_points() -> u32 {
    limits::QUESTION_POINTS_USUAL
}

fn default_seconds() -> u32 {
    limits::QUESTION_SECONDS_USUAL
}

/// What raters judge unless somebody says so.
pub fn usual_criterion() -> String {
    "How good is this answer?".into()
}

impl AnswerKey {
    /// Whether other teams rate it.
    pub fn is_rated(&self) -> bool {
        matches!(self, Self::LongText { .. })
    }

    /// Longest answer in characters; 0 for choices.
    pub fn chars_max(&self) -> usize {
        match self {
            Self::LongText { .. } => limits::LONG_TEXT_CHARS,
            Self::ShortText { .. } => limits::SHORT_TEXT_CHARS,
            Self::Number { .. } => limits::NUMBER_CHARS,
            Self::OneChoice { .. } | Self::SeveralChoices { .. } => 0,
        }
    }

    /// Its options, if it is a choice.
    pub fn options(&self) -> &[String] {
        match self {
            Self::OneChoice { options, .. } | Self::SeveralChoices { options, .. } => options,
            _ => &[],
        }
    }

    /// How it is answered, without what is right.
    pub fn field(&self) -> shown::Field {
        match self {
            Self::LongText { .. } => shown::Field::LongText,
            Self::ShortText { .. } => shown::Field::ShortText,
            Self::Number { unit, .. } => shown::Field::Number { unit: unit.clone() },
            Self::OneChoice { options, .. } => shown::Field::OneChoice { options: options.clone() },
            Self::SeveralChoices { options, .. } => shown::Field::SeveralChoices { options: options.clone() },
        }
    }

    /// What is right, in words and indices.
    fn solution(&self) -> (String, Vec<u8>) {
        let named = |right: &[u8]| {
            let texts = right.iter().filter_map(|index| self.options().get(usize::from(*index)).cloned());
            (texts.collect::<Vec<_>>().join(", "), right.to_vec())
        };
        match self {
            Self::LongText { criterion } => (criterion.clone(), Vec::new()),
            Self::ShortText { accepted } => (accepted.first().cloned().unwrap_or_default(), Vec::new()),
            Self::OneChoice { right, .. } => named(&[*right]),
            Self::SeveralChoices { right, .. } => named(right),
            Self::Number { value, tolerance, unit } => {
                let about = if *tolerance > 0.0 { format!(" (± {tolerance})") } else { String::new() };
                (format!("{value} {unit}").trim_end().to_owned() + &about, Vec::new())
            }
        }
    }
}

impl Question {
    /// The solution as it is shown.
    pub fn solution(&self) -> shown::Solution {
        let (text, right) = self.answer.solution();
        shown::Solution { text, right, explanation: self.explanation.clone() }
    }
}

impl Quiz {
    /// All questions with their rounds, by id.
    pub fn questions(&self) -> impl Iterator<Item = (QuestionId, u16, &Question)> {
        let rounds = self.rounds.iter().zip(0u16..);
        let questions = rounds.flat_map(|(round, index)| round.questions.iter().map(move |question| (index, question)));
        questions.zip(0u16..).map(|((round, question), id)| (QuestionId(id), round, question))
    }

    /// A question and the index of its round.
    pub fn question(&self, id: QuestionId) -> Option<(u16, &Question)> {
        self.questions().nth(usize::from(id.0)).map(|(_, round, question)| (round, question))
    }

    /// Where a question stands, for display.
    pub fn heading(&self, id: QuestionId) -> Option<shown::Heading> {
        let (index, question) = self.question(id)?;
        let round = self.rounds.get(usize::from(index))?;
        let first = self.questions().find(|(_, of, _)| *of == index).map_or(0, |(first, ..)| first.0);
        Some(shown::Heading {
            id,
            round: round.title.clone(),
            number: id.0 - first + 1,
            of: round.questions.len() as u16,
            points: question.points,
            seconds: question.seconds,
        })
    }
}
