use super::*;
use protocol::ids::{QuestionId, TeamId};
use protocol::server::ToTeam;

const WRITER: WriterId = WriterId(7);

fn fact(writer: WriterId, number: u64) -> Fact {
    let (team, question) = (TeamId(1), QuestionId(0));
    Fact { at_ms: 0, event: Event::Edited { team, question, writer, number, made_ms: 0, changes: Vec::new() } }
}

/// What comes of three edits made and two acknowledged, when these are in the journal.
fn look(numbers: &[u64]) -> (Tally, usize) {
    let mut ledger = Ledger::default();
    ledger.made(WRITER, 3);
    ledger.hear(&ToTeam::Ack { writer: WRITER, number: 2, revision: None });
    let facts: Vec<_> = numbers.iter().map(|number| fact(WRITER, *number)).collect();
    let mut faults = Vec::new();
    let tally = audit(&facts, [&ledger].into_iter(), &mut faults);
    (tally, faults.len())
}

#[test]
fn what_is_missing_there_twice_or_out_of_order_is_told() {
    let tally = |found, lost, doubled| Tally { kills: 0, acknowledged: 2, found, lost, doubled };
    assert_eq!(look(&[1, 2]), (tally(2, 0, 0), 0));
    assert_eq!(look(&[1, 2, 3]), (tally(2, 0, 0), 0), "saved, and the page was not told any more");
    assert_eq!(look(&[1]), (tally(1, 1, 0), 1));
    assert_eq!(look(&[]), (tally(0, 2, 0), 1));
    assert_eq!(look(&[1, 2, 2]), (tally(2, 0, 1), 1));
    assert_eq!(look(&[2, 1]), (tally(2, 0, 0), 1));
    assert_eq!(look(&[1, 3]), (tally(1, 1, 0), 1));
    assert_eq!(look(&[1, 2, 3, 4]), (tally(2, 0, 0), 1), "nobody has made that many");
}

#[test]
fn what_no_page_has_made_is_told() {
    let mut faults = Vec::new();
    audit(&[fact(WriterId(8), 1)], std::iter::empty(), &mut faults);
    assert_eq!(faults.len(), 1);
}
