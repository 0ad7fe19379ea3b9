//! Moodle's kinds of questions as ours.

use super::super::markup::{self, Cleaned};
use super::super::{Import, Reason, Repair};
use super::element::Element;
use crate::draft::{Answer, Choice, Picture, Question};
use crate::media::mime;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use protocol::limits;

/// Pictures that a question shows.
#[derive(Default)]
pub(super) struct Media {
    files: Vec<(String, Vec<u8>)>,
    missing: Vec<String>,
}

/// Reads a question of this kind.
pub(super) fn read(
    kind: &str,
    element: &Element,
    media: &mut Media,
    repairs: &mut Vec<Repair>,
) -> Result<Question, Reason> {
    let asked = element.child("questiontext");
    let Cleaned { text, pictures } = asked.map(|asked| markup::cleaned(&asked.said(), repairs)).unwrap_or_default();
    if let Some(asked) = asked {
        media.find(asked, &pictures);
    }
    // Instead of nothing, what the question is called.
    let prompt = if text.trim().is_empty() { clean(&element.text_of("name"), repairs) } else { text };
    let answer = match kind {
        "multichoice" | "multichoiceset" => choice(element, kind == "multichoiceset", media, repairs),
        "truefalse" => true_false(element, repairs)?,
        "shortanswer" => short(element, repairs),
        "numerical" => number(element, repairs)?,
        "essay" => Answer::LongText { criterion: String::new() },
        "description" => return Err(Reason::NoAnswer),
        other => return Err(Reason::Kind(other.to_owned())),
    };
    let mut question = Question::new(prompt, answer);
    question.explanation = clean(&element.text_of("generalfeedback"), repairs);
    question.host_note = clean(&element.text_of("graderinfo"), repairs);
    question.tags = element.child("tags").iter().flat_map(|tags| tags.all("tag")).map(Element::said).collect();
    // A grade of 1, which is what questions have unless somebody thinks of it, is worth what is usual here.
    if let Ok(grade) = element.text_of("defaultgrade").parse::<f64>() {
        let points = (grade * f64::from(limits::QUESTION_POINTS_USUAL)).round();
        question.points = if points.is_finite() { points.clamp(0.0, 1e6) as u32 } else { question.points };
    }
    Ok(question)
}

fn choice(element: &Element, is_set: bool, media: &mut Media, repairs: &mut Vec<Repair>) -> Answer {
    let one = !is_set && !matches!(element.text_of("single").as_str(), "false" | "0");
    let fractions: Vec<f64> = element.all("answer").map(fraction).collect();
    let best = fractions.iter().copied().fold(0.0, f64::max);
    let is_right = |fraction: f64| fraction > 0.0 && (!one || fraction >= best);
    let mut options = Vec::new();
    for (answer, fraction) in element.all("answer").zip(&fractions) {
        let Cleaned { text, pictures } = markup::cleaned(&answer.said(), repairs);
        media.missing.extend(pictures);
        note_feedback(answer, repairs);
        options.push(Choice::new(text, is_right(*fraction)));
    }
    let right: Vec<f64> = fractions.iter().copied().filter(|fraction| *fraction > 0.0).collect();
    let is_uneven = if one { right.len() > 1 } else { right.iter().any(|share| (share - right[0]).abs() > 0.1) };
    note(repairs, is_uneven, Repair::PartialCredit);
    match options.iter().filter(|option| option.right).count() {
        count if one && count <= 1 => Answer::OneChoice { options },
        _ => {
            note(repairs, one, Repair::Nearest("several choices"));
            Answer::SeveralChoices { options }
        }
    }
}

fn true_false(element: &Element, repairs: &mut Vec<Repair>) -> Result<Answer, Reason> {
    let mut right = None;
    for answer in element.all("answer") {
        note_feedback(answer, repairs);
        if fraction(answer) > 0.0 {
            right = Some(answer.said().to_lowercase() == "true");
        }
    }
    let right = right.ok_or(Reason::NoAnswer)?;
    Ok(Answer::OneChoice { options: vec![Choice::new("True", right), Choice::new("False", !right)] })
}

