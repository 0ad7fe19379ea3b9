//! Tables as text (CSV): a row a line, cells parted by any one sign, in quotes where they need them.
//!
//! Source: RFC 4180, and what spreadsheets write.

use super::Source;
use super::sheet::Sheet;
use csv::{Position, ReaderBuilder};

/// What parts cells.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The sign that parts cells so that the first rows are what is looked for.
pub(super) fn separator(source: &Source<'_>, rows: usize, is_it: impl Fn(&Sheet) -> bool) -> Option<u8> {
    SEPARATORS.into_iter().find(|separator| is_it(&sheet(source, *separator, rows)))
}

/// The first rows of a file, with the lines at which they begin.
pub(super) fn sheet(source: &Source<'_>, separator: u8, rows: usize) -> Sheet {
    let text = source.text();
    let mut builder = ReaderBuilder::new();
    let reader = builder.delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records = reader.into_records().flatten().take(rows).map(|record| {
        // A row's place is where the one before ended: empty lines may be between.
        let at = record.position().map_or(0, Position::byte) as usize;
        let empty = text.get(at..).unwrap_or_default().bytes().take_while(|byte| *byte == b'\n').count();
        (source.line_at(at + empty), record.iter().map(str::to_owned).collect())
    });
    Sheet { name: String::new(), rows: records.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_lines() {
        let source = Source::new("a.csv", b"\n\na;\"b\nc\"\n\n\n\"d \"\"e\"\"\";f;g\nh\n");
        let lines: Vec<_> = sheet(&source, b';', 9).rows.into_iter().map(|(line, row)| (line, row.join("/"))).collect();
        assert_eq!(lines, [(3, "a/b\nc".into()), (7, "d \"e\"/f/g".into()), (8, "h".into())]);
    }

    #[test]
    fn a_sign_is_found_by_what_it_makes_of_the_rows() {
        let source = Source::new("a.csv", b"a, b;c\td");
        let is_there = |sheet: &Sheet| sheet.rows.first().is_some_and(|(_, row)| row.iter().any(|cell| cell == "d"));
        assert_eq!(separator(&source, 1, is_there), Some(b'\t'));
        assert_eq!(separator(&source, 0, is_there), None);
    }
}
