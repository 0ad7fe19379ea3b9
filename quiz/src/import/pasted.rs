//! Text as people have it: numbered questions, lettered options, and the right ones marked in one of many ways.

mod key;
mod line;
mod reading;

use super::{Import, Importer, Reason, Source, Unreadable};
use line::Line;
use reading::Reading;

/// Reads text that was made for people.
pub(super) struct Pasted;

impl Importer for Pasted {
    fn name(&self) -> &'static str {
        "text"
    }

    fn recognises(&self, source: &Source<'_>) -> bool {
        let text = source.text();
        let hidden = text.chars().take(4_096).filter(|letter| letter.is_control() && !letter.is_whitespace()).count();
        !source.is_zip()
            && hidden == 0
            && source.lines().any(|(_, line)| matches!(line::read(line), Line::Question(..)) || line.contains('?'))
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let key = key::find(source);
        let mut import = Import::default();
        let mut open: Option<Reading> = None;
        let end = |open: &mut Option<Reading>, import: &mut Import| {
            if let Some(reading) = open.take() {
                reading.end(&key.answers, import);
            }
        };
        for (number, text) in source.lines().filter(|(number, _)| !key.lines.contains(number)) {
            match line::read(text) {
                Line::Empty => {
                    // What is answered is over; what is not may go on.
                    if open.as_ref().is_some_and(Reading::is_answered) {
                        end(&mut open, &mut import);
                    }
                }
                Line::Heading(title) => {
                    end(&mut open, &mut import);
                    import.begin_round(&title);
                }
                Line::Question(of, prompt) => {
                    end(&mut open, &mut import);
                    open = Some(Reading::begin(number, of, &prompt));
                }
                Line::Options(options) if open.is_some() => {
                    open.iter_mut().for_each(|open| open.options.extend(options.iter().cloned()))
                }
                Line::Answer(answer) if open.is_some() => {
                    open.iter_mut().for_each(|open| open.answers.push(answer.clone()))
                }
                Line::Explanation(text) if open.is_some() => {
                    open.iter_mut().for_each(|open| open.explanation.push(text.clone()))
                }
                _ => {
                    let text = text.trim();
                    let goes_on = open.as_mut().is_some_and(|open| open.go_on(number, text));
                    if !goes_on {
                        end(&mut open, &mut import);
                        if text.contains('?') {
                            open = Some(Reading::begin(number, None, text));
                        } else {
                            import.leave_out(number, text, Reason::NotUnderstood);
                        }
                    }
                }
            }
        }
        end(&mut open, &mut import);
        if import.draft.is_empty() { Err(Unreadable::Unknown) } else { Ok(import) }
    }
}

#[cfg(test)]
mod tests;
