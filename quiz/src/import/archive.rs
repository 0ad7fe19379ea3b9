//! Quizwire's own files ([`crate::archive`]): taken as they are, faults included, because somebody may still be writing.

use super::{Import, Importer, Repair, Source, Unreadable, tidy};
use crate::archive;
use std::collections::BTreeSet;

/// Reads `.quizwire` archives, and `quiz.json` alone.
pub(super) struct Archive;

impl Importer for Archive {
    fn name(&self) -> &'static str {
        archive::FORMAT_NAME
    }

    fn recognises(&self, source: &Source<'_>) -> bool {
        if source.is_zip() {
            archive::is_archive(source.bytes()) || source.ends_with(".quizwire")
        } else {
            is_document(source)
        }
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let (draft, media, useless) = match source.is_zip() {
            true => archive::read(source.bytes())?,
            false => (archive::from_json(source.text().as_bytes())?, Default::default(), Vec::new()),
        };
        let mut import = Import { draft, media, notes: Vec::new() };
        useless.into_iter().for_each(|name| import.repaired(Repair::MediaDropped(name)));
        tidy::within_limits(&mut import);
        let named: BTreeSet<String> = import.draft.files().map(str::to_owned).collect();
        import.media.retain(|name, _| named.contains(name));
        Ok(import)
    }

    fn is_ours(&self) -> bool {
        true
    }
}

/// Whether it looks like a `quiz.json`: an object that begins with its format.
fn is_document(source: &Source<'_>) -> bool {
    let mut text = source.text().chars().filter(|letter| !letter.is_whitespace());
    "{\"format\":".chars().all(|letter| text.next() == Some(letter))
}

#[cfg(test)]
mod tests {
    use super::super::{Note, Remark, read};
    use super::*;
    use crate::draft::{Answer, Choice, Draft, Picture, Question, Round};

    fn draft() -> Draft {
        let options = vec![Choice::new("a", false)];
        let picture = Some(Picture { file: "a.png".into(), description: String::new() });
        let questions = vec![Question { picture, ..Question::new("", Answer::OneChoice { options }) }];
        Draft { rounds: vec![Round::default(), Round { questions, ..Round::default() }], ..Draft::default() }
    }

    #[test]
    fn somebody_may_still_be_writing_it() {
        let media = std::collections::BTreeMap::from([("a.png".to_owned(), vec![1])]);
        let (format, import) = read("x.quizwire", &archive::write(&draft(), &media).unwrap()).unwrap();
        assert_eq!((format, import), ("Quizwire", Import { draft: draft(), media, notes: vec![] }));
    }

    #[test]
    fn a_picture_that_is_not_there_is_not_named() {
        let (_, import) = read("quiz.json", archive::to_json(&draft()).unwrap().as_bytes()).unwrap();
        assert_eq!(import.draft.files().count(), 0);
        assert!(
            matches!(&import.notes[..], [Note { place: Some(_), remark: Remark::Repaired(Repair::MediaDropped(name)), .. }] if name == "a.png")
        );
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let long = Draft { title: "x".repeat(10_000), ..Draft::default() };
        let (_, import) = read("quiz.json", archive::to_json(&long).unwrap().as_bytes()).unwrap();
        assert_eq!(import.draft.title.len(), protocol::limits::TITLE_CHARS);
        assert_eq!(import.repaired_count(), 1);
    }
}
