//! OpenDocument spreadsheets, read once from front to back: a cell or a row that says it is there a million times is
//! counted, not copied.
//!
//! Source: OpenDocument 1.3, part 3, "Tables" and "Spreadsheet documents".

use super::super::markup::{entities, entity};
use super::{COLUMNS, ROWS, Room, Sheet, Unreadable};
use protocol::limits;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Attributes of one element that are looked at.
const ATTRIBUTES: usize = 40;
/// Spaces that stand for one element.
const SPACES: u32 = 80;

/// What is read so far.
struct Reading<'a> {
    room: &'a mut Room,
    sheets: Vec<Sheet>,
    row: u32,
    row_repeats: u32,
    column: u32,
    cell: Option<Cell>,
    in_paragraph: bool,
    /// How deep within a comment, which is no part of its cell.
    aside: usize,
}

#[derive(Default)]
struct Cell {
    repeats: u32,
    /// Its value, where that is not what it shows.
    value: Option<String>,
    text: String,
}

/// The sheets of a `content.xml`.
pub(super) fn sheets(content: &str, room: &mut Room) -> Result<Vec<Sheet>, Unreadable> {
    let mut reader = Reader::from_str(content);
    let (row, row_repeats, column, cell, in_paragraph, aside) = (0, 1, 0, None, false, 0);
    let mut reading = Reading { room, sheets: Vec::new(), row, row_repeats, column, cell, in_paragraph, aside };
    loop {
        match reader.read_event().map_err(|error| Unreadable::Damaged(error.to_string()))? {
            Event::Start(tag) => reading.begin(&tag),
            Event::Empty(tag) if reading.aside == 0 => {
                reading.begin(&tag);
                reading.end(local(tag.name().as_ref()))?;
            }
            Event::End(tag) => reading.end(local(tag.name().as_ref()))?,
            Event::Text(text) => reading.push(&text),
            Event::CData(text) => reading.push(&text),
            Event::GeneralRef(name) => reading.push(&entity(&name).unwrap_or_default()),
            Event::Eof => {
                reading.sheets.truncate(limits::ROUNDS);
                return Ok(reading.sheets);
            }
            _ => {}
        }
    }
}

impl Reading<'_> {
    fn begin(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name();
        if self.aside > 0 {
            self.aside += 1;
            return;
        }
        match local(name.as_ref()) {
            "annotation" => self.aside = 1,
            "table" => {
                let name = attribute(tag, "table:name").unwrap_or_default();
                self.sheets.push(Sheet { name, rows: Vec::new() });
                self.row = 0;
            }
            "table-row" => (self.column, self.row_repeats) = (0, repeats(tag, "table:number-rows-repeated")),
            "table-cell" | "covered-table-cell" => {
                let repeats = repeats(tag, "table:number-columns-repeated");
                self.cell = Some(Cell { repeats, value: value(tag), text: String::new() });
            }
            "p" => {
                self.in_paragraph = true;
                self.cell.iter_mut().filter(|cell| !cell.text.is_empty()).for_each(|cell| cell.text.push('\n'));
            }
            "s" => {
                let count = attribute(tag, "text:c").and_then(|count| count.parse().ok()).unwrap_or(1);
                (0..SPACES.min(count)).for_each(|_| self.push_as_it_is(' '));
            }
            "tab" => self.push_as_it_is('\t'),
            "line-break" => self.push_as_it_is('\n'),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            "table-row" => self.row = self.row.saturating_add(self.row_repeats),
            "table-cell" | "covered-table-cell" => self.put()?,
            "p" => self.in_paragraph = false,
            _ => {}
        }
        Ok(())
    }

    /// Puts the cell where it stands, as often as it stands there. A row that is there again says nothing new.
    fn put(&mut self) -> Result<(), Unreadable> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let text = cell.value.unwrap_or(cell.text);
        let end = self.column.saturating_add(cell.repeats);
        if let Some(sheet) = self.sheets.last_mut().filter(|_| self.row < ROWS && !text.trim().is_empty()) {
            for column in self.column..end.min(COLUMNS) {
                self.room.take(&text)?;
                sheet.put(self.row + 1, column as usize, text.clone());
            }
        }
        self.column = end;
        Ok(())
    }

    fn push(&mut self, text: &str) {
        for letter in text.chars() {
            // However white space is written, it is one space.
            let is_first = || self.cell.as_ref().is_none_or(|cell| cell.text.ends_with(char::is_whitespace));
            if !letter.is_ascii_whitespace() {
                self.push_as_it_is(letter);
            } else if !is_first() {
                self.push_as_it_is(' ');
            }
        }
    }

    fn push_as_it_is(&mut self, letter: char) {
        if let Some(cell) = self.cell.as_mut().filter(|_| self.in_paragraph && self.aside == 0) {
            cell.text.push(letter);
        }
    }
}

/// What a cell is worth where it shows something else: numbers as they are, not as they are formatted.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    if attribute(tag, "calcext:value-type").as_deref() == Some("error") {
        return Some(String::new());
    }
    match &*attribute(tag, "office:value-type")? {
        "float" | "percentage" | "currency" => attribute(tag, "office:value"),
        "boolean" => attribute(tag, "office:boolean-value").map(|value| value.to_uppercase()),
        "string" => attribute(tag, "office:string-value"),
        _ => None,
    }
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes().flatten().take(ATTRIBUTES);
    attributes.find(|one| one.key.as_ref() == name).map(|one| entities(&one.value).into_owned())
}

/// The name of an element without what it belongs to.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
