//! A file as it comes, and its text, whatever its encoding.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::sync::OnceLock;

/// Within so many bytes an XML file says which encoding it is in.
const DECLARATION_BYTES: usize = 200;

/// Letters that show whether a text is one.
const LOOKED_AT: usize = 4_096;
/// One letter in so many may be strange: files have accidents.
const STRANGE_SHARE: usize = 20;

/// A file as it comes.
#[derive(Debug)]
pub struct Source<'a> {
    name: &'a str,
    bytes: &'a [u8],
    text: OnceLock<(String, Option<&'static str>)>,
    line_ends: OnceLock<Vec<usize>>,
}

impl<'a> Source<'a> {
    /// A file of this name.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, text: OnceLock::new(), line_ends: OnceLock::new() }
    }

    /// Its name without folders.
    pub fn file_name(&self) -> &'a str {
        self.name.rsplit(['/', '\\']).next().unwrap_or_default()
    }

    /// Its name without folders and ending.
    pub fn stem(&self) -> &'a str {
        self.file_name().rsplit_once('.').map_or(self.file_name(), |(stem, _)| stem)
    }

    /// Whether its name ends so (`".gift"`), in any case.
    pub fn ends_with(&self, ending: &str) -> bool {
        let name = self.file_name();
        name.len() >= ending.len() && name.is_char_boundary(name.len() - ending.len()) && {
            name[name.len() - ending.len()..].eq_ignore_ascii_case(ending)
        }
    }

    /// What is in it.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Whether it begins as zip archives do, spreadsheets among them.
    pub fn is_zip(&self) -> bool {
        self.bytes.starts_with(b"PK\x03\x04")
    }

    /// Whether there is nothing in it but white space.
    pub fn is_empty(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }

    /// Whether its text is none: what programs write for themselves is full of signs that no text has.
    pub fn is_binary(&self) -> bool {
        let is_strange = |letter: &char| *letter == '\u{fffd}' || letter.is_control() && !letter.is_whitespace();
        let (strange, all) = self
            .text()
            .chars()
            .take(LOOKED_AT)
            .fold((0, 0), |(strange, all), letter| (strange + usize::from(is_strange(&letter)), all + 1));
        strange * STRANGE_SHARE > all
    }

    /// Its text: decoded, without a byte order mark, lines ended by `\n` alone.
    pub fn text(&self) -> &str {
        &self.decoded().0
    }

    /// Its lines with their numbers, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        (1..).zip(self.text().split('\n'))
    }

    /// The line of a place in its text, both counted as bytes and lines are: from 0 and from 1.
    pub fn line_at(&self, at: usize) -> u32 {
        let ends = self.line_ends.get_or_init(|| self.text().match_indices('\n').map(|(at, _)| at).collect());
        ends.partition_point(|end| *end < at) as u32 + 1
    }

    /// The encoding that its text was converted from, if its text was asked for and is not UTF-8.
    pub fn encoding(&self) -> Option<&'static str> {
        self.text.get().and_then(|(_, encoding)| *encoding)
    }

    fn decoded(&self) -> &(String, Option<&'static str>) {
        self.text.get_or_init(|| {
            let (text, encoding) = decode(self.bytes);
            (text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{85}'], "\n"), encoding)
        })
    }
}

/// A text, and the encoding that it was in unless that was UTF-8.
fn decode(bytes: &[u8]) -> (String, Option<&'static str>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text.into_owned(), (encoding != UTF_8).then_some(encoding.name()));
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return (encoding.decode_without_bom_handling(bytes).0.into_owned(), Some(encoding.name()));
    }
    let encoding = declared(bytes).unwrap_or_else(|| {
        let mut detector = EncodingDetector::new();
        detector.feed(bytes, true);
        detector.guess(None, false)
    });
    // Files are put together of parts: a line that is UTF-8 stays what it is.
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let text = lines.map(|line| match str::from_utf8(line) {
        Ok(line) => Cow::Borrowed(line),
        Err(_) => encoding.decode_without_bom_handling(line).0,
    });
    (text.collect(), Some(encoding.name()))
}

/// The encoding that an XML file says it is in, which is believed unless its bytes say otherwise.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..DECLARATION_BYTES).unwrap_or(bytes));
    let (declaration, _) = head.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, label) = declaration.split_once("encoding")?;
    let label = label.trim_start().strip_prefix('=')?.trim_start();
    let (label, _) = label.strip_prefix(['"', '\''])?.split_once(['"', '\''])?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible() && *encoding != UTF_8)
}

/// UTF-16 without a mark: every other byte of Western text is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1_024)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let many = head.len() / 4;
    let (even, odd) = (zeros(0), zeros(1));
    (even > many).then_some(UTF_16BE).or_else(|| (odd > many).then_some(UTF_16LE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<&'static str>) {
        let source = Source::new("a", bytes);
        (source.text().to_owned(), source.encoding())
    }

    #[test]
    fn texts_of_any_encoding_are_read() {
        assert_eq!(text("Käse\r\nBrot\rx".as_bytes()), ("Käse\nBrot\nx".into(), None));
        assert_eq!(text(b"\xef\xbb\xbfhi"), ("hi".into(), None));
        assert_eq!(text(b"Caf\xe9 \x96 cr\xe8me br\xfbl\xe9e"), ("Café – crème brûlée".into(), Some("windows-1252")));
        let utf16: Vec<u8> = "\u{feff}Zoë 🦉".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16), ("Zoë 🦉".into(), Some("UTF-16LE")));
        let unmarked: Vec<u8> = "What is Zoë?".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&unmarked), ("What is Zoë?".into(), Some("UTF-16BE")));
    }

    #[test]
    fn an_xml_file_knows_its_encoding() {
        let file =
            |label: &str| [b"<?xml version='1.0' encoding='", label.as_bytes(), b"'?>\n<a>\xb3\xf3d\xbc</a>"].concat();
        let last = |(text, encoding): (String, _)| (text.lines().last().map(str::to_owned), encoding);
        assert_eq!(last(text(&file("ISO-8859-2"))), (Some("<a>łódź</a>".into()), Some("ISO-8859-2")));
        assert_eq!(last(text(&file("koi8-r"))), (Some("<a>ЁСd╪</a>".into()), Some("KOI8-R")));
        assert!(text(&file("utf-8")).1.is_some_and(|encoding| encoding != "UTF-8"), "which it is not");
    }

    #[test]
    fn a_line_that_is_right_stays_as_it_is_beside_one_that_is_not() {
        let mixed = [b"na\xefve caf\xe9 d\xe9j\xe0 vu\n".as_slice(), "naïve 🦉\n".as_bytes()].concat();
        assert_eq!(text(&mixed).0, "naïve café déjà vu\nnaïve 🦉\n");
    }

    #[test]
    fn what_programs_write_for_themselves_is_no_text() {
        let noise: Vec<u8> = (0..4_096u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert!(Source::new("a", &noise).is_binary());
        assert!(!Source::new("a", "One \u{0}accident in a text that is one.\n".as_bytes()).is_binary());
    }

    #[test]
    fn names_lose_their_folders() {
        let source = Source::new("../../a\\b/Quiz Night.GIFT", b"");
        assert_eq!((source.file_name(), source.stem()), ("Quiz Night.GIFT", "Quiz Night"));
        assert!(source.ends_with(".gift"));
        assert!(!Source::new("ö", b"").ends_with("x"));
    }
}
