//! Kahoot's spreadsheet: a row of headings, then a question a row with up to four answers, its time and which are right.
//!
//! Source: Kahoot's template for importing questions. It may have been stored as CSV.

use super::number::{Decimal, number};
use super::sheet::{Sheet, is_workbook, sheets};
use super::{Import, Importer, Reason, Repair, Source, Unreadable, markup, separated};
use crate::draft::{Answer, Choice, Question};
use game::folding::is_same;

/// Rows among which the headings are looked for.
const HEAD_ROWS: usize = 40;

/// Reads Kahoot's spreadsheet.
pub(super) struct Kahoot;

/// Which column is what.
struct Columns {
    question: usize,
    answers: Vec<usize>,
    seconds: usize,
    right: usize,
}

impl Importer for Kahoot {
    fn name(&self) -> &'static str {
        "Kahoot"
    }

    fn recognises(&self, source: &Source<'_>) -> bool {
        let has_head = |sheets: Vec<Sheet>| sheets.iter().any(|sheet| head(sheet).is_some());
        if source.is_zip() {
            is_workbook(source) && sheets(source).is_ok_and(has_head)
        } else {
            separator(source).is_some()
        }
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let mut import = Import::default();
        let separator = Some(source).filter(|source| !source.is_zip()).and_then(separator);
        let sheets = match separator {
            Some(separator) => vec![separated::sheet(source, separator, usize::MAX)],
            None => sheets(source)?,
        };
        for sheet in sheets {
            let Some((head, columns)) = head(&sheet) else { continue };
            for (line, row) in sheet.rows.iter().skip(head + 1) {
                columns.take(&mut import, *line, row);
            }
        }
        Ok(import)
    }
}

/// What parts the cells, if it is a text.
fn separator(source: &Source<'_>) -> Option<u8> {
    separated::separator(source, HEAD_ROWS, |sheet| head(sheet).is_some())
}

/// Where the headings are, and what they say.
fn head(sheet: &Sheet) -> Option<(usize, Columns)> {
    sheet.rows.iter().take(HEAD_ROWS).enumerate().find_map(|(index, (_, row))| Some((index, columns(row)?)))
}

fn columns(row: &[String]) -> Option<Columns> {
    let names: Vec<String> = row.iter().map(|name| name.trim().to_lowercase()).collect();
    let find = |start: &str| names.iter().position(|name| name.starts_with(start));
    let answers = (1..=9).map_while(|number| find(&format!("answer {number}"))).collect::<Vec<_>>();
    let right = find("correct answer")?;
    let question = find("question")?;
    // A table that happens to have such names has no time limit in Kahoot's words.
    let seconds = find("time limit")?;
    (answers.len() >= 2).then_some(Columns { question, answers, seconds, right })
}

impl Columns {
    fn take(&self, import: &mut Import, line: u32, row: &[String]) {
        let cell = |column: usize| row.get(column).map(|text| text.trim()).unwrap_or_default();
        let prompt = cell(self.question);
        let answers: Vec<&str> = self.answers.iter().map(|column| cell(*column)).collect();
        if prompt.is_empty() && answers.iter().all(|answer| answer.is_empty()) {
            return;
        }
        let mut repairs = Vec::new();
        let right = right(cell(self.right), &answers, &mut repairs);
        if cell(self.right).is_empty() {
            return import.leave_out(line, prompt, Reason::NoAnswer);
        }
        if right.is_empty() || right.iter().any(|index| answers.get(*index).is_none_or(|answer| answer.is_empty())) {
            return import.leave_out(line, prompt, Reason::RightNotAmongOptions);
        }
        let choice =
            |(index, text): (usize, &&str)| Choice::new(markup::clean(text, &mut repairs), right.contains(&index));
        let options: Vec<_> = answers.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(choice).collect();
        let answer = if right.len() == 1 { Answer::OneChoice { options } } else { Answer::SeveralChoices { options } };
        let mut question = Question::new(markup::clean(prompt, &mut repairs), answer);
        let seconds =
            cell(self.seconds).trim_end_matches(|letter: char| letter.is_alphabetic() || " .".contains(letter));
        match number(seconds, Decimal::Point) {
            Some(seconds) => question.seconds = seconds.clamp(0.0, 1e6).round() as u32,
            None => repairs.push(Repair::Seconds(question.seconds)),
        }
        import.take(line, question, repairs);
    }
}

