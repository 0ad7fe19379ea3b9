//! Sealed questions: every laptop has the next question before anybody can read it, so that opening it everywhere takes
//! a key of 32 bytes and an instant.
//!
//! ChaCha20-Poly1305 (RFC 8439) by the RustCrypto crate that the NCC Group audited; the browser's own cipher is not
//! there on a plain-HTTP page. A key seals one content only, so the nonce need only tell its parts apart.

use crate::ids::QuestionId;
use crate::question::Question;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce, Tag};
use serde::{Deserialize, Serialize};

/// Smallest sealed content: no short question is told from another by its length.
const CLASS_BYTES_MIN: usize = 1_024;
/// Up to here sizes are powers of two; from here they grow in finer steps, so that pictures are not doubled.
const CLASS_BYTES_DOUBLING: usize = 16 * 1_024;
/// The content's true length, before it.
const LENGTH_BYTES: usize = 4;
/// What is sealed in one piece; larger contents are several.
const PART_BYTES: usize = 64 * 1_024;
/// The cipher's tag, behind each piece.
const TAG_BYTES: usize = 16;

/// What opens one sealed content.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CipherKey(pub [u8; 32]);

impl std::fmt::Debug for CipherKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CipherKey(…)")
    }
}

/// A question that cannot be read yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// A [`SealedContent`], sealed.
    pub content: Vec<u8>,
    /// Its picture, if it has one.
    pub picture: Option<Enclosure>,
}

/// A sealed picture, to be fetched ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// Address on this server.
    pub url: String,
    /// How much there is to fetch.
    pub bytes: u32,
}

/// What is in a sealed question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedContent {
    /// The question.
    pub question: Question,
    /// What opens its picture, and the picture's kind.
    pub picture: Option<(CipherKey, String)>,
}

/// Tells pages how to open the question that they hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsealing {
    /// Which question.
    pub question: QuestionId,
    /// With what.
    pub key: CipherKey,
}

/// Length that a content of `bytes` is padded to: powers of two, then Padmé (Nikitin et al., "Reducing Metadata Leakage
/// from Encrypted Files", PETS 2019), which adds at most 12 % and leaves few lengths to tell apart.
pub fn class_bytes(bytes: usize) -> usize {
    if bytes <= CLASS_BYTES_DOUBLING {
        return bytes.next_power_of_two().max(CLASS_BYTES_MIN);
    }
    let exponent = bytes.ilog2();
    let kept_bits = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - kept_bits)) - 1;
    (bytes + mask) & !mask
}

/// Length of a content of `bytes` once it is sealed.
pub fn sealed_bytes(bytes: usize) -> usize {
    let class = class_bytes(LENGTH_BYTES + bytes);
    class + class.div_ceil(PART_BYTES) * TAG_BYTES
}

/// Nonce of a part: its number, and whether it is the last one, so that none can be left out or change its place (the
/// STREAM construction: Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption", CRYPTO 2015).
fn nonce(part: u32, is_last: bool) -> Nonce {
    let [a, b, c, d] = part.to_be_bytes();
    [0, 0, 0, 0, 0, 0, 0, a, b, c, d, u8::from(is_last)].into()
}

/// Seals a content; a key must never seal two.
pub fn seal(key: &CipherKey, content: &[u8]) -> Vec<u8> {
    let cipher = ChaCha20Poly1305::new((&key.0).into());
    let mut padded = Vec::with_capacity(class_bytes(LENGTH_BYTES + content.len()));
    padded.extend((content.len() as u32).to_be_bytes());
    padded.extend_from_slice(content);
    padded.resize(class_bytes(padded.len()), 0);
    let mut sealed = Vec::with_capacity(sealed_bytes(content.len()));
    let parts = padded.len().div_ceil(PART_BYTES) as u32;
    for (part, number) in padded.chunks_mut(PART_BYTES).zip(1..) {
        // It fails only beyond 256 GiB.
        let tag = cipher.encrypt_inout_detached(&nonce(number, number == parts), &[], (&mut *part).into());
        sealed.extend_from_slice(part);
        sealed.extend(tag.unwrap_or_default());
    }
    sealed
}

