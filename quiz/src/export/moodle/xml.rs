//! An XML file as it is written.

use quick_xml::escape::escape;

/// An XML file as far as it is written.
pub(super) struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    /// The beginning of a quiz.
    pub(super) fn begin() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n".into(), depth: 1 }
    }

    /// The end of a quiz.
    pub(super) fn end(mut self) -> Vec<u8> {
        self.text.push_str("</quiz>\n");
        self.text.into_bytes()
    }

    /// Begins an element with elements in it.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push('\n');
        self.depth += 1;
    }

    /// Ends it.
    pub(super) fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.indent();
        self.text.push_str(&format!("</{name}>\n"));
    }

    /// An element with nothing but text.
    pub(super) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.tag(name, attributes);
        self.text.push_str(&format!("{}</{name}>\n", escape(possible(text))));
    }

    /// An element with its text in an element of its own, as Moodle keeps texts.
    pub(super) fn text_in(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.leaf("text", &[], text);
        self.close(name);
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.text.push_str(&format!("<{name}"));
        for (name, value) in attributes {
            self.text.push_str(&format!(" {name}=\"{}\"", escape(possible(value))));
        }
        self.text.push('>');
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }
}

/// A text as HTML.
pub(super) fn html(text: &str) -> String {
    escape(possible(text)).into_owned()
}

/// A text without the signs that no XML file can have, with `\n` alone between lines.
fn possible(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}'], "\n");
    let is_possible = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    lines.chars().filter(|letter| is_possible(letter) && !matches!(letter, '\u{fffe}' | '\u{ffff}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_mean_themselves() {
        let mut xml = Xml::begin();
        xml.text_in("a", &[("b", "\"<'>&")], "<x> & ]]> \u{0}\u{b}\u{ffff}\r\ny");
        let text = String::from_utf8(xml.end()).unwrap();
        let inner = "  <a b=\"&quot;&lt;&apos;&gt;&amp;\">\n    <text>&lt;x&gt; &amp; ]]&gt; \ny</text>\n  </a>\n";
        assert_eq!(text, format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n{inner}</quiz>\n"));
    }
}