/// The right answers of a list such as `1,3`, of letters, or of texts.
fn right(cell: &str, answers: &[&str], repairs: &mut Vec<Repair>) -> Vec<usize> {
    let signs = || cell.split([',', ';', '/', '&', '|', ' ', '\n']).filter(|part| !part.is_empty() && *part != "and");
    let counted = |part: &str| number(part, Decimal::Point).filter(|number| *number >= 1.0 && number.fract() == 0.0);
    let lettered = |part: &str| match part.to_ascii_lowercase().as_bytes() {
        [letter @ b'a'..=b'i'] => Some(usize::from(letter - b'a')),
        _ => None,
    };
    let found = |same: &dyn Fn(&str) -> bool| answers.iter().position(|answer| !answer.is_empty() && same(answer));
    let by_numbers = || signs().map(|part| counted(part).map(|number| number as usize - 1)).collect::<Option<Vec<_>>>();
    let by_letters = || signs().map(lettered).collect::<Option<Vec<_>>>();
    let exact = |text: &str| found(&|answer| answer == text.trim());
    let texts = || cell.split([',', ';', '|', '\n']).map(exact).collect::<Option<Vec<_>>>();
    let loose = || found(&|answer| is_same(answer, cell)).map(|index| vec![index]);
    let strict = by_numbers().or_else(|| exact(cell).map(|index| vec![index])).or_else(by_letters).or_else(texts);
    let mut right = strict.unwrap_or_else(|| {
        let right = loose().unwrap_or_default();
        repairs.extend((!right.is_empty()).then_some(Repair::LooseMatch));
        right
    });
    right.sort_unstable();
    right.dedup();
    right
}

#[cfg(test)]
mod tests {
    use super::super::sheet::tests::workbook;
    use super::super::{Remark, read};
    use super::*;

    const HEAD: [&str; 8] = [
        "",
        "Question - max 120 characters",
        "Answer 1 - max 75 characters",
        "Answer 2 - max 75 characters",
        "Answer 3 - max 75 characters",
        "Answer 4 - max 75 characters",
        "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
        "Correct answer(s) - choose at least one",
    ];

    #[test]
    fn questions_are_found_below_the_headings() {
        let bytes = workbook(&[
            (1, &["", "Quiz template"]),
            (8, &HEAD),
            (9, &["1", "Largest?", "Mars", "Jupiter", "", "", "20", "2"]),
            (10, &["2", "Which are <b>fruit</b>?", "Apple", "Stone", "Pear", "", "5", "1,3"]),
            (11, &["3"]),
            (12, &["4", "None right?", "a", "b", "", "", "20", ""]),
            (13, &["5", "Wrong number?", "a", "b", "", "", "20", "4"]),
            (14, &["6", "By its text?", "yes", "no", "", "", "soon", "Yes"]),
        ]);
        let (format, import) = read("My_quiz.xlsx", &bytes).unwrap();
        assert_eq!((format, &*import.draft.title), ("Kahoot", "My quiz"));
        let questions: Vec<_> = import.draft.questions().map(|(_, question)| question.clone()).collect();
        assert_eq!(questions.iter().map(|it| it.seconds).collect::<Vec<_>>(), [20, 5, 60]);
        assert_eq!(questions[0].answer.options(), [Choice::new("Mars", false), Choice::new("Jupiter", true)]);
        assert!(
            matches!(questions[1].answer, Answer::SeveralChoices { .. }) && questions[1].prompt == "Which are fruit?"
        );
        let notes: Vec<_> = import.notes.iter().map(|note| (note.line, note.remark.clone())).collect();
        assert_eq!(
            notes,
            [
                (Some(10), Remark::Repaired(Repair::Markup)),
                (Some(12), Remark::LeftOut(Reason::NoAnswer)),
                (Some(13), Remark::LeftOut(Reason::RightNotAmongOptions)),
                (Some(14), Remark::Repaired(Repair::LooseMatch)),
                (Some(14), Remark::Repaired(Repair::Seconds(60))),
            ]
        );
    }

    #[test]
    fn right_answers_are_named_in_many_ways() {
        let answers = ["Apple", "Stone", "Pear", ""];
        for (cell, indices) in [
            ("2", &[1][..]),
            ("1.0", &[0]),
            ("3; 1", &[0, 2]),
            ("1 and 3", &[0, 2]),
            ("b", &[1]),
            ("A,C", &[0, 2]),
            ("Stone", &[1]),
            ("Pear, Apple", &[0, 2]),
            ("stone.", &[1]),
            ("nothing", &[]),
            ("0", &[]),
            ("-1", &[]),
            ("1e30", &[usize::MAX - 1]),
        ] {
            assert_eq!(right(cell, &answers, &mut Vec::new()), indices, "{cell}");
        }
    }

    #[test]
    fn the_template_may_be_stored_as_text() {
        let heads = HEAD.map(|head| format!("\"{head}\"")).join(",");
        let (format, import) =
            read("a.csv", format!("Quiz template\n\n{heads}\n1,Largest?,Mars,Jupiter,,,20 sec,2\n").as_bytes())
                .unwrap();
        let question = &import.draft.rounds[0].questions[0];
        assert_eq!((format, question.seconds, &import.notes[..]), ("Kahoot", 20, &[][..]));
        assert_eq!(question.answer.options(), [Choice::new("Mars", false), Choice::new("Jupiter", true)]);
    }
}
