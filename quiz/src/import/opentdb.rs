//! Open Trivia DB: what its API answers with, as JSON; texts are encoded as HTML (usual), as in addresses, or as Base64.
//!
//! Source: the API's documentation, "Helper tools" and "Encoding types".

use super::{Import, Importer, Reason, Repair, Source, Unreadable, markup};
use crate::draft::{Answer, Choice, Question};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Reads answers of the API.
pub(super) struct OpenTdb;

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    difficulty: String,
    #[serde(default)]
    category: String,
    question: String,
    correct_answer: String,
    #[serde(default)]
    incorrect_answers: Vec<String>,
}

/// How the texts of a file are encoded.
#[derive(Clone, Copy, PartialEq)]
enum Encoding {
    Html,
    Address,
    Base64,
}

impl Importer for OpenTdb {
    fn name(&self) -> &'static str {
        "OpenTDB"
    }

    fn recognises(&self, source: &Source<'_>) -> bool {
        !source.is_zip() && {
            let text = source.text().trim_start();
            (text.starts_with('{') || text.starts_with('[')) && text.contains("\"correct_answer\"")
        }
    }

    fn read(&self, source: &Source<'_>) -> Result<Import, Unreadable> {
        let text = source.text();
        let mut import = Import::default();
        let (mut entries, mut at) = (Vec::new(), text.find('[').map_or(text.len(), |start| start + 1));
        // One after another, so that a file that was cut short still gives those before the cut.
        while let Some(start) = text[at..].find('{').map(|start| at + start) {
            let mut stream = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Entry>();
            match stream.next() {
                Some(Ok(entry)) => {
                    at = start + stream.byte_offset();
                    entries.push((source.line_at(start), entry));
                }
                Some(Err(error)) if error.is_eof() => {
                    import.leave_out(source.line_at(start), &text[start..], Reason::Unclosed);
                    break;
                }
                _ => {
                    import.leave_out(source.line_at(start), &text[start..], Reason::NotUnderstood);
                    at = text[start..].find('}').map_or(text.len(), |end| start + end + 1);
                }
            }
        }
        let encoding = encoding(&entries);
        let mut rounds = BTreeMap::<String, Vec<_>>::new();
        let mut order = Vec::new();
        for (line, entry) in entries {
            let category = decode(&entry.category, encoding, &mut Vec::new());
            if !rounds.contains_key(&category) {
                order.push(category.clone());
            }
            rounds.entry(category).or_default().push((line, entry));
        }
        for category in order {
            import.begin_round(&category);
            rounds
                .remove(&category)
                .into_iter()
                .flatten()
                .for_each(|(line, entry)| take(&mut import, line, &entry, encoding));
        }
        Ok(import)
    }
}

fn take(import: &mut Import, line: u32, entry: &Entry, encoding: Encoding) {
    let mut repairs = Vec::new();
    let mut text = |text: &str| decode(text, encoding, &mut repairs);
    let (prompt, right) = (text(&entry.question), text(&entry.correct_answer));
    let mut options = vec![Choice::new(right, true)];
    options.extend(entry.incorrect_answers.iter().map(|wrong| Choice::new(text(wrong), false)));
    let kind = text(&entry.kind);
    let difficulty = text(&entry.difficulty);
    match &*kind {
        "boolean" => options.sort_by(|one, other| other.text.cmp(&one.text)),
        // The file names the right one first, which must not give it away.
        _ => options.sort_by(|one, other| by_value(&one.text, &other.text)),
    }
    let mut question = Question::new(prompt, Answer::OneChoice { options });
    question.tags = vec![difficulty];
    import.take(line, question, repairs);
}

/// Numbers by their size, anything else by its letters.
fn by_value(one: &str, other: &str) -> std::cmp::Ordering {
    let number = |text: &str| text.replace([',', ' '], "").parse::<f64>().ok();
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => one.to_lowercase().cmp(&other.to_lowercase()),
    }
}

