//! Kahoot's spreadsheet: a row of headings, then a question a row with up to four answers, its time and which are right.
//!
//! Source: Kahoot's template for importing questions.

use super::sheet::{Sheet, is_workbook, sheets};
use super::{Import, Importer, Reason, Source, Unreadable, markup};
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
        is_workbook(source) && sheets(source).is_ok_and(|sheets| sheets.iter().any(|sheet| head(sheet).is_some()))
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let mut import = Import::default();
        for sheet in sheets(source)? {
            let Some((head, columns)) = head(&sheet) else { continue };
            for (line, row) in sheet.rows.iter().skip(head + 1) {
                columns.take(&mut import, *line, row);
            }
        }
        Ok(import)
    }
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
        let right = right(cell(self.right), &answers);
        if cell(self.right).is_empty() {
            return import.leave_out(line, prompt, Reason::NoAnswer);
        }
        if right.is_empty() || right.iter().any(|index| answers.get(*index).is_none_or(|answer| answer.is_empty())) {
            return import.leave_out(line, prompt, Reason::RightNotAmongOptions);
        }
        let mut repairs = Vec::new();
        let choice =
            |(index, text): (usize, &&str)| Choice::new(markup::clean(text, &mut repairs), right.contains(&index));
        let options: Vec<_> = answers.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(choice).collect();
        let answer = if right.len() == 1 { Answer::OneChoice { options } } else { Answer::SeveralChoices { options } };
        let mut question = Question::new(markup::clean(prompt, &mut repairs), answer);
        match cell(self.seconds).parse::<f64>() {
            Ok(seconds) if seconds.is_finite() => question.seconds = seconds.clamp(0.0, 1e6).round() as u32,
            _ => repairs.push(super::Repair::Seconds(question.seconds)),
        }
        import.take(line, question, repairs);
    }
}

/// The right answers of a list such as `1,3`, or of texts.
fn right(cell: &str, answers: &[&str]) -> Vec<usize> {
    let parts = || cell.split([',', ';', '/', '&', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let index = |part: &str| part.parse::<f64>().ok().filter(|number| *number >= 1.0 && number.fract() == 0.0);
    let numbers: Option<Vec<usize>> = parts().map(|part| index(part).map(|number| number as usize - 1)).collect();
    match numbers {
        Some(mut numbers) => {
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        }
        None => answers.iter().position(|answer| !answer.is_empty() && is_same(answer, cell)).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::tests::workbook;
    use super::super::{Remark, Repair, read};
    use super::*;

    const HEAD: &[&str] = &[
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
            (8, HEAD),
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
                (Some(14), Remark::Repaired(Repair::Seconds(60))),
            ]
        );
    }
}
