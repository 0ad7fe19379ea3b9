//! How long an answer can be, when several pages write it at once.

use protocol::answer::Change;
use protocol::text::Splice;

/// What has to go when `changes` have just made a text of `chars` characters longer than the `most` it can have: the end
/// of what they brought, so that nobody else's words are touched.
pub fn trim(most: usize, chars: usize, changes: &[Change]) -> Option<Change> {
    let over = chars.checked_sub(most).filter(|over| *over > 0)? as u32;
    let brought = changes.iter().find_map(|change| match change {
        Change::Splice(splice) if splice.inserted() >= over => Some(splice.at.saturating_add(splice.inserted())),
        _ => None,
    });
    let end = brought.unwrap_or(chars as u32).min(chars as u32);
    Some(Change::Splice(Splice { at: end.saturating_sub(over), delete: over, insert: String::new() }))
}
