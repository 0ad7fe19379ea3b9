//! Spreadsheets (Excel's XLSX and OpenDocument's ODS) as rows of texts, within limits: what a file claims about its size
//! is not believed.

mod ods;

use super::{Source, Unreadable};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use protocol::limits;
use std::fmt::Display;
use std::io::{self, Cursor, Read, Seek};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

/// Rows of a sheet that are read: questions, and what stands between them.
const ROWS: u32 = 2 * limits::IMPORT_QUESTIONS as u32;
/// Columns that are read.
const COLUMNS: u32 = 60;

/// Days that are dates in Excel, up to the year 9999.
const DAYS: Range<f64> = 0.0..2_958_466.0;
/// What an archive says in its first file if it is an OpenDocument spreadsheet, or a template of one.
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Where such a spreadsheet has its cells.
const ODS_CONTENT: &str = "content.xml";

/// Bytes of texts that may still be read: one text may stand in any number of cells.
struct Room(u64);

/// A sheet.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Sheet {
    /// Its name.
    pub name: String,
    /// Its rows that have something in them, with their numbers, counted from 1.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Whether it looks like a spreadsheet.
pub(super) fn is_workbook(source: &Source<'_>) -> bool {
    let archive = || ZipArchive::new(Cursor::new(source.bytes())).ok();
    let is_book = |mut archive| is_ods(&mut archive) || archive.index_for_name("xl/workbook.xml").is_some();
    source.is_zip() && archive().is_none_or(is_book)
}

/// The sheets of a workbook. Formulas are their last values.
pub(super) fn sheets(source: &Source<'_>) -> Result<Vec<Sheet>, Unreadable> {
    unpack(source.bytes(), limits::UNPACKED_BYTES)?;
    let mut room = Room(limits::UNPACKED_BYTES);
    let damaged = |error: &dyn Display| Unreadable::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(source.bytes())).map_err(|error| damaged(&error))?;
    if is_ods(&mut archive) {
        let mut content = String::new();
        let file = archive.by_name(ODS_CONTENT).map_err(|error| damaged(&error))?;
        file.take(limits::UNPACKED_BYTES).read_to_string(&mut content).map_err(|error| damaged(&error))?;
        return ods::sheets(&content, &mut room);
    }
    // Its parser counts on numbers of rows and columns that Excel would write; others end it.
    catch_unwind(AssertUnwindSafe(|| xlsx(source, &mut room)))
        .unwrap_or_else(|_| Err(Unreadable::Damaged("its cells are where none can be".into())))
}

fn is_ods<R: Read + Seek>(archive: &mut ZipArchive<R>) -> bool {
    let mut kind = Vec::new();
    let length = ODS.len() as u64;
    archive.by_name("mimetype").is_ok_and(|file| file.take(length).read_to_end(&mut kind).is_ok())
        && kind == ODS.as_bytes()
        && archive.index_for_name(ODS_CONTENT).is_some()
}

fn xlsx(source: &Source<'_>, room: &mut Room) -> Result<Vec<Sheet>, Unreadable> {
    let damaged = |error: calamine::XlsxError| Unreadable::Damaged(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(source.bytes())).map_err(damaged)?;
    let names: Vec<String> = book.sheet_names().into_iter().take(limits::ROUNDS).collect();
    let mut sheets = Vec::new();
    for name in names {
        let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
        let mut sheet = Sheet { name, rows: Vec::new() };
        // One cell after another: a last cell in the farthest corner costs nothing.
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let text = text(cell.get_value());
            if row < ROWS && column < COLUMNS && !text.trim().is_empty() {
                room.take(&text)?;
                sheet.put(row + 1, column as usize, text);
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

impl Room {
    fn take(&mut self, text: &str) -> Result<(), Unreadable> {
        self.0 = self.0.checked_sub(text.len() as u64).ok_or(Unreadable::Bomb)?;
        Ok(())
    }
}

impl Sheet {
    fn put(&mut self, row: u32, column: usize, text: String) {
        if self.rows.last().is_none_or(|(last, _)| *last < row) {
            self.rows.push((row, Vec::new()));
        }
        let Some((_, texts)) = self.rows.last_mut().filter(|(last, _)| *last == row) else { return };
        if texts.len() <= column {
            texts.resize(column + 1, String::new());
        }
        texts[column] = text;
    }
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => shown(*number),
        DataRef::Bool(true) => "TRUE".into(),
        DataRef::Bool(false) => "FALSE".into(),
        DataRef::DateTime(date) => moment(date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A number as spreadsheets show it: to 15 digits, so that 0.1 and 0.2 are 0.3.
fn shown(number: f64) -> String {
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

/// A date, a time, or both; a duration stays a number of days.
fn moment(date: &ExcelDateTime) -> String {
    let days = date.as_f64();
    if !DAYS.contains(&days) || !date.is_datetime() {
        return shown(days);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let (day, time) = (format!("{year}-{month:02}-{day:02}"), format!("{hour:02}:{minute:02}:{second:02}"));
    match (days < 1.0, days.fract() == 0.0) {
        (true, _) => time,
        (_, true) => day,
        _ => format!("{day} {time}"),
    }
}

/// Unpacks everything once, to nowhere, so that nobody else has to find out that it is a bomb.
fn unpack(bytes: &[u8], mut room: u64) -> Result<(), Unreadable> {
    let damaged = |error: &dyn Display| Unreadable::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > limits::ARCHIVE_FILES {
        return Err(Unreadable::Bomb);
    }
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| damaged(&error))?;
        let unpacked = io::copy(&mut file.take(room + 1), &mut io::sink()).map_err(|error| damaged(&error))?;
        room = room.checked_sub(unpacked).ok_or(Unreadable::Bomb)?;
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests;
