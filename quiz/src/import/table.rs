//! Tables with a question a row, found by the names of their columns: CSV with any separator, or a spreadsheet.

mod columns;
mod row;

use super::number::Decimal;
use super::sheet::{Sheet, is_workbook, sheets};
use super::{Import, Importer, Source, Unreadable, separated};
use columns::Columns;

/// Rows among which the headings are looked for.
const HEAD_ROWS: usize = 30;

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
            // A row of headings is a surer sign than what stands in the cells below, but for a file that says what it is.
            false => !source.ends_with(".gift") && separator(source).is_some(),
        }
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let separator = Some(source).filter(|source| !source.is_zip()).and_then(separator);
        let sheets = match separator {
            Some(separator) => vec![separated::sheet(source, separator, usize::MAX)],
            None => sheets(source)?,
        };
        // Where commas are in numbers, cells are parted by something else.
        let decimal = if separator == Some(b';') { Decimal::Comma } else { Decimal::Point };
        let mut import = Import::default();
        let mut found = false;
        for sheet in sheets {
            let Some((head, columns)) = head(&sheet, decimal) else { continue };
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

/// What parts the cells, if the first rows of a file have headings with it.
fn separator(source: &Source<'_>) -> Option<u8> {
    separated::separator(source, HEAD_ROWS, |sheet| head(sheet, Decimal::Point).is_some())
}

/// Where the headings are, and what they say.
fn head(sheet: &Sheet, decimal: Decimal) -> Option<(usize, Columns)> {
    let mut rows = sheet.rows.iter().take(HEAD_ROWS).enumerate();
    rows.find_map(|(index, (_, row))| Some((index, Columns::named(row, decimal)?)))
}

#[cfg(test)]
mod tests;