fn short(element: &Element, repairs: &mut Vec<Repair>) -> Answer {
    let best = element.all("answer").map(fraction).fold(0.0, f64::max);
    let (mut accepted, mut has_parts, mut has_wildcards) = (Vec::new(), false, false);
    for answer in element.all("answer") {
        note_feedback(answer, repairs);
        let text = clean(&answer.said(), repairs);
        // A star alone catches what is wrong, to comment on it.
        match fraction(answer) {
            share if share > 0.0 && share >= best => {
                has_wildcards |= text.contains('*');
                accepted.push(text.replace('*', " ").trim().to_owned());
            }
            share => has_parts |= share > 0.0,
        }
    }
    note(repairs, has_parts, Repair::PartialCredit);
    note(repairs, has_wildcards, Repair::Wildcard);
    note(repairs, element.text_of("usecase") == "1", Repair::CaseSensitive);
    Answer::ShortText { accepted: accepted.into_iter().filter(|text| !text.is_empty()).collect() }
}

fn number(element: &Element, repairs: &mut Vec<Repair>) -> Result<Answer, Reason> {
    let parse = |text: String| text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let mut best: Option<(f64, f64, f64)> = None;
    let mut count = 0;
    for answer in element.all("answer") {
        note_feedback(answer, repairs);
        let Some(value) = parse(answer.said()) else { continue };
        count += 1;
        let tolerance = parse(answer.text_of("tolerance")).unwrap_or_default().abs();
        if best.is_none_or(|(share, ..)| fraction(answer) > share) {
            best = Some((fraction(answer), value, tolerance));
        }
    }
    note(repairs, count > 1, Repair::BestAnswer);
    let (_, value, tolerance) = best.ok_or(Reason::NoAnswer)?;
    let unit = element.child("units").and_then(|units| units.child("unit")).map(|unit| unit.text_of("unit_name"));
    Ok(Answer::Number { value: Some(value), tolerance, unit: unit.unwrap_or_default() })
}

fn fraction(answer: &Element) -> f64 {
    let fraction = answer.attribute("fraction").and_then(|fraction| fraction.trim().parse().ok());
    fraction.filter(|fraction: &f64| fraction.is_finite()).unwrap_or(0.0)
}

fn note_feedback(answer: &Element, repairs: &mut Vec<Repair>) {
    note(repairs, !answer.text_of("feedback").is_empty(), Repair::Feedback);
}

fn clean(text: &str, repairs: &mut Vec<Repair>) -> String {
    markup::clean(text, repairs)
}

fn note(repairs: &mut Vec<Repair>, is_so: bool, repair: Repair) {
    if is_so && !repairs.contains(&repair) {
        repairs.push(repair);
    }
}

impl Media {
    /// Finds the pictures that a text shows among the files that come with it.
    fn find(&mut self, text: &Element, pictures: &[String]) {
        let decode = |data: &str| {
            let data: Vec<u8> = data.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
            STANDARD.decode(data).ok().filter(|bytes| mime(bytes).is_some_and(|kind| kind != "image/svg+xml"))
        };
        for source in pictures {
            let name = source.rsplit('/').next().unwrap_or_default();
            let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned();
            let file = || text.all("file").find(|file| file.attribute("name") == Some(&name));
            let found = match source.strip_prefix("data:") {
                Some(data) => {
                    data.split_once(',').and_then(|(_, data)| decode(data)).map(|bytes| ("picture".to_owned(), bytes))
                }
                None => file().and_then(|file| decode(&file.text)).map(|bytes| (name.clone(), bytes)),
            };
            match found {
                Some(found) => self.files.push(found),
                None => self.missing.push(source.chars().take(limits::FILE_NAME_BYTES).collect()),
            }
        }
    }

    /// Lets a question show the first picture; it has room for one.
    pub(super) fn keep(self, question: &mut Question, import: &mut Import, repairs: &mut Vec<Repair>) {
        let mut dropped = self.missing;
        for (name, bytes) in self.files {
            if question.picture.is_some() {
                dropped.push(name);
                continue;
            }
            let file = import.free_name(&name);
            question.picture = Some(Picture { file: file.clone(), description: String::new() });
            import.media.insert(file, bytes);
        }
        repairs.extend(dropped.into_iter().map(Repair::MediaDropped));
    }
}