/// The kind of a question has one of two values, and shows how all is encoded.
fn encoding(entries: &[(u32, Entry)]) -> Encoding {
    let is_base64 = |(_, entry): &(u32, Entry)| ["bXVsdGlwbGU=", "Ym9vbGVhbg=="].contains(&&*entry.kind);
    let is_address = |(_, entry): &(u32, Entry)| entry.question.contains("%20") && !entry.question.contains(' ');
    match entries {
        [] => Encoding::Html,
        entries if entries.iter().all(is_base64) => Encoding::Base64,
        entries if entries.iter().any(is_address) => Encoding::Address,
        _ => Encoding::Html,
    }
}

fn decode(text: &str, encoding: Encoding, repairs: &mut Vec<Repair>) -> String {
    let decoded = match encoding {
        Encoding::Html => return markup::clean(text, repairs),
        Encoding::Address => percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned(),
        Encoding::Base64 => {
            let bytes = STANDARD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            bytes.unwrap_or_else(|| text.to_owned())
        }
    };
    markup::clean(&decoded, repairs)
}

#[cfg(test)]
mod tests {
    use super::super::{Remark, read};
    use super::*;

    fn import(text: &str) -> Import {
        let (format, import) = read("api.json", text.as_bytes()).unwrap();
        assert_eq!(format, "OpenTDB");
        import
    }

    const ENTRY: &str = r#"{"type":"multiple","difficulty":"easy","category":"Entertainment: Film","question":"Who said &quot;I&#039;ll be back&quot;?","correct_answer":"Schwarzenegger","incorrect_answers":["Stallone","Lundgren","Willis"]}"#;

    #[test]
    fn entities_are_decoded_and_the_right_one_is_not_the_first() {
        let boolean = r#"{"type":"boolean","difficulty":"hard","category":"Science","question":"Is water wet?","correct_answer":"False","incorrect_answers":["True"]}"#;
        let import = import(&format!(r#"{{"response_code":0,"results":[{ENTRY},{boolean},{ENTRY}]}}"#));
        let titles: Vec<_> = import.draft.rounds.iter().map(|round| (&*round.title, round.questions.len())).collect();
        assert_eq!(titles, [("Entertainment: Film", 2), ("Science", 1)]);
        let first = &import.draft.rounds[0].questions[0];
        assert_eq!((&*first.prompt, &first.tags[..]), ("Who said \"I'll be back\"?", &["easy".to_owned()][..]));
        let texts: Vec<_> = first.answer.texts().collect();
        assert_eq!(texts, ["Lundgren", "Schwarzenegger", "Stallone", "Willis"]);
        assert_eq!(
            import.draft.rounds[1].questions[0].answer.options(),
            [Choice::new("True", false), Choice::new("False", true)]
        );
        assert_eq!(import.repaired_count(), 2);
    }

    #[test]
    fn other_encodings_are_read() {
        let base64 = |text: &str| STANDARD.encode(text);
        let encoded = format!(
            r#"[{{"type":"{}","category":"{}","question":"{}","correct_answer":"{}","incorrect_answers":["{}"]}}]"#,
            base64("multiple"),
            base64("Film"),
            base64("Wer ist Zoë?"),
            base64("Ja"),
            base64("Nein")
        );
        assert_eq!(import(&encoded).draft.rounds[0].questions[0].prompt, "Wer ist Zoë?");
        let address = r#"{"results":[{"type":"multiple","category":"Art","question":"Who%20is%20Zo%C3%AB%3F","correct_answer":"A%20b","incorrect_answers":["c"]}]}"#;
        let question = import(address).draft.rounds[0].questions[0].clone();
        assert_eq!((&*question.prompt, &*question.answer.options()[0].text), ("Who is Zoë?", "A b"));
    }

    #[test]
    fn a_file_that_was_cut_gives_what_is_before_the_cut() {
        let import = import(&format!("{{\"results\":[\n{ENTRY},\n{{\"question\":1, \"x\":{{}}}},\n{}", &ENTRY[..90]));
        assert_eq!(import.draft.len(), 1);
        let reasons: Vec<_> =
            import.notes.iter().filter(|note| note.place.is_none()).map(|note| note.remark.clone()).collect();
        assert_eq!(reasons.last(), Some(&Remark::LeftOut(Reason::Unclosed)));
        assert!(reasons.contains(&Remark::LeftOut(Reason::NotUnderstood)));
    }
}
