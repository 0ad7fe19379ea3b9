//! Tables with a question a row, found by the names of their columns: CSV with any separator, or a spreadsheet.

mod columns;
mod row;

use super::sheet::{Sheet, is_workbook, sheets};
use super::{Import, Importer, Source, Unreadable};
use columns::Columns;
use csv::{ReaderBuilder, StringRecord};

/// Rows among which the headings are looked for.
const HEAD_ROWS: usize = 30;
/// What separates the columns of a CSV file.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A table to fill in: a heading for each column, and a question of each kind.
pub const TEMPLATE: &str = include_str!("table/template.csv");

/// Reads tables.
pub(super) struct Table;

impl Importer for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn recognises(&self, source: &Source<'_>) -> bool {
        match source.is_zip() {
            true => is_workbook(source),
            false => separator(source).is_some(),
        }
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let sheets = match separator(source).filter(|_| !source.is_zip()) {
            Some(separator) => vec![rows(source, separator)],
            None => sheets(source)?,
        };
        let mut import = Import::default();
        let mut found = false;
        for sheet in sheets {
            let Some((head, columns)) = head(&sheet) else { continue };
            found = true;
            let mut round = sheet.name.clone();
            import.begin_round(&round);
            for (line, cells) in sheet.rows.iter().skip(head + 1) {
                match row::read(&columns, cells) {
                    Some(Ok(read)) => {
                        if !read.round.is_empty() && read.round != round {
                            import.begin_round(&read.round);
                            round = read.round;
                        }
                        import.take(*line, read.question, read.repairs);
                    }
                    Some(Err((text, reason))) => import.leave_out(*line, &text, reason),
                    None => {}
                }
            }
        }
        if found {
            Ok(import)
        } else {
            Err(Unreadable::Damaged("no row names its columns (question, answer, …)".into()))
        }
    }
}

/// What separates the columns, if the first rows of a file have headings with it.
fn separator(source: &Source<'_>) -> Option<u8> {
    if source.is_zip() {
        return None;
    }
    SEPARATORS.into_iter().find(|separator| {
        let sheet = Sheet { rows: records(source, *separator).take(HEAD_ROWS).collect(), ..Sheet::default() };
        head(&sheet).is_some()
    })
}

fn rows(source: &Source<'_>, separator: u8) -> Sheet {
    Sheet { rows: records(source, separator).collect(), ..Sheet::default() }
}

/// The rows of a CSV file, with the lines at which they begin.
fn records(source: &Source<'_>, separator: u8) -> impl Iterator<Item = (u32, Vec<String>)> {
    let mut builder = ReaderBuilder::new();
    let reader = builder.delimiter(separator).has_headers(false).flexible(true).from_reader(source.text().as_bytes());
    reader.into_records().flatten().map(|record: StringRecord| {
        let line = record.position().map_or(0, csv::Position::line);
        (u32::try_from(line).unwrap_or(u32::MAX), record.iter().map(str::to_owned).collect())
    })
}

/// Where the headings are, and what they say.
fn head(sheet: &Sheet) -> Option<(usize, Columns)> {
    sheet.rows.iter().take(HEAD_ROWS).enumerate().find_map(|(index, (_, row))| Some((index, Columns::named(row)?)))
}

#[cfg(test)]
mod tests;
