//! Moodle XML, with rounds as categories and pictures within.
//!
//! Source: Moodle's documentation, "Moodle XML format".

mod xml;

use super::{Export, Part, accepted, category, is_unusual, share, truth};
use crate::draft::{Answer, Draft, Picture, Place, Question};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use protocol::limits;
use std::collections::BTreeMap;
use xml::{Xml, html};

/// Letters of a question that serve as its name.
const NAME_CHARS: usize = 80;

/// What a file's name in an address cannot have as it is.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// The quiz in Moodle XML, with the pictures that are among its media. There are no times.
pub fn moodle(draft: &Draft, media: &BTreeMap<String, Vec<u8>>) -> Export {
    let mut export = Export::default();
    export.drop_parts(None, [(!draft.tags.is_empty(), Part::Tags)]);
    let mut xml = Xml::begin();
    for (of, round) in draft.rounds.iter().enumerate() {
        xml.open("question", &[("type", "category")]);
        xml.text_in("category", &[], &category(draft, of));
        xml.text_in("info", &[("format", "plain_text")], &round.intro);
        xml.close("question");
        for (number, question) in round.questions.iter().enumerate() {
            let place = Place { round: of as u16, question: number as u16 };
            if !export.leaves_out(place, question) {
                let picture = question.picture.as_ref().and_then(|it| Some((it, media.get(&it.file)?)));
                note(&mut export, place, question, picture.is_some());
                write(&mut xml, question, picture);
            }
        }
    }
    export.bytes = xml.end();
    export
}

fn note(export: &mut Export, place: Place, question: &Question, has_picture: bool) {
    let criterion = match &question.answer {
        Answer::LongText { criterion } => Some(!criterion.trim().is_empty()),
        _ => None,
    };
    export.drop_parts(
        Some(place),
        [
            (is_unusual(question.seconds), Part::Seconds),
            (question.picture.is_some() && !has_picture, Part::Picture),
            // Only of a long text somebody is told what to look at.
            (criterion.is_none() && !question.host_note.trim().is_empty(), Part::HostNote),
            (criterion == Some(true), Part::Criterion),
        ],
    );
}

fn write(xml: &mut Xml, question: &Question, picture: Option<(&Picture, &Vec<u8>)>) {
    let kind = match &question.answer {
        Answer::LongText { .. } => "essay",
        Answer::ShortText { .. } => "shortanswer",
        Answer::Number { .. } => "numerical",
        Answer::OneChoice { .. } if truth(&question.answer).is_some() => "truefalse",
        Answer::OneChoice { .. } | Answer::SeveralChoices { .. } => "multichoice",
    };
    xml.open("question", &[("type", kind)]);
    let name = question.prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    xml.text_in("name", &[], &name.chars().take(NAME_CHARS).collect::<String>());
    prompt(xml, &question.prompt, picture);
    xml.text_in("generalfeedback", &[("format", "plain_text")], &question.explanation);
    // What is usual here is worth 1, as it is there.
    let grade = f64::from(question.points) / f64::from(limits::QUESTION_POINTS_USUAL);
    xml.leaf("defaultgrade", &[], &grade.to_string());
    answer(xml, question);
    if !question.tags.is_empty() {
        xml.open("tags", &[]);
        question.tags.iter().for_each(|tag| xml.text_in("tag", &[], tag));
        xml.close("tags");
    }
    xml.close("question");
}

/// The question itself: plain, but for one with a picture, which needs a tag.
fn prompt(xml: &mut Xml, prompt: &str, picture: Option<(&Picture, &Vec<u8>)>) {
    let Some((picture, bytes)) = picture else {
        return xml.text_in("questiontext", &[("format", "plain_text")], prompt);
    };
    let file = utf8_percent_encode(&picture.file, &RESERVED);
    let image = format!("<p><img src=\"@@PLUGINFILE@@/{file}\" alt=\"{}\"></p>", html(&picture.description));
    let asked = format!("<p>{}</p>{image}", html(prompt).replace('\n', "<br>"));
    xml.open("questiontext", &[("format", "html")]);
    xml.leaf("text", &[], &asked);
    xml.leaf("file", &[("name", &picture.file), ("path", "/"), ("encoding", "base64")], &STANDARD.encode(bytes));
    xml.close("questiontext");
}

fn answer(xml: &mut Xml, question: &Question) {
    let mut option = |fraction: &str, text: &str, tolerance: Option<f64>| {
        xml.open("answer", &[("fraction", fraction), ("format", "plain_text")]);
        xml.leaf("text", &[], text);
        if let Some(tolerance) = tolerance {
            xml.leaf("tolerance", &[], &tolerance.to_string());
        }
        xml.close("answer");
    };
    let fraction = |right| if right { "100" } else { "0" };
    match &question.answer {
        Answer::LongText { .. } => xml.text_in("graderinfo", &[("format", "plain_text")], &question.host_note),
        Answer::ShortText { accepted } => {
            accepted.iter().for_each(|text| option("100", &self::accepted(text), None));
            xml.leaf("usecase", &[], "0");
        }
        Answer::Number { value, tolerance, unit } => {
            value.iter().for_each(|value| option("100", &value.to_string(), Some(*tolerance)));
            if !unit.trim().is_empty() {
                xml.open("units", &[]);
                xml.open("unit", &[]);
                xml.leaf("multiplier", &[], "1");
                xml.leaf("unit_name", &[], unit);
                xml.close("unit");
                xml.close("units");
            }
        }
        Answer::OneChoice { options } => match truth(&question.answer) {
            Some(truth) => {
                option(fraction(truth), "true", None);
                option(fraction(!truth), "false", None);
            }
            None => {
                options.iter().for_each(|it| option(fraction(it.right), &it.text, None));
                xml.leaf("single", &[], "true");
            }
        },
        Answer::SeveralChoices { options } => {
            let share = share(&question.answer);
            let sign = |right| if right { "" } else { "-" };
            options.iter().for_each(|it| option(&format!("{}{share}", sign(it.right)), &it.text, None));
            xml.leaf("single", &[], "false");
        }
    }
}

#[cfg(test)]
mod tests;
