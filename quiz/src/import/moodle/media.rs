//! Files that come within a question, as base64.

use super::super::markup::Image;
use super::super::{Import, Repair};
use super::element::Element;
use crate::draft::{Picture, Question};
use crate::media::mime;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use protocol::limits;
use std::collections::{BTreeMap, BTreeSet};

/// Files of a question: the one that is shown, and those that are not.
#[derive(Default)]
pub(super) struct Media {
    kept: Option<(String, String, Vec<u8>)>,
    dropped: BTreeSet<String>,
}

impl Media {
    /// Finds the first picture that a text shows and that can be shown here; a question has room for one.
    pub(super) fn find(&mut self, text: &Element, pictures: &[Image]) {
        let named = |file| Some((Element::attribute(file, "name")?, file));
        let files: BTreeMap<&str, &Element> = text.all("file").filter_map(named).collect();
        // What is shown twice is looked at once.
        let mut seen = BTreeSet::new();
        let mut unused: BTreeSet<&str> = files.keys().copied().collect();
        for Image { source, description } in pictures.iter().filter(|image| seen.insert(&*image.source)) {
            let name = source.rsplit('/').next().unwrap_or_default();
            let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
            let (name, data) = match source.strip_prefix("data:") {
                Some(data) => ("picture", data.split_once(',').map(|(_, data)| data)),
                None => (&*name, files.get(&*name).map(|file| &*file.text)),
            };
            unused.remove(name);
            match data.filter(|_| self.kept.is_none()).and_then(decode) {
                Some(bytes) => self.kept = Some((name.to_owned(), description.clone(), bytes)),
                None => self.drop(source),
            }
        }
        unused.into_iter().for_each(|name| self.drop(name));
    }

    /// Drops pictures for which a question has no room.
    pub(super) fn drop_all(&mut self, pictures: &[Image]) {
        pictures.iter().for_each(|image| self.drop(&image.source));
    }

    /// Takes a question with its picture, if it can be taken.
    pub(super) fn take(self, import: &mut Import, line: u32, mut question: Question, mut repairs: Vec<Repair>) {
        repairs.extend(self.dropped.into_iter().map(Repair::MediaDropped));
        let mut kept = None;
        if let Some((name, description, bytes)) = self.kept {
            // Questions that show the same picture bring it each.
            let is_there = import.media.get(&name).is_some_and(|known| *known == bytes);
            let file = if is_there { name } else { import.free_name(&name) };
            question.picture = Some(Picture { file: file.clone(), description });
            kept = Some((file, bytes));
        }
        let count = import.draft.len();
        import.take(line, question, repairs);
        if import.draft.len() > count {
            import.media.extend(kept);
        }
    }

    fn drop(&mut self, source: &str) {
        self.dropped.insert(source.chars().take(limits::FILE_NAME_BYTES).collect());
    }
}

/// A picture that browsers show and that does nothing else: drawings may hold scripts.
fn decode(data: &str) -> Option<Vec<u8>> {
    let data: Vec<u8> = data.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let bytes = STANDARD.decode(data).ok().filter(|bytes| bytes.len() <= limits::PICTURE_BYTES)?;
    mime(&bytes).is_some_and(|kind| kind != "image/svg+xml").then_some(bytes)
}
