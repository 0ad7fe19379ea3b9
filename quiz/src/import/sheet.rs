//! Spreadsheets as rows of texts, within limits: what a file claims about its size is not believed.

use super::{Source, Unreadable};
use calamine::{DataRef, Reader, Xlsx};
use protocol::limits;
use std::io::{self, Cursor, Read};
use zip::ZipArchive;

/// Rows of a sheet that are read: questions, and what stands between them.
const ROWS: u32 = 2 * limits::IMPORT_QUESTIONS as u32;
/// Columns that are read.
const COLUMNS: u32 = 60;

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
    source.is_zip() && archive().is_none_or(|archive| archive.index_for_name("xl/workbook.xml").is_some())
}

/// The sheets of a workbook. Formulas are their last values.
pub(super) fn sheets(source: &Source<'_>) -> Result<Vec<Sheet>, Unreadable> {
    unpack(source.bytes(), limits::UNPACKED_BYTES)?;
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
                sheet.put(row + 1, column as usize, text);
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
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
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "TRUE".into(),
        DataRef::Bool(false) => "FALSE".into(),
        DataRef::DateTime(number) => number.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Unpacks everything once, to nowhere, so that nobody else has to find out that it is a bomb.
fn unpack(bytes: &[u8], mut room: u64) -> Result<(), Unreadable> {
    let damaged = |error: &dyn std::fmt::Display| Unreadable::Damaged(error.to_string());
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
pub(super) mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    /// A workbook of one sheet with these rows, each at its number, from column A.
    pub(in super::super) fn workbook(rows: &[(u32, &[&str])]) -> Vec<u8> {
        let mut data = String::new();
        for (number, texts) in rows {
            data += &format!("<row r=\"{number}\">");
            for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                let at = format!("{}{number}", char::from(b'A' + column as u8));
                let text = text.replace('&', "&amp;").replace('<', "&lt;");
                data += &match text.parse::<f64>() {
                    Ok(number) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
                    Err(_) => {
                        format!("<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
                    }
                };
            }
            data += "</row>";
        }
        with_cells(&data)
    }

    fn with_cells(data: &str) -> Vec<u8> {
        let sheet = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{data}</sheetData></worksheet>"
        );
        let parts = [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned()),
            ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".to_owned()),
            ("xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>".to_owned()),
            ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>".to_owned()),
            ("xl/worksheets/sheet1.xml", sheet),
        ];
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
        sheets(&Source::new("a.xlsx", bytes))
    }

    #[test]
    fn rows_have_their_numbers_and_cells_their_columns() {
        let sheets = read(&workbook(&[(2, &["", "a & b", "3"]), (5, &["x"])])).unwrap();
        let row = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(sheets[0].rows, [(2, row(&["", "a & b", "3"])), (5, row(&["x"]))]);
    }

    #[test]
    fn a_cell_in_the_farthest_corner_costs_nothing() {
        let sheets = read(&with_cells(
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>",
        ));
        assert_eq!(sheets.unwrap()[0].rows.len(), 1);
    }

    #[test]
    fn formulas_are_their_values() {
        let sheets = read(&with_cells(
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><f>HYPERLINK(\"http://x\")</f><v>shown</v></c></row>",
        ));
        assert_eq!(sheets.unwrap()[0].rows[0].1, ["shown"]);
    }

    #[test]
    fn bombs_and_halves_are_refused() {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
        archive.write_all(&vec![b' '; 2_000_000]).unwrap();
        let bomb = archive.finish().unwrap().into_inner();
        assert_eq!(unpack(&bomb, 1_000_000), Err(Unreadable::Bomb));
        let whole = workbook(&[(1, &["a"])]);
        assert!(matches!(read(&whole[..whole.len() / 2]), Err(Unreadable::Damaged(_))));
        assert!(matches!(read(&bomb), Err(Unreadable::Damaged(_))));
    }
}
