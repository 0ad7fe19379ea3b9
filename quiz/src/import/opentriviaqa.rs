//! OpenTriviaQA: `#Q` and a question, `^` and the right answer, then the options with their letters.
//!
//! Source: the project's README. Its files have mixed line ends and encodings.

use super::{Import, Importer, Reason, Repair, Source, Unreadable, markup, tidy};
use crate::draft::{Answer, Choice, Question};
use crate::fault::FaultKind;
use game::folding::is_same;

/// Reads OpenTriviaQA files.
pub(super) struct OpenTriviaQa;

/// What is read of a question so far.
#[derive(Default)]
struct Reading {
    line: u32,
    prompt: String,
    right: Option<String>,
    options: Vec<String>,
}

impl Importer for OpenTriviaQa {
    fn name(&self) -> &'static str {
        "OpenTriviaQA"
    }

    fn recognises(&self, source: &Source<'_>) -> bool {
        let starts = |sign: &'static str| source.lines().any(|(_, line)| line.trim_start().starts_with(sign));
        !source.is_zip() && starts("#Q ") && starts("^")
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let (mut import, mut reading) = (Import::default(), None::<Reading>);
        for (line, text) in source.lines() {
            let text = text.trim();
            if let Some(prompt) = text.strip_prefix("#Q") {
                end(reading.take(), &mut import);
                reading = Some(Reading { line, prompt: prompt.trim().to_owned(), ..Reading::default() });
                continue;
            }
            match &mut reading {
                _ if text.is_empty() => {}
                Some(reading) => reading.add(text),
                None => import.leave_out(line, text, Reason::NotUnderstood),
            }
        }
        end(reading, &mut import);
        Ok(import)
    }
}

impl Reading {
    fn add(&mut self, text: &str) {
        let option = text.split_once(char::is_whitespace).filter(|(letter, _)| letter.len() == 1 && is_letter(letter));
        match (text.strip_prefix('^'), option) {
            (Some(right), _) => self.right = Some(right.trim().to_owned()),
            (None, Some((_, option))) if self.right.is_some() => self.options.push(option.trim().to_owned()),
            // A letter alone is an option that says nothing.
            (None, None) if self.right.is_some() && text.len() == 1 && is_letter(text) => {
                self.options.push(String::new())
            }
            // Whatever else follows belongs to what came last.
            _ => {
                let last = self.options.last_mut().or(self.right.as_mut()).unwrap_or(&mut self.prompt);
                last.push('\n');
                last.push_str(text);
            }
        }
    }
}

fn is_letter(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn end(reading: Option<Reading>, import: &mut Import) {
    let Some(Reading { line, prompt, right, options }) = reading else { return };
    let Some(right) = right else { return import.leave_out(line, &prompt, Reason::NoAnswer) };
    let mut repairs = Vec::new();
    let mut clean = |text: &str| markup::clean(text, &mut repairs);
    let (prompt, right) = (clean(&prompt), clean(&right));
    let options: Vec<String> = options.iter().map(|option| clean(option)).collect();
    if options.is_empty() {
        let answer = Answer::ShortText { accepted: vec![right] };
        return import.take(line, Question::new(prompt, answer), repairs);
    }
    if options.len() > tidy::OPTIONS {
        return import.leave_out(line, &prompt, Reason::Fault(FaultKind::TooManyOptions));
    }
    let exact = options.iter().position(|option| *option == right);
    let Some(at) = exact.or_else(|| options.iter().position(|option| is_same(option, &right))) else {
        return import.leave_out(line, &prompt, Reason::RightNotAmongOptions);
    };
    if exact.is_none() {
        repairs.push(Repair::LooseMatch);
    }
    let options = options.into_iter().enumerate().map(|(index, text)| Choice::new(text, index == at)).collect();
    import.take(line, Question::new(prompt, Answer::OneChoice { options }), repairs);
}

#[cfg(test)]
mod tests {
    use super::super::{Remark, read};
    use super::*;

    fn import(text: &str) -> Import {
        let (format, import) = read("brain-teasers.txt", text.as_bytes()).unwrap();
        assert_eq!(format, "OpenTriviaQA");
        import
    }

    #[test]
    fn questions_may_go_over_lines_and_answers_are_found_loosely() {
        let import = import(
            "#Q How does it continue:\nThe squeaking wheel gets ...\n^ The grease\nA The rust\nB the Grease.\n\r\n#Q Is it?\r\n^ True\r\nA True\r\nB False\r\n",
        );
        let questions: Vec<_> = import.draft.questions().map(|(_, it)| it.clone()).collect();
        assert_eq!(questions[0].prompt, "How does it continue:\nThe squeaking wheel gets ...");
        assert_eq!(questions[0].answer.options(), [Choice::new("The rust", false), Choice::new("the Grease.", true)]);
        assert_eq!(questions[1].answer.options(), [Choice::new("True", true), Choice::new("False", false)]);
        assert_eq!(
            import.notes.iter().map(|note| &note.remark).collect::<Vec<_>>(),
            [&Remark::Repaired(Repair::LooseMatch)]
        );
        assert_eq!(import.draft.title, "brain-teasers");
    }

    #[test]
    fn very_many_options_take_no_time() {
        let import = import(&format!("#Q One?\n^ {}\n{}", "x".repeat(100_000), "A y\n".repeat(100_000)));
        assert_eq!(import.notes[0].remark, Remark::LeftOut(Reason::Fault(FaultKind::TooManyOptions)));
    }

    #[test]
    fn what_has_no_answer_is_left_out() {
        let import = import("#Q None?\nA a\nB b\n\n#Q Other?\n^ x\nA a\nB b\n\n#Q Free?\n^ A word\n");
        assert_eq!(import.draft.len(), 1);
        let reasons: Vec<_> = import.notes.iter().map(|note| (note.line, note.remark.clone())).collect();
        assert_eq!(
            reasons,
            [(Some(1), Remark::LeftOut(Reason::NoAnswer)), (Some(5), Remark::LeftOut(Reason::RightNotAmongOptions))]
        );
    }
}
