//! Aiken, a format of Moodle's: a question, options with letters, and the letter of the right one.
//!
//! Source: Moodle's documentation, "Aiken format".

use super::{Import, Importer, Reason, Repair, Source, Unreadable, markup};
use crate::draft::{Answer, Choice, Question};

/// Reads Aiken files.
pub(super) struct Aiken;

/// What is read of a question so far.
#[derive(Default)]
struct Reading {
    line: u32,
    prompt: Vec<String>,
    /// Whether an empty line followed what was read last.
    is_parted: bool,
    options: Vec<(char, String)>,
}

impl Importer for Aiken {
    fn name(&self) -> &'static str {
        "Aiken"
    }

    fn recognises(&self, source: &Source<'_>) -> bool {
        // Its capital letters tell it from what people write in many ways.
        let mut after_option = false;
        source.lines().filter(|(_, line)| !line.trim().is_empty()).any(|(_, line)| {
            let is_end = after_option && answer(line).is_some() && line.trim_start().starts_with("ANSWER");
            after_option = option(line).is_some_and(|(letter, _)| letter.is_ascii_uppercase());
            is_end
        })
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let (mut import, mut reading) = (Import::default(), Reading::default());
        for (number, line) in source.lines() {
            let text = line.trim();
            if let Some(letter) = answer(text) {
                std::mem::take(&mut reading).end(letter, number, &mut import);
            } else if let Some((letter, text)) = option(text).filter(|_| !reading.prompt.is_empty()) {
                reading.options.push((letter, text.to_owned()));
            } else if !text.is_empty() {
                // A question is one paragraph: what stands above an empty line is a title, or has lost its options.
                if !reading.options.is_empty() || reading.is_parted {
                    std::mem::take(&mut reading).leave_out(&mut import);
                }
                if reading.prompt.is_empty() {
                    reading.line = number;
                }
                reading.prompt.push(text.to_owned());
            } else {
                reading.is_parted = !reading.prompt.is_empty();
            }
        }
        reading.leave_out(&mut import);
        Ok(import)
    }
}

impl Reading {
    fn end(self, letter: &str, number: u32, import: &mut Import) {
        let prompt = self.prompt.join("\n");
        if self.options.is_empty() {
            let line = if prompt.is_empty() { number } else { self.line };
            return import.leave_out(line, &prompt, Reason::NotUnderstood);
        }
        if letter.is_empty() {
            return import.leave_out(self.line, &prompt, Reason::NoAnswer);
        }
        let is_right = |of: char| letter.chars().any(|letter| letter.eq_ignore_ascii_case(&of));
        if !self.options.iter().any(|(of, _)| is_right(*of)) {
            return import.leave_out(self.line, &prompt, Reason::RightNotAmongOptions);
        }
        let mut repairs = Vec::new();
        let options: Vec<_> = self
            .options
            .iter()
            .map(|(of, text)| Choice::new(markup::clean(text, &mut repairs), is_right(*of)))
            .collect();
        let several = options.iter().filter(|option| option.right).count() > 1;
        let answer = if several {
            repairs.push(Repair::Nearest("several choices"));
            Answer::SeveralChoices { options }
        } else {
            Answer::OneChoice { options }
        };
        let prompt = markup::clean(&prompt, &mut repairs);
        import.take(self.line, Question::new(prompt, answer), repairs);
    }

    fn leave_out(self, import: &mut Import) {
        if !self.prompt.is_empty() {
            let reason = if self.options.is_empty() { Reason::NotUnderstood } else { Reason::NoAnswer };
            import.leave_out(self.line, &self.prompt.join(" "), reason);
        }
    }
}

/// An option: one letter, a full stop or a bracket, and a text.
fn option(line: &str) -> Option<(char, &str)> {
    let line = line.trim_start();
    let letter = line.chars().next().filter(char::is_ascii_alphabetic)?;
    let text = line[1..].strip_prefix(['.', ')'])?;
    text.starts_with(char::is_whitespace).then(|| (letter, text.trim()))
}