/// Opens a sealed content; nothing when the key is another one's or a bit has changed.
pub fn open(key: &CipherKey, sealed: Vec<u8>) -> Option<Vec<u8>> {
    let mut opening = Opening::new(key, sealed);
    while opening.step()? {}
    opening.content()
}

/// A content that is opened part by part, so that a large one does not hold a page up.
pub struct Opening {
    cipher: ChaCha20Poly1305,
    sealed: Vec<u8>,
    /// Where the next part begins, and where what it opens to belongs.
    read: usize,
    written: usize,
    part: u32,
}

impl Opening {
    /// One of which nothing is open yet.
    pub fn new(key: &CipherKey, sealed: Vec<u8>) -> Self {
        Self { cipher: ChaCha20Poly1305::new((&key.0).into()), sealed, read: 0, written: 0, part: 0 }
    }

    /// Opens the next part of at most 64 KiB; tells whether there is another one, and nothing when it cannot be opened.
    pub fn step(&mut self) -> Option<bool> {
        let sealed = self.sealed.get_mut(self.read..)?;
        let is_last = sealed.len() <= PART_BYTES + TAG_BYTES;
        let length = if is_last { sealed.len().checked_sub(TAG_BYTES)? } else { PART_BYTES };
        let (part, rest) = sealed.split_at_mut(length);
        let tag = Tag::try_from(rest.get(..TAG_BYTES)?).ok()?;
        self.part += 1;
        self.cipher.decrypt_inout_detached(&nonce(self.part, is_last), &[], part.into(), &tag).ok()?;
        self.sealed.copy_within(self.read..self.read + length, self.written);
        self.read += length + TAG_BYTES;
        self.written += length;
        Some(!is_last)
    }

    /// What was sealed, once all parts are open.
    pub fn content(mut self) -> Option<Vec<u8>> {
        self.sealed.truncate(self.written);
        let bytes = u32::from_be_bytes(*self.sealed.first_chunk::<LENGTH_BYTES>()?) as usize;
        self.sealed.drain(..LENGTH_BYTES);
        (bytes <= self.sealed.len()).then(|| self.sealed.truncate(bytes))?;
        Some(self.sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn only_the_key_opens_and_only_what_was_sealed(
            key: [u8; 32], other: [u8; 32], bytes in prop_oneof![0..3_000usize, 60_000..200_000usize], flip in 0..8usize,
        ) {
            let content: Vec<u8> = (0..bytes).map(|at| (at % 251) as u8).collect();
            let sealed = seal(&CipherKey(key), &content);
            prop_assert_eq!(sealed.len(), sealed_bytes(content.len()));
            prop_assert_eq!(open(&CipherKey(key), sealed.clone()), Some(content));
            prop_assert!(key == other || open(&CipherKey(other), sealed.clone()).is_none());
            let mut changed = sealed;
            let at = changed.len() / 8 * flip;
            changed[at] ^= 1;
            prop_assert_eq!(open(&CipherKey(key), changed), None);
        }

        #[test]
        fn classes_hold_their_content_and_waste_little(bytes in 0..20_000_000usize) {
            let class = class_bytes(bytes);
            prop_assert!(class >= bytes && class_bytes(class) == class);
            prop_assert!(bytes <= CLASS_BYTES_DOUBLING || class < bytes + bytes / 8);
        }

        #[test]
        fn no_bytes_are_too_strange(key: [u8; 32], sealed in prop::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(open(&CipherKey(key), sealed), None);
        }
    }

    #[test]
    fn parts_cannot_be_left_out_or_change_places() {
        let (key, part) = (CipherKey([7; 32]), PART_BYTES + TAG_BYTES);
        let sealed = seal(&key, &vec![1; 3 * PART_BYTES]);
        assert!(sealed.len() > 3 * part && open(&key, sealed.clone()).is_some());
        let others = [sealed[..3 * part].to_vec(), sealed[part..].to_vec(), {
            [&sealed[part..2 * part], &sealed[..part], &sealed[2 * part..]].concat()
        }];
        others.into_iter().for_each(|other| assert_eq!(open(&key, other), None));
    }

    #[test]
    fn short_questions_look_alike() {
        assert_eq!([0, 1, 200, 1_024].map(class_bytes), [1_024; 4]);
        assert_eq!([1_025, 5_000, 16_384].map(class_bytes), [2_048, 8_192, 16_384]);
    }
}
