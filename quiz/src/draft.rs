//! A quiz that is being written: anything in it may still be missing.

use protocol::limits;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A quiz that is being written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Its title.
    pub title: String,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Its rounds, in order.
    pub rounds: Vec<Round>,
}

/// Questions that belong together; their long texts are rated together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Its title.
    pub title: String,
    /// One sentence before its first question.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub intro: String,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// A question with its solution, as far as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question itself.
    pub prompt: String,
    /// What it is worth.
    #[serde(default = "default_points")]
    pub points: u32,
    /// Time to answer, in seconds.
    #[serde(default = "default_seconds")]
    pub seconds: u32,
    /// Picture beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// Why the solution is right.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explanation: String,
    /// A word to the quizmaster.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub host_note: String,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How it is answered and what is right.
    pub answer: Answer,
}

/// A picture file of a quiz.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Its file name within the quiz.
    pub file: String,
    /// What it shows, without spoiling the answer.
    #[serde(default)]
    pub description: String,
}

/// How a question is answered and what is right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// Free text, rated by other teams.
    LongText {
        /// What raters judge; nothing for what is usual.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        criterion: String,
    },
    /// A few words.
    ShortText {
        /// Whatever is right, the nicest first.
        accepted: Vec<String>,
    },
    /// Exactly one option.
    OneChoice {
        /// The options.
        options: Vec<Choice>,
    },
    /// Any of the options.
    SeveralChoices {
        /// The options.
        options: Vec<Choice>,
    },
    /// A number.
    Number {
        /// The right one, once somebody has written it.
        value: Option<f64>,
        /// How far off still counts.
        #[serde(default)]
        tolerance: f64,
        /// What it counts.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
    },
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Whether it is right.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub right: bool,
}

/// Where a question stands: its round and its number there, both counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The round.
    pub round: u16,
    /// The question within it.
    pub question: u16,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Round {}, question {}", u32::from(self.round) + 1, u32::from(self.question) + 1)
    }
}

fn default_points() -> u32 {
    limits::QUESTION_POINTS_USUAL
}

fn default_seconds() -> u32 {
    limits::QUESTION_SECONDS_USUAL
}

impl Question {
    /// A question that is worth what is usual.
    pub fn new(prompt: impl Into<String>, answer: Answer) -> Self {
        Self {
            prompt: prompt.into(),
            points: default_points(),
            seconds: default_seconds(),
            picture: None,
            explanation: String::new(),
            host_note: String::new(),
            tags: Vec::new(),
            answer,
        }
    }
}

impl Choice {
    /// An option, right or wrong.
    pub fn new(text: impl Into<String>, right: bool) -> Self {
        Self { text: text.into(), right }
    }
}

impl Answer {
    /// Its options, if it is a choice.
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::OneChoice { options } | Self::SeveralChoices { options } => options,
            _ => &[],
        }
    }
}

impl Answer {
    /// All texts in it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (one, more) = match self {
            Self::LongText { criterion } => (Some(&**criterion), &[][..]),
            Self::Number { unit, .. } => (Some(&**unit), &[][..]),
            Self::ShortText { accepted } => (None, &accepted[..]),
            Self::OneChoice { .. } | Self::SeveralChoices { .. } => (None, &[][..]),
        };
        let options = self.options().iter().map(|option| &*option.text);
        one.into_iter().chain(more.iter().map(String::as_str)).chain(options)
    }
}

impl Draft {
    /// All questions with their places.
    pub fn questions(&self) -> impl Iterator<Item = (Place, &Question)> {
        let rounds = self.rounds.iter().zip(0..);
        rounds.flat_map(|(of, round)| {
            of.questions.iter().zip(0..).map(move |(it, question)| (Place { round, question }, it))
        })
    }

    /// The same, to be changed.
    pub fn questions_mut(&mut self) -> impl Iterator<Item = (Place, &mut Question)> {
        let rounds = self.rounds.iter_mut().zip(0..);
        rounds.flat_map(|(of, round)| {
            of.questions.iter_mut().zip(0..).map(move |(it, question)| (Place { round, question }, it))
        })
    }

    /// How many questions there are.
    pub fn len(&self) -> usize {
        self.rounds.iter().map(|round| round.questions.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How long all questions may be answered, in seconds.
    pub fn seconds(&self) -> u64 {
        self.questions().map(|(_, question)| u64::from(question.seconds)).sum()
    }

    /// Files that its questions name.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.questions().filter_map(|(_, question)| question.picture.as_ref()).map(|picture| &*picture.file)
    }
}
