use super::*;
use crate::client::FromTeam;
use crate::codec::encode;
use crate::server::Missed;
use crate::text::Splice;

const QUESTION: QuestionId = QuestionId(0);

fn splice(at: u32, delete: u32, insert: &str) -> Change {
    Change::Splice(Splice { at, delete, insert: insert.into() })
}

/// A page that has cut a long text down in large pieces, and hears that another page has meanwhile typed all over it.
fn torn() -> Outbox {
    let mut outbox = Outbox::new(WriterId(1));
    let content = Content { text: "🚀".repeat(1_900), ..Content::default() };
    outbox.connected();
    outbox.flush();
    outbox.welcome(0, Vec::new(), vec![Document { question: QUESTION, revision: 0, content }]);
    outbox.cut();
    for _ in 0..30 {
        outbox.edit(QUESTION, splice(0, 60, "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀"), 1_000_000_000_000).expect("taken");
        outbox.edit(QUESTION, splice(0, 10, ""), 1_000_000_000_000).expect("taken");
    }
    outbox.connected();
    outbox.flush();
    let steps = (0..900).map(|index| Step {
        writer: WriterId(2),
        number: index + 1,
        changes: vec![splice(3 * index as u32 + 1, 0, "x")],
    });
    outbox.welcome(0, vec![Missed { question: QUESTION, steps: steps.collect() }], Vec::new());
    outbox
}

#[test]
fn every_frame_fits_however_often_edits_were_split() {
    let mut outbox = torn();
    let mut batches = 0;
    while let Some(message) = outbox.flush() {
        let FromTeam::Edits(batch) = &message else { panic!("{message:?}") };
        assert!(encode(&message).len() <= limits::CLIENT_FRAME_BYTES, "{} bytes", encode(&message).len());
        outbox.acked(batch.first + batch.edits.len() as u64 - 1, None);
        batches += 1;
    }
    assert!(batches > 1);
    assert_eq!(outbox.unsaved(), 0);
}
