use super::super::{is_workbook, sheets, tests::archive};
use super::*;
use crate::import::{Source, read};

fn document(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

fn rows(table: &str) -> Vec<(u32, String)> {
    let bytes = document(&format!("<table:table table:name=\"One\">{table}</table:table>"));
    let sheets = sheets(&Source::new("a.ods", &bytes)).unwrap();
    assert_eq!(sheets[0].name, "One");
    sheets[0].rows.iter().map(|(row, cells)| (*row, cells.join("|"))).collect()
}

#[test]
fn cells_say_what_they_show_and_numbers_what_they_are() {
    let found = rows(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>\
         <table:table-cell office:value-type=\"string\"><office:annotation><text:p>psst</text:p></office:annotation><text:p>a<text:s text:c=\"2\"/>b &amp; <text:span>c</text:span></text:p><text:p>d</text:p></table:table-cell>\
         <table:table-cell table:formula=\"of:=1+2\" office:value-type=\"float\" office:value=\"1234.5\"><text:p>1.234,50 €</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>WAHR</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"string\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>\
         <table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>",
    );
    assert_eq!(found, [(3, "||a  b & c\nd|1234.5|TRUE||x|x".to_owned())]);
}

#[test]
fn what_is_there_a_million_times_costs_nothing() {
    let found = rows(
        "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"4294967295\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell office:value-type=\"string\"><text:p>y</text:p></table:table-cell></table:table-row>",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1.matches('x').count(), COLUMNS as usize);
}

#[test]
fn tables_are_read_sheet_by_sheet() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |texts: [&str; 2]| format!("<table:table-row>{}</table:table-row>", texts.map(cell).concat());
    let table = |name: &str, rows: String| format!("<table:table table:name=\"{name}\">{rows}</table:table>");
    let tables = [
        table("Music", row(["Question", "Answer"]) + &row(["Who?", "Bach"])),
        table("Notes", row(["Buy", "crisps"])),
        table("Art", row(["Question", "Answer"]) + &row(["When?", "1874"])),
    ];
    let (format, import) = read("a.ods", &document(&tables.concat())).unwrap();
    let titles: Vec<_> = import.draft.rounds.iter().map(|round| (&*round.title, round.questions.len())).collect();
    assert_eq!((format, titles), ("table", vec![("Music", 1), ("Art", 1)]));
}

#[test]
fn other_documents_and_broken_ones_are_not_read() {
    let text = archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")]);
    assert!(!is_workbook(&Source::new("a.odt", &text)));
    assert!(matches!(read("a.ods", &document("<table:table><a></b>")), Err(Unreadable::Damaged(_))));
}
