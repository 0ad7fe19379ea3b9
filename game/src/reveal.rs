//! How a question gets to the pages: what is sealed, who may open it, and who has shown it.

use crate::presence::Presence;
use protocol::ids::{Millis, QuestionId, TeamId};
use protocol::limits;
use protocol::seal::{CipherKey, Enclosure, Sealed};
use std::collections::{BTreeMap, BTreeSet};

/// A question that has gone out sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The question that is inside.
    pub question: QuestionId,
    /// What pages hold.
    pub sealed: Sealed,
    /// What opens it.
    pub key: CipherKey,
    /// Whether pages have been given the key.
    pub is_given: bool,
}

/// What a sealed picture is fetched and opened with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureSeal {
    /// Where it is.
    pub enclosure: Enclosure,
    /// What opens it.
    pub key: CipherKey,
    /// Its kind.
    pub mime: String,
}

/// How far a question is on its way to the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RevealState {
    /// The question that is being armed.
    pub seal: Option<Seal>,
    /// How pictures are sealed, by their addresses.
    pub pictures: BTreeMap<String, PictureSeal>,
    /// Page loads that have told when they displayed the question that is on; those of nobody are big screens.
    displayed: BTreeMap<Option<TeamId>, BTreeSet<u64>>,
}

impl RevealState {
    /// Nothing has gone out yet.
    pub fn new(pictures: BTreeMap<String, PictureSeal>) -> Self {
        Self { pictures, ..Self::default() }
    }

    /// A question goes out anew: no page has displayed it.
    pub fn begin(&mut self, seal: Option<Seal>) {
        self.seal = seal;
        self.displayed.clear();
    }

    /// Whether this is the first that a page load tells of displaying the question, and from no more of them than can be
    /// open: whoever comes back over another connection is still the same.
    pub fn displays(&mut self, team: Option<TeamId>, page_load: u64) -> bool {
        let most = if team.is_some() { limits::DEVICES_PER_TEAM } else { limits::SCREENS_PER_GAME };
        let displayed = self.displayed.entry(team).or_default();
        displayed.len() < most && displayed.insert(page_load)
    }

    /// A question as pages hold it, and its key once they may have it.
    pub fn sealed(&self, question: QuestionId) -> (Sealed, Option<CipherKey>) {
        let seal = self.seal.as_ref().filter(|seal| seal.question == question);
        let key = seal.filter(|seal| seal.is_given).map(|seal| seal.key.clone());
        (seal.map(|seal| seal.sealed.clone()).unwrap_or_default(), key)
    }

    /// How long before the reveal pages are given the key: until it has come, and what it opens is ready to be painted.
    pub fn key_lead_ms(&self, presence: &Presence) -> Millis {
        let picture = self.seal.as_ref().and_then(|seal| seal.sealed.picture.as_ref());
        let decode_ms = picture.map_or(0, |picture| i64::from(picture.bytes) * limits::DECODE_MS_PER_MB / 1_000_000);
        (presence.lead_ms() + decode_ms).min(limits::KEY_MS_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_load_displays_a_question_once_and_a_team_has_only_so_many() {
        let mut reveal = RevealState::default();
        let team = Some(TeamId(1));
        assert!(reveal.displays(team, 1) && !reveal.displays(team, 1) && reveal.displays(None, 1));
        assert_eq!(
            (2..1_000).filter(|page_load| reveal.displays(team, *page_load)).count(),
            limits::DEVICES_PER_TEAM - 1
        );
        reveal.begin(None);
        assert!(reveal.displays(team, 1));
    }
}
