//! Frames over plain requests: in a body each stands behind its length in four bytes, the highest one first.

/// Header of an answer that ends the link: a close code.
pub const CODE: &str = "quizwire-close";
/// Header beside it: what [`crate::close::Close::reason`] says.
pub const REASON: &str = "quizwire-reason";

/// Adds a frame to a body.
pub fn push(body: &mut Vec<u8>, frame: &[u8]) {
    body.extend((frame.len() as u32).to_be_bytes());
    body.extend(frame);
}

/// The frames of a body; nothing when it is not made of whole frames.
pub fn frames(mut body: &[u8]) -> Option<Vec<&[u8]>> {
    let mut frames = Vec::new();
    while !body.is_empty() {
        let (length, rest) = body.split_first_chunk::<4>()?;
        let (frame, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        frames.push(frame);
        body = rest;
    }
    Some(frames)
}
