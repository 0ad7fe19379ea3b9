use super::*;
use crate::answer::Document;
use crate::outbox::Act;
use crate::text::Splice;

const Q: QuestionId = QuestionId(3);

fn splice(at: u32, delete: u32, insert: &str) -> Change {
    Change::Splice(Splice { at, delete, insert: insert.into() })
}

fn kept(writer: u64, number: u64, at_ms: Millis) -> Kept {
    let act = Act::Edit { question: Q, changes: vec![splice(0, 0, "é")] };
    Kept { writer: WriterId(writer), number, at_ms, base: 2, on_late: false, act }
}

/// A page that is connected and welcomed, with the server's answer reading `text` at revision 1.
fn welcomed(text: &str) -> Replica {
    let mut page = Replica::new(WriterId(1));
    page.connected();
    assert!(matches!(page.flush(), Some(FromTeam::Hello { .. })));
    let content = Content { text: text.into(), ..Content::default() };
    let documents = vec![Document { question: Q, revision: 1, content }];
    let (writer, view) = (WriterId(1), TeamView::default());
    page.hear(ToTeam::Welcome { writer, view, acked: 0, missed: Vec::new(), documents }, WriterId(9));
    page
}

fn refuse(page: &mut Replica, writer: u64, reason: Rejection, text: &str) {
    let content = Content { text: text.into(), ..Content::default() };
    let document = Some(Document { question: Q, revision: 5, content });
    page.hear(ToTeam::Refused { writer: WriterId(writer), reason, document }, WriterId(writer + 1));
}

/// The literal bytes on laptops' disks: a difference here would lose what an earlier version has kept.
#[test]
fn records_on_the_disk_are_pinned() {
    let edit = kept(7, 5, 1_000);
    let rating = Kept { act: Act::Rate { round: 1, slot: Slot(2), stars: 3 }, base: 0, ..edit.clone() };
    assert_eq!(edit.record(), [1, 7, 5, 208, 15, 2, 0, 0, 3, 1, 0, 0, 0, 2, 195, 169]);
    assert_eq!(rating.record(), [1, 7, 5, 208, 15, 0, 0, 1, 1, 2, 3]);
    assert_eq!((Kept::read(&edit.record()), Kept::read(&rating.record())), (Some(edit), Some(rating)));
    for damaged in [&[][..], &[2, 7, 5], &[1, 7]] {
        assert_eq!(Kept::read(damaged), None);
    }
}

#[test]
fn what_comes_after_a_gap_and_what_is_too_old_is_not_sent() {
    let mut page = welcomed("");
    let records = vec![kept(2, 4, 1_000), kept(2, 5, 1_000), kept(2, 7, 1_000), kept(3, 1, 1_000 - limits::KEPT_MS)];
    page.adopt(records, 1_000);
    assert_eq!(page.unsaved(), 2);
    assert_eq!(
        page.disk_writes().iter().map(|disk_writes| (disk_writes.writer.0, disk_writes.first)).collect::<Vec<_>>(),
        [(3, u64::MAX)]
    );
    let Some(FromTeam::Hello { writer, acked, known }) = page.flush() else { panic!("no greeting") };
    assert_eq!((writer, acked, known[0].revision), (WriterId(2), 3, 2));
}

#[test]
fn where_only_the_track_was_lost_the_text_stays_as_it_is_shown() {
    let mut page = welcomed("one");
    page.edit(Q, splice(3, 0, " two"), 1_000).unwrap();
    page.flush();
    page.edit(Q, splice(7, 0, " three"), 1_001).unwrap();
    refuse(&mut page, 1, Rejection::UnknownBase, "one!");
    assert_eq!(page.content(Q).text, "one two three");
    let Some(FromTeam::Edits(batch)) = page.flush() else { panic!("nothing is sent") };
    assert_eq!((batch.writer, batch.first, batch.base), (WriterId(2), 1, 5));
    let (text, change) = (&mut "one!".to_owned(), &batch.edits[0].changes[0]);
    let Change::Splice(splice) = change else { panic!("{change:?}") };
    splice.apply(text);
    assert_eq!(text, "one two three");
    // The old writer's records are erased, the new one's written.
    let disk_writes = page.disk_writes();
    assert_eq!((disk_writes[0].former.as_slice(), disk_writes[0].put.len()), (&[WriterId(1)][..], 1));
    // A second refusal is the last word.
    refuse(&mut page, 2, Rejection::UnknownBase, "one!");
    assert_eq!((page.content(Q).text.as_str(), page.unsaved()), ("one!", 0));
}

#[test]
fn what_cannot_be_is_given_up_and_the_rest_is_sent() {
    let mut page = welcomed("one");
    page.edit(Q, splice(0, 0, "x"), 1_000).unwrap();
    page.flush();
    page.rate(0, Slot(1), 4, 1_001).unwrap();
    refuse(&mut page, 1, Rejection::TooManyEdits, "one");
    assert_eq!(page.content(Q).text, "one");
    assert!(matches!(page.flush(), Some(FromTeam::Rate(rating)) if rating.writer == WriterId(2) && rating.number == 1));
}

#[test]
fn what_stands_on_late_edits_is_sent_as_such_and_then_the_answer_is_what_counts() {
    let mut page = welcomed("one");
    page.edit(Q, splice(3, 0, "!"), 1_000).unwrap();
    page.flush();
    page.edit(Q, splice(4, 0, "?"), 1_001).unwrap();
    let content = Content { text: "one".into(), ..Content::default() };
    let document = Some(Document { question: Q, revision: 1, content });
    page.hear(ToTeam::Late { writer: WriterId(1), number: 1, document: document.clone() }, WriterId(9));
    assert_eq!(page.content(Q).text, "one");
    assert_eq!(page.edit(Q, splice(0, 0, "x"), 1_002), Err(NotTaken::Late));
    assert!(matches!(page.flush(), Some(FromTeam::Edits(batch)) if batch.on_late && batch.first == 2));
    page.hear(ToTeam::Late { writer: WriterId(1), number: 2, document }, WriterId(9));
    assert_eq!(page.unsaved(), 0);
    page.edit(Q, splice(0, 0, "x"), 1_003).unwrap();
    assert_eq!(page.content(Q).text, "xone");
}
