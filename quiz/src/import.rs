//! Bringing quizzes in: files of other programs become drafts, with a note on everything that was changed on the way
//! and everything that could not be taken.
//!
//! A format is a file with an [`Importer`]; what holds for all of them (limits, what makes a question usable) is
//! [`Import::take`].

mod aiken;
mod archive;
mod category;
mod gift;
mod kahoot;
mod markup;
mod moodle;
mod note;
mod number;
mod opentdb;
mod opentriviaqa;
mod pasted;
mod separated;
mod sheet;
mod source;
mod table;
mod tidy;
mod wildcard;

pub use note::{Note, Reason, Remark, Repair};
pub use source::Source;
pub use table::TEMPLATE;

pub use crate::unreadable::Unreadable;

use crate::draft::{Draft, Place, Question, Round};
use protocol::limits;
use std::collections::{BTreeMap, BTreeSet};

/// Reads files of one format.
pub trait Importer: Sync {
    /// What people call the format.
    fn name(&self) -> &'static str;

    /// Whether the file is of this format, by its beginning, its signature or its ending; cheap.
    fn recognises(&self, source: &Source<'_>) -> bool;

    /// Reads it. What cannot be understood is left out with a note.
    ///
    /// # Errors
    /// When nothing of the file can be read.
    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable>;

    /// Whether it is our own: then a quiz is taken as somebody left it, without a title or a right answer.
    fn is_ours(&self) -> bool {
        false
    }
}

/// All formats, those with the surest signs first.
const IMPORTERS: &[&dyn Importer] = &[
    &archive::Archive,
    &kahoot::Kahoot,
    &moodle::MoodleXml,
    &opentdb::OpenTdb,
    &table::Table,
    &opentriviaqa::OpenTriviaQa,
    &aiken::Aiken,
    &gift::Gift,
    &pasted::Pasted,
];

/// What came of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Import {
    /// The questions that can be taken.
    pub draft: Draft,
    /// The files that they name, by name.
    pub media: BTreeMap<String, Vec<u8>>,
    /// What was changed and what was left out, in the file's order.
    pub notes: Vec<Note>,
}

/// Reads a file of any format.
///
/// # Errors
/// When nothing of it can be read.
pub fn read(name: &str, bytes: &[u8]) -> Result<(&'static str, Import), Unreadable> {
    if bytes.len() > limits::IMPORT_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let source = Source::new(name, bytes);
    if source.is_empty() {
        return Err(Unreadable::Empty);
    }
    if !source.is_zip() && source.is_binary() {
        return Err(Unreadable::Unknown);
    }
    let importer = IMPORTERS.iter().find(|importer| importer.recognises(&source)).ok_or(Unreadable::Unknown)?;
    let mut import = importer.read(&source)?;
    if let Some(encoding) = source.encoding() {
        import.notes.insert(0, Note::repaired(None, None, "", Repair::Encoding(encoding)));
    }
    if !importer.is_ours() {
        tidy::name(&mut import, source.stem());
    }
    Ok((importer.name(), import))
}

impl Import {
    /// Begins a round; one without a question is not kept.
    pub fn begin_round(&mut self, title: &str) {
        // One that nothing was taken into makes room: a file may begin any number of them.
        self.draft.rounds.pop_if(|round| round.questions.is_empty());
        self.draft.rounds.push(Round { title: title.to_owned(), ..Round::default() });
    }

    /// Takes a question that begins at this line (or row), after cleaning it; leaves it out when it cannot be played.
    /// The first round begins by itself.
    pub fn take(&mut self, line: u32, mut question: Question, mut repairs: Vec<Repair>) {
        if let Err(reason) = tidy::question(&mut question, &mut repairs) {
            return self.leave_out(line, &question.prompt, reason);
        }
        if self.draft.len() >= limits::IMPORT_QUESTIONS {
            return self.leave_out(line, &question.prompt, Reason::TooMany);
        }
        if self.draft.rounds.is_empty() {
            self.begin_round("");
        }
        let count = self.draft.rounds.len();
        let Some(round) = self.draft.rounds.last_mut() else { return };
        let place = Place { round: (count - 1) as u16, question: round.questions.len() as u16 };
        let text = note::excerpt(&question.prompt);
        round.questions.push(question);
        self.note_all(repairs.into_iter().map(|repair| Note::repaired(Some(line), Some(place), &text, repair)));
    }

    /// A name for a file that no other one has.
    fn free_name(&self, name: &str) -> String {
        let plain: String = name.chars().filter(|letter| !letter.is_control() && !"/\\:".contains(*letter)).collect();
        let plain = plain.trim_start_matches('.');
        let kept =
            plain.char_indices().take_while(|(at, _)| *at < limits::FILE_NAME_BYTES / 2).map(|(_, letter)| letter);
        let plain = Some(kept.collect::<String>()).filter(|name| !name.is_empty()).unwrap_or_else(|| "picture".into());
        // The more files there are the higher is a number that is free.
        let numbered = (self.media.len().saturating_add(1)..).map(|number| format!("{number}-{plain}"));
        let names = std::iter::once(plain.clone()).chain(numbered);
        names.into_iter().find(|name| !self.media.contains_key(name)).unwrap_or(plain)
    }

    /// Notes what could not be taken, with the text that stands there.
    pub fn leave_out(&mut self, line: u32, text: &str, reason: Reason) {
        let remark = Remark::LeftOut(reason);
        self.note_all([Note { line: Some(line), place: None, text: note::excerpt(text), remark }]);
    }

    /// Notes a repair of the file as a whole.
    pub fn repaired(&mut self, repair: Repair) {
        self.note_all([Note::repaired(None, None, "", repair)]);
    }

    /// Writes every file anew, under a name with the ending that comes with it, if one does; where that is not possible,
    /// no question names the file any more, with a note.
    pub fn rewrite_media(&mut self, rewrite: impl Fn(Vec<u8>) -> Option<(Option<&'static str>, Vec<u8>)>) {
        let mut names = BTreeMap::new();
        for (name, bytes) in std::mem::take(&mut self.media) {
            let Some((ending, bytes)) = rewrite(bytes) else { continue };
            let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
            let file = ending.map_or_else(|| name.clone(), |ending| self.free_name(&format!("{stem}.{ending}")));
            self.media.insert(file.clone(), bytes);
            names.insert(name, file);
        }
        let mut notes = Vec::new();
        for (place, question) in self.draft.questions_mut() {
            let Some(picture) = &mut question.picture else { continue };
            if let Some(name) = names.get(&picture.file) {
                picture.file.clone_from(name);
            } else if let Some(picture) = question.picture.take() {
                let repair = Repair::MediaDropped(picture.file);
                notes.push(Note::repaired(None, Some(place), &question.prompt, repair));
            }
        }
        self.note_all(notes);
    }

    /// Questions that were changed on the way.
    pub fn repaired_count(&self) -> usize {
        let repaired = self.notes.iter().filter(|note| matches!(note.remark, Remark::Repaired(_)));
        repaired.map(|note| note.place).collect::<BTreeSet<_>>().len()
    }

    /// What was left out.
    pub fn left_out_count(&self) -> usize {
        self.notes.iter().filter(|note| matches!(note.remark, Remark::LeftOut(_))).count()
    }

    fn note_all(&mut self, notes: impl IntoIterator<Item = Note>) {
        let room = limits::IMPORT_NOTES.saturating_sub(self.notes.len());
        self.notes.extend(notes.into_iter().take(room));
    }
}
