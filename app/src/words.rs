//! What pages say about what the server tells them as codes. A language is a file with these functions.

mod english;

pub use english::*;
