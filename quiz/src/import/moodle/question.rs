//! Moodle's kinds of questions as ours.

use super::super::markup::{self, Cleaned};
use super::super::{Reason, Repair, wildcard};
use super::element::Element;
use super::media::Media;
use crate::draft::{Answer, Choice, Question};
use protocol::limits;

/// Shares that differ by more than this are not meant to be the same; thirds are rounded.
const SHARES_APART: f64 = 0.1;

/// Reads a question of this kind.
///
/// A grade of 1, which is what questions have unless somebody thinks of it, is worth what is usual here; others in
/// proportion.
pub(super) fn read(
    kind: &str,
    element: &Element,
    media: &mut Media,
    repairs: &mut Vec<Repair>,
) -> Result<Question, Reason> {
    let mut prompt = String::new();
    if let Some(asked) = element.child("questiontext") {
        let Cleaned { text, pictures } = cleaned(asked, repairs);
        media.find(asked, &pictures);
        prompt = text;
    }
    // Instead of nothing, what the question is called.
    if prompt.trim().is_empty() {
        prompt = markup::clean(&element.text_of("name"), repairs);
    }
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
    question.explanation = shown(element, "generalfeedback", media, repairs);
    question.host_note = shown(element, "graderinfo", media, repairs);
    question.tags = element.child("tags").iter().flat_map(|tags| tags.all("tag")).map(Element::said).collect();
    if let Ok(grade) = element.text_of("defaultgrade").parse::<f64>() {
        let points = (grade * f64::from(limits::QUESTION_POINTS_USUAL)).round();
        question.points = if points.is_finite() { points.clamp(0.0, 1e6) as u32 } else { question.points };
    }
    Ok(question)
}

fn choice(element: &Element, is_set: bool, media: &mut Media, repairs: &mut Vec<Repair>) -> Answer {
    let single = element.child("single").map(Element::said);
    let is_single = !is_set && !matches!(single.as_deref(), Some("false" | "0" | ""));
    let best = element.all("answer").map(fraction).fold(0.0, f64::max);
    let (mut options, mut is_partial) = (Vec::new(), false);
    for answer in element.all("answer") {
        let Cleaned { text, pictures } = cleaned(answer, repairs);
        media.drop_all(&pictures);
        note_feedback(answer, repairs);
        let share = fraction(answer);
        is_partial |= share > 0.0 && best - share > SHARES_APART;
        options.push(Choice::new(text, share > 0.0 && (!is_single || share >= best)));
    }
    note(repairs, is_partial, Repair::PartialCredit);
    if is_single && options.iter().filter(|option| option.right).count() <= 1 {
        return Answer::OneChoice { options };
    }
    note(repairs, is_single, Repair::Nearest("several choices"));
    Answer::SeveralChoices { options }
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

/// Accepted texts are plain here, whatever format Moodle writes beside them.
fn short(element: &Element, repairs: &mut Vec<Repair>) -> Answer {
    let best = element.all("answer").map(fraction).fold(0.0, f64::max);
    let (mut accepted, mut is_partial, mut has_wildcards) = (Vec::new(), false, false);
    for answer in element.all("answer") {
        note_feedback(answer, repairs);
        let share = fraction(answer);
        is_partial |= share > 0.0 && share < best;
        if share <= 0.0 || share < best {
            continue;
        }
        let is_html = answer.attribute("format") == Some("html");
        let text = if is_html { cleaned(answer, repairs).text } else { answer.said() };
        let (text, has_any) = wildcard::without(&text);
        has_wildcards |= has_any;
        // A star alone takes everything: nothing is left of it.
        accepted.extend(Some(text).filter(|text| !text.is_empty()));
    }
    note(repairs, is_partial, Repair::PartialCredit);
    note(repairs, has_wildcards, Repair::Wildcard);
    note(repairs, element.text_of("usecase") == "1", Repair::CaseSensitive);
    Answer::ShortText { accepted }
}

fn number(element: &Element, repairs: &mut Vec<Repair>) -> Result<Answer, Reason> {
    let parse = |text: String| text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let mut best: Option<(f64, f64, f64)> = None;
    let mut count = 0;
    for answer in element.all("answer") {
        note_feedback(answer, repairs);
        let share = fraction(answer);
        // A star takes all other numbers, to comment on them.
        let Some(value) = parse(answer.said()).filter(|_| share > 0.0) else { continue };
        count += 1;
        let tolerance = parse(answer.text_of("tolerance")).unwrap_or_default().abs();
        if best.is_none_or(|(known, ..)| share > known) {
            best = Some((share, value, tolerance));
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

/// What the child of a name says, without its pictures.
fn shown(element: &Element, name: &str, media: &mut Media, repairs: &mut Vec<Repair>) -> String {
    let Cleaned { text, pictures } = element.child(name).map(|child| cleaned(child, repairs)).unwrap_or_default();
    media.drop_all(&pictures);
    text
}

/// What is said before the questions of a category. Of those that Moodle makes by itself it says that it did.
pub(super) fn intro(element: &Element) -> String {
    let info = element.child("info").filter(|info| info.attribute("format") != Some("moodle_auto_format"));
    info.map(|info| cleaned(info, &mut Vec::new()).text).unwrap_or_default()
}

/// A text of any format: plain ones mean what they say, all others may have tags.
fn cleaned(element: &Element, repairs: &mut Vec<Repair>) -> Cleaned {
    match element.attribute("format") {
        Some("plain_text") => Cleaned { text: element.said(), ..Cleaned::default() },
        _ => markup::cleaned(&element.said(), repairs),
    }
}

fn note(repairs: &mut Vec<Repair>, is_so: bool, repair: Repair) {
    if is_so && !repairs.contains(&repair) {
        repairs.push(repair);
    }
}
