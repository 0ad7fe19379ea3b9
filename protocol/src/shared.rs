//! A part that many messages have in common, such as the leaderboard in every team's view: encoded once, however many
//! messages carry it.

use crate::codec::{decode, encode};
use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A value that is encoded at most once; clones share it. On the wire it is its encoding, as bytes.
#[derive(Debug, Clone, Default)]
pub struct Shared<T>(Arc<Part<T>>);

#[derive(Debug, Default)]
struct Part<T> {
    value: T,
    encoded: OnceLock<Vec<u8>>,
}

impl<T> Shared<T> {
    /// A part to be put into messages.
    pub fn new(value: T) -> Self {
        Self(Arc::new(Part { value, encoded: OnceLock::new() }))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.value
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.value == other.0.value
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.encoded.get_or_init(|| encode(&self.0.value)))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Bytes(PhantomData)).map(Self::new)
    }
}

struct Bytes<T>(PhantomData<T>);

impl<T: DeserializeOwned> Visitor<'_> for Bytes<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an encoded part")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<T, E> {
        decode(bytes).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_comes_out_as_it_went_in_and_is_encoded_once() {
        let shared = Shared::new(vec![(1u32, "one".to_owned()), (2, "two".to_owned())]);
        let message = (7u8, shared.clone());
        assert_eq!(decode::<(u8, Shared<Vec<(u32, String)>>)>(&encode(&message)), Ok(message.clone()));
        assert!(shared.0.encoded.get().is_some(), "the clone's encoding is everybody's");
        let mut frame = encode(&message);
        frame[1] -= 1;
        frame.pop();
        assert!(decode::<(u8, Shared<Vec<(u32, String)>>)>(&frame).is_err());
    }
}
