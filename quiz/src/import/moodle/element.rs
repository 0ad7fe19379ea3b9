//! Elements of an XML file, one question at a time, so that a large file takes little memory and a broken one gives what is
//! whole.

use super::super::markup::{entities, entity};
use protocol::limits;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with everything in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    /// The text in it, without that of its children.
    pub text: String,
    children: Vec<Element>,
}

/// What comes next in a file.
pub(super) enum Next {
    /// An element, and where it begins.
    Element(usize, Element),
    /// Nothing more.
    End,
    /// The file ends, or breaks, within the one that begins here.
    Cut(usize, String),
    /// Elements lie deeper in one another than any quiz needs.
    TooDeep,
}

/// The elements of a file.
pub(super) struct Elements<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Elements<'a> {
    /// Those of a text.
    pub(super) fn of(text: &'a str) -> Self {
        Self { reader: Reader::from_str(text), depth: 0 }
    }

    /// The next element of this name, wherever it lies.
    pub(super) fn next(&mut self, name: &str) -> Next {
        // Elements that are begun and not ended, the first of them of that name.
        let mut open: Vec<Element> = Vec::new();
        let mut start = 0;
        loop {
            let at = self.reader.buffer_position() as usize;
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(_) => return Next::Cut(at, shown(&open)),
            };
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > limits::XML_DEPTH {
                        return Next::TooDeep;
                    }
                    let element = element(&tag);
                    if !open.is_empty() || element.name == name {
                        start = if open.is_empty() { at } else { start };
                        open.push(element);
                    }
                }
                Event::Empty(tag) => {
                    let element = element(&tag);
                    if let Some(parent) = open.last_mut() {
                        parent.children.push(element);
                    }
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    let ended = open.pop();
                    match (ended, open.last_mut()) {
                        (Some(ended), Some(parent)) => parent.children.push(ended),
                        (Some(ended), None) => return Next::Element(start, ended),
                        _ => {}
                    }
                }
                Event::Text(text) => push(&mut open, &text),
                Event::CData(text) => push(&mut open, &text),
                Event::GeneralRef(entity) => push(&mut open, &reference(&entity)),
                Event::Eof if open.is_empty() => return Next::End,
                Event::Eof => return Next::Cut(start, shown(&open)),
                _ => {}
            }
        }
    }
}

impl Element {
    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// The children of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of a name.
    pub(super) fn child<'a>(&'a self, name: &'a str) -> Option<&'a Element> {
        self.all(name).next()
    }

    /// What the child of a name says: in an element `text` of its own, or directly.
    pub(super) fn text_of(&self, name: &str) -> String {
        self.child(name).map(Element::said).unwrap_or_default()
    }

    /// What it says: in an element `text` of its own, or directly.
    pub(super) fn said(&self) -> String {
        self.child("text").map_or(&self.text, |text| &text.text).trim().to_owned()
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let attributes = tag.attributes().flatten().take(limits::TAGS);
    let attributes = attributes.map(|one| (one.key.as_ref().to_owned(), entities(&one.value).into_owned()));
    Element { name: tag.name().as_ref().to_owned(), attributes: attributes.collect(), ..Element::default() }
}

fn push(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// What a reference stands for. Those that a file declares by itself are never followed.
fn reference(name: &str) -> String {
    entity(name).map_or_else(|| format!("&{name};"), String::from)
}

/// The text of what was begun, to be shown.
fn shown(open: &[Element]) -> String {
    open.iter()
        .flat_map(|element| element.children.iter().chain([element]))
        .map(Element::said)
        .collect::<Vec<_>>()
        .join(" ")
}
