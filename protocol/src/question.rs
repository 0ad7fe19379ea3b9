//! What may be shown of a question: never its solution, which is a type of its own.

use crate::ids::QuestionId;
use serde::{Deserialize, Serialize};

/// Where a question stands in its game; safe to show before it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Which question.
    pub id: QuestionId,
    /// Title of its round.
    pub round: String,
    /// Its number within the round, from 1.
    pub number: u16,
    /// Questions in the round.
    pub of: u16,
    /// Points it is worth.
    pub points: u32,
    /// Seconds to answer.
    pub seconds: u32,
}

/// A picture beside a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Address on this server, which cannot be guessed before the reveal, or within the browser; empty while the picture
    /// is on its way.
    pub url: String,
    /// What it shows, for those who do not see it, without spoiling the answer.
    pub description: String,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// Free text, rated by other teams.
    LongText,
    /// A few words.
    ShortText,
    /// A number, with its unit.
    Number {
        /// Unit to print behind the field, or empty.
        unit: String,
    },
    /// Exactly one of the options.
    OneChoice {
        /// Their texts.
        options: Vec<String>,
    },
    /// Any of the options.
    SeveralChoices {
        /// Their texts.
        options: Vec<String>,
    },
}

/// A revealed question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Where it stands.
    pub heading: Heading,
    /// The question itself.
    pub prompt: String,
    /// Picture, if any.
    pub picture: Option<Picture>,
    /// How it is answered.
    pub field: Field,
}

/// The solution of a closed question; sent only once it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// The right answer in words.
    pub text: String,
    /// Right options, for choices.
    pub right: Vec<u8>,
    /// Why it is right.
    pub explanation: Option<String>,
}
