//! What an import says about a file: data with a line, so that it can be shown beside what it is about.

use crate::draft::Place;
use crate::fault::FaultKind;
use protocol::limits;
use std::fmt;

/// Letters of a text that a note quotes.
const EXCERPT_CHARS: usize = 80;

/// Something that whoever brings a file in has to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Line of the file, or row of the sheet, counted from 1; nothing for the file as a whole.
    pub line: Option<u32>,
    /// The question that it is about, where there is one.
    pub place: Option<Place>,
    /// The beginning of what stands there.
    pub text: String,
    /// What was done.
    pub remark: Remark,
}

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Remark {
    /// It was changed.
    Repaired(Repair),
    /// It was not taken.
    LeftOut(Reason),
}

/// What was changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Repair {
    /// The text was not UTF-8 but in this encoding.
    Encoding(&'static str),
    /// Entities such as `&amp;` became what they stand for.
    Entities,
    /// Tags were taken out of the text.
    Markup,
    /// Signs that cannot be seen were taken out.
    ControlCharacters,
    /// This part was longer than is possible and was cut.
    Shortened(&'static str),
    /// Points were missing or not possible; now it is worth so many.
    Points(u32),
    /// The time was missing or not possible; now it is so many seconds.
    Seconds(u32),
    /// Parts of the points for some options are not kept: options are right or wrong.
    PartialCredit,
    /// Several answers with different points became the best one.
    BestAnswer,
    /// Comments for single answers are not kept.
    Feedback,
    /// An answer that nobody can type, or that says nothing, is not accepted.
    AcceptedDropped,
    /// Wildcards in accepted answers are not kept.
    Wildcard,
    /// Upper and lower case were to matter; they do not.
    CaseSensitive,
    /// Empty options were taken out.
    EmptyOptions,
    /// Options that were there twice are there once.
    DuplicateOptions,
    /// The right answer was written a little differently from its option.
    LooseMatch,
    /// It was of a kind that we do not have and is now of the nearest one.
    Nearest(&'static str),
    /// A picture, sound or film that the file names was not there or cannot be shown.
    MediaDropped(String),
    /// The quiz's or a round's title was missing or too long.
    Title,
    /// Anything else that this format alone has, in a few words.
    Other(&'static str),
}

/// Why something was not taken.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// It would have this fault.
    Fault(FaultKind),
    /// It is of a kind that we do not have.
    Kind(String),
    /// The right answer is none of the options.
    RightNotAmongOptions,
    /// It begins and does not end.
    Unclosed,
    /// It is not what this format has here.
    NotUnderstood,
    /// There are more questions than a file may have.
    TooMany,
    /// It has no answer.
    NoAnswer,
}

impl Note {
    /// A note that something was changed.
    pub(super) fn repaired(line: Option<u32>, place: Option<Place>, text: &str, repair: Repair) -> Self {
        Self { line, place, text: excerpt(text), remark: Remark::Repaired(repair) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        match &self.remark {
            Remark::Repaired(repair) => write!(f, "repaired: {repair}")?,
            Remark::LeftOut(reason) => write!(f, "left out: {reason}")?,
        }
        if self.text.is_empty() { Ok(()) } else { write!(f, " — “{}”", self.text) }
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding(encoding) => write!(f, "the text is in {encoding}, not in UTF-8; it was converted"),
            Self::Entities => f.write_str("entities such as &amp; became what they stand for"),
            Self::Markup => f.write_str("tags were taken out of the text"),
            Self::ControlCharacters => f.write_str("invisible signs were taken out"),
            Self::Shortened(part) => write!(f, "{part} was too long and was cut"),
            Self::Points(points) => write!(f, "points were missing or not possible: {points} now"),
            Self::Seconds(seconds) => write!(f, "the time was missing or not possible: {seconds} seconds now"),
            Self::PartialCredit => {
                f.write_str("parts of the points for single options are not kept: they are right or wrong")
            }
            Self::BestAnswer => f.write_str("of several answers with different points the best one is right"),
            Self::Feedback => f.write_str("comments for single answers are not kept"),
            Self::AcceptedDropped => {
                write!(
                    f,
                    "an answer that says nothing or has more than {} letters is not accepted",
                    limits::SHORT_TEXT_CHARS
                )
            }
            Self::Wildcard => f.write_str("wildcards (*) in accepted answers are not kept"),
            Self::CaseSensitive => f.write_str("upper and lower case do not matter here"),
            Self::EmptyOptions => f.write_str("empty options were taken out"),
            Self::DuplicateOptions => f.write_str("options that were there twice are there once"),
            Self::LooseMatch => f.write_str("the right answer is written a little differently from its option"),
            Self::Nearest(kind) => write!(f, "we do not have this kind; it became {kind}"),
            Self::MediaDropped(name) => write!(f, "the file {name:?} is not there or cannot be shown"),
            Self::Title => f.write_str("a title was missing or too long"),
            Self::Other(what) => f.write_str(what),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(kind) => kind.fmt(f),
            Self::Kind(kind) => write!(f, "There is no such kind of question here: {kind}."),
            Self::RightNotAmongOptions => f.write_str("The right answer is none of the options."),
            Self::Unclosed => f.write_str("It begins and does not end."),
            Self::NotUnderstood => f.write_str("This was not understood."),
            Self::TooMany => write!(f, "A file may have {} questions.", limits::IMPORT_QUESTIONS),
            Self::NoAnswer => f.write_str("It has no answer."),
        }
    }
}

/// The beginning of a text, on one line.
pub(super) fn excerpt(text: &str) -> String {
    let (mut words, mut count) = (String::new(), 0);
    // No farther than it is shown: what follows may be the whole rest of a file.
    for letter in text.trim_start().chars() {
        if !letter.is_whitespace() {
            if count >= EXCERPT_CHARS {
                words.push('…');
                break;
            }
            words.push(letter);
            count += 1;
        } else if !words.ends_with(' ') {
            words.push(' ');
            count += 1;
        }
    }
    words.truncate(words.trim_end().len());
    words
}
