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
    with_texts(data, "")
}

/// The same with texts that cells share.
fn with_texts(data: &str, texts: &str) -> Vec<u8> {
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{data}</sheetData></worksheet>"
    );
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned()),
        ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".to_owned()),
        ("xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>".to_owned()),
        ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>".to_owned()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{texts}</sst>")),
    ];
    archive(&parts.each_ref().map(|(name, content)| (*name, &**content)))
}

/// An archive of these files.
pub(super) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
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
    let sheets =
        read(&with_cells("<row r=\"1\"><c r=\"A1\" t=\"str\"><f>HYPERLINK(\"http://x\")</f><v>shown</v></c></row>"));
    assert_eq!(sheets.unwrap()[0].rows[0].1, ["shown"]);
}

#[test]
fn numbers_and_dates_are_as_spreadsheets_show_them() {
    assert_eq!(["0.1", "7", "-2.5"].map(|it| shown(it.parse::<f64>().unwrap() * 3.0)), ["0.3", "21", "-7.5"]);
    let kind = calamine::ExcelDateTimeType::DateTime;
    let moments = [25_404.0, 25_404.844, 0.75, -1.0, 1e300, f64::NAN];
    assert_eq!(
        moments.map(|days| moment(&ExcelDateTime::new(days, kind, false))),
        ["1969-07-20", "1969-07-20 20:15:21", "18:00:00", "-1", &format!("1{}", "0".repeat(300)), "NaN"]
    );
}

#[test]
fn what_no_spreadsheet_would_write_does_not_fail() {
    for cells in [
        "<row r=\"99999999999\">",
        "<row><c r=\"ZZZZZZZZ9999999999\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>9</v></c></row>",
    ] {
        let result = read(&with_cells(cells));
        assert!(matches!(result, Ok(_) | Err(Unreadable::Damaged(_))), "{cells}: {result:?}");
    }
}

#[test]
fn a_text_that_is_in_many_cells_counts_as_often() {
    let cells: String =
        (1..=500).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    let bytes = |size: usize| with_texts(&cells, &format!("<si><t>{}</t></si>", "x".repeat(size)));
    assert_eq!(read(&bytes(1_000)).unwrap()[0].rows.len(), 500);
    assert_eq!(read(&bytes(600_000)), Err(Unreadable::Bomb));
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
