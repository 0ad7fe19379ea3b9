//! Moodle XML, with categories as rounds and embedded pictures.
//!
//! Source: Moodle's documentation, "Moodle XML format".

mod element;
mod media;
mod question;

use super::category::last;
use super::{Import, Importer, Reason, Source, Unreadable, markup};
use element::{Element, Elements, Next};
use media::Media;

/// Reads Moodle XML files.
pub(super) struct MoodleXml;

impl Importer for MoodleXml {
    fn name(&self) -> &'static str {
        "Moodle XML"
    }

    fn recognises(&self, source: &Source<'_>) -> bool {
        if source.is_zip() {
            return false;
        }
        let text = source.text();
        text.trim_start().starts_with('<')
            && (text.contains("<quiz>") || text.contains("<quiz ") || text.contains("<question type="))
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let mut import = Import::default();
        let mut elements = Elements::of(source.text());
        loop {
            match elements.next("question") {
                Next::Element(at, element) => take(&mut import, source.line_at(at), &element),
                Next::End => return Ok(import),
                Next::Cut(at, text) => {
                    import.leave_out(source.line_at(at), &text, Reason::Unclosed);
                    return Ok(import);
                }
                Next::TooDeep => {
                    return Err(Unreadable::Damaged("its elements lie too deep in one another".into()));
                }
            }
        }
    }
}

fn take(import: &mut Import, line: u32, element: &Element) {
    let kind = element.attribute("type").unwrap_or_default();
    if kind == "category" {
        import.begin_round(&last(&element.text_of("category")));
        let intro = question::intro(element);
        return import.draft.rounds.last_mut().into_iter().for_each(|round| round.intro.clone_from(&intro));
    }
    let mut repairs = Vec::new();
    let mut media = Media::default();
    match question::read(kind, element, &mut media, &mut repairs) {
        Ok(question) => media.take(import, line, question, repairs),
        Err(reason) => {
            let asked = markup::clean(&element.text_of("questiontext"), &mut Vec::new());
            import.leave_out(line, &asked, reason);
        }
    }
}

#[cfg(test)]
mod tests;