/// The letters that a line says are right; nothing after `ANSWER:` where none is there.
fn answer(line: &str) -> Option<&str> {
    let (name, letters) = line.trim().split_once(':')?;
    let (name, letters) = (name.trim(), letters.trim());
    let is_letter = |part: &str| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_list = !letters.is_empty() && letters.split([',', ' ']).filter(|part| !part.is_empty()).all(is_letter);
    // The letter may be written as the option is: "B.", "B) Jupiter".
    let first = letters.split_once(['.', ')']).map(|(letter, _)| letter).filter(|letter| is_letter(letter));
    let found = first.or(is_list.then_some(letters));
    let is_end = name == "ANSWER" || found.is_some() && name.eq_ignore_ascii_case("answer");
    is_end.then(|| found.or((!letters.is_empty()).then_some("?")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::{Remark, read};
    use super::*;

    fn import(text: &str) -> Import {
        let (format, import) = read("a.txt", text.as_bytes()).unwrap();
        assert_eq!(format, "Aiken");
        import
    }

    #[test]
    fn questions_options_and_the_right_letter() {
        let import = import(
            "What is the correct answer?\nA. Is it this one?\nB. Maybe this?\nANSWER: B\n\nWhich LMS?\nA) Moodle\nB) Other\nANSWER: A\n",
        );
        let questions: Vec<_> = import.draft.questions().map(|(_, it)| it.clone()).collect();
        assert_eq!(questions.len(), 2);
        assert_eq!(questions[0].prompt, "What is the correct answer?");
        assert_eq!(
            questions[0].answer.options(),
            [Choice::new("Is it this one?", false), Choice::new("Maybe this?", true)]
        );
        assert_eq!((import.notes, &*import.draft.title), (vec![], "a"));
    }

    #[test]
    fn letters_may_be_written_as_those_of_options_are() {
        for (line, letters) in [
            ("ANSWER: B", Some("B")),
            ("answer: b", Some("b")),
            ("ANSWER : B) Jupiter", Some("B")),
            ("ANSWER:B.", Some("B")),
            ("ANSWER: A, C", Some("A, C")),
            ("ANSWER:", Some("")),
            ("ANSWER: Jupiter", Some("?")),
            ("Answer: Jupiter", None),
            ("Answer me: B", None),
        ] {
            assert_eq!(answer(line), letters, "{line}");
        }
    }

    #[test]
    fn titles_and_questions_without_an_answer_do_not_become_part_of_the_next() {
        let import = import(
            "Planets\n\nLargest\nof all?\n\nA. Mars\n\nB. Jupiter\n\nANSWER: B\nRed?\nA. Mars\nB. Venus\nANSWER:\nHot?\nA) Mars\nB) Venus\nANSWER: Venus\nLast?\nA. x\nB. y\nANSWER: A",
        );
        let prompts: Vec<_> = import.draft.questions().map(|(_, question)| &*question.prompt).collect();
        assert_eq!(prompts, ["Largest\nof all?", "Last?"]);
        let notes: Vec<_> = import.notes.iter().map(|note| (note.line, note.remark.clone())).collect();
        assert_eq!(
            notes,
            [
                (Some(1), Remark::LeftOut(Reason::NotUnderstood)),
                (Some(11), Remark::LeftOut(Reason::NoAnswer)),
                (Some(15), Remark::LeftOut(Reason::RightNotAmongOptions)),
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_left_out_and_the_rest_taken() {
        let import = import(
            "No answer?\nA. a\nB. b\n\nWrong letter?\nA. a\nB. b\nANSWER: C\nFine?\nA. a\nB. b\nANSWER: a\nANSWER: B\nstray",
        );
        assert_eq!(import.draft.len(), 1);
        let notes: Vec<_> = import.notes.iter().map(|note| (note.line, note.remark.clone())).collect();
        assert_eq!(
            notes,
            [
                (Some(1), Remark::LeftOut(Reason::NoAnswer)),
                (Some(5), Remark::LeftOut(Reason::RightNotAmongOptions)),
                (Some(13), Remark::LeftOut(Reason::NotUnderstood)),
                (Some(14), Remark::LeftOut(Reason::NotUnderstood)),
            ]
        );
    }
}
