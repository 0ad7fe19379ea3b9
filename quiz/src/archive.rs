//! Quizwire's own files: a zip archive (`.quizwire`) of `quiz.json` and a folder `media`, or `quiz.json` alone. They
//! hold all that a draft says, and are written the same way each time.
//!
//! The format is described in docs/quiz-format.md.

use crate::draft::Draft;
use crate::unreadable::Unreadable;
use protocol::limits;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Version of the format that is written; older ones are read.
pub const FORMAT: u32 = 1;
/// What people call the format.
pub const FORMAT_NAME: &str = "Quizwire";
/// The draft within an archive.
const QUIZ: &str = "quiz.json";
/// The folder of its media.
const MEDIA: &str = "media/";

/// The text of `quiz.json`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<T> {
    format: u32,
    quiz: T,
}

/// The draft, its media by name, and the names of other files.
pub type Content = (Draft, BTreeMap<String, Vec<u8>>, Vec<String>);

/// The version alone, to be read first.
#[derive(Debug, Deserialize)]
struct Version {
    format: u32,
}

/// A draft as `quiz.json`.
///
/// # Errors
/// None that a draft can cause.
pub fn to_json(draft: &Draft) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&Document { format: FORMAT, quiz: draft }).map(|text| text + "\n")
}

/// The draft in a `quiz.json`.
///
/// # Errors
/// When it is of a newer version, or not what the format says.
pub fn from_json(text: &[u8]) -> Result<Draft, Unreadable> {
    let damaged = |error: serde_json::Error| Unreadable::Damaged(error.to_string());
    match serde_json::from_slice::<Version>(text).map_err(damaged)?.format {
        FORMAT => serde_json::from_slice::<Document<Draft>>(text).map(|document| document.quiz).map_err(damaged),
        newer => Err(Unreadable::Newer(newer)),
    }
}

/// A draft and its media as an archive.
///
/// # Errors
/// When it would be larger than zip archives can be.
pub fn write(draft: &Draft, media: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Always the same instant, so that the same quiz makes the same file.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    archive.start_file(QUIZ, options)?;
    archive.write_all(to_json(draft).map_err(std::io::Error::from)?.as_bytes())?;
    for (name, bytes) in media {
        // Pictures are compressed already, but for drawings.
        let method = if name.ends_with(".svg") { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        archive.start_file(format!("{MEDIA}{name}"), options.compression_method(method))?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Whether these are the bytes of an archive of ours.
pub fn is_archive(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| archive.index_for_name(QUIZ).is_some())
}

/// The draft and the media in an archive, and the names of files that are of no use.
///
/// # Errors
/// When it is damaged, of a newer version, or unpacks to more than is possible.
pub fn read(bytes: &[u8]) -> Result<Content, Unreadable> {
    unpack(bytes, limits::UNPACKED_BYTES)
}

fn unpack(bytes: &[u8], mut room: u64) -> Result<Content, Unreadable> {
    let damaged = |error: &dyn std::fmt::Display| Unreadable::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > limits::ARCHIVE_FILES {
        return Err(Unreadable::Bomb);
    }
    let (mut quiz, mut media, mut useless) = (None, BTreeMap::new(), Vec::new());
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| damaged(&error))?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(|error| damaged(&error))?.into_owned();
        // What a file claims to be long is not believed: no more is unpacked than there is room for.
        let mut content = Vec::new();
        file.by_ref()
            .take(room.min(limits::ARCHIVED_BYTES) + 1)
            .read_to_end(&mut content)
            .map_err(|error| damaged(&error))?;
        let bytes = content.len() as u64;
        room = room.checked_sub(bytes).filter(|_| bytes <= limits::ARCHIVED_BYTES).ok_or(Unreadable::Bomb)?;
        match name.strip_prefix(MEDIA) {
            _ if name == QUIZ => quiz = Some(from_json(&content)?),
            Some(name) if is_file_name(name) => drop(media.insert(name.to_owned(), content)),
            _ => useless.push(name),
        }
    }
    let quiz = quiz.ok_or_else(|| Unreadable::Damaged(format!("it holds no {QUIZ}")))?;
    Ok((quiz, media, useless))
}

/// Whether it is the name of a file and no way to another folder.
pub fn is_file_name(name: &str) -> bool {
    let is_plain = |letter: char| !letter.is_control() && !matches!(letter, '/' | '\\' | ':');
    !name.is_empty() && !name.starts_with('.') && name.len() <= limits::FILE_NAME_BYTES && name.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Answer, Picture, Question, Round};

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_written_is_read_as_it_was_and_written_the_same_again() {
        let picture = Picture { file: "a b.png".into(), description: "A picture.".into() };
        let question =
            Question { picture: Some(picture), ..Question::new("?", Answer::LongText { criterion: "".into() }) };
        let questions =
            vec![question, Question::new("", Answer::Number { value: None, tolerance: 0.1, unit: "".into() })];
        let rounds = vec![Round::default(), Round { title: "R".into(), questions, ..Round::default() }];
        let draft = Draft { title: "T".into(), tags: vec!["t".into()], rounds };
        let media = BTreeMap::from([("a b.png".to_owned(), vec![1, 2, 3])]);
        let bytes = write(&draft, &media).unwrap();
        assert!(is_archive(&bytes));
        assert_eq!(read(&bytes).unwrap(), (draft.clone(), media.clone(), vec![]));
        assert_eq!(write(&draft, &media).unwrap(), bytes);
    }

    #[test]
    fn files_that_lead_elsewhere_are_of_no_use() {
        let quiz = to_json(&Draft::default()).unwrap();
        let names = ["media/../../x", "../../x", "media/.hidden", "media/a\\b", "note.txt"];
        let files: Vec<_> = names.iter().map(|name| (*name, b"x".as_slice())).collect();
        let bytes = archive(&[&[("quiz.json", quiz.as_bytes())], files.as_slice()].concat());
        assert_eq!(read(&bytes).unwrap(), (Draft::default(), BTreeMap::new(), names.map(String::from).to_vec()));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let (quiz, zeros) = (to_json(&Draft::default()).unwrap(), vec![0; 600_000]);
        let bomb = archive(&[("quiz.json", quiz.as_bytes()), ("media/1", &zeros), ("media/2", &zeros)]);
        assert!(bomb.len() < 10_000);
        assert_eq!(unpack(&bomb, 1_000_000), Err(Unreadable::Bomb));
        assert!(unpack(&bomb, 1_300_000).is_ok());
        let many: Vec<String> = (0..=limits::ARCHIVE_FILES).map(|number| format!("media/{number}")).collect();
        let many: Vec<_> = many.iter().map(|name| (&**name, b"".as_slice())).collect();
        assert_eq!(read(&archive(&many)), Err(Unreadable::Bomb));
    }

    #[test]
    fn what_is_damaged_or_newer_says_so() {
        let whole = write(&Draft::default(), &BTreeMap::new()).unwrap();
        assert!(matches!(read(&whole[..whole.len() - 9]), Err(Unreadable::Damaged(_))));
        assert!(matches!(read(&archive(&[("media/x", b"")])), Err(Unreadable::Damaged(_))));
        assert_eq!(from_json(br#"{ "format": 2, "quiz": { "new": [] } }"#), Err(Unreadable::Newer(2)));
        assert!(matches!(from_json(br#"{ "format": 1, "quiz": { "new": [] } }"#), Err(Unreadable::Damaged(_))));
        let deep = "[".repeat(1_000_000);
        assert!(matches!(from_json(deep.as_bytes()), Err(Unreadable::Damaged(_))));
    }
}
