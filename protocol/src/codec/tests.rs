use super::*;
use crate::answer::{Change, Edit};
use crate::client::{Action, Batch, FromDesk, FromTeam, Rating, Readiness};
use crate::ids::{QuestionId, Slot, WriterId};
use crate::polling;
use crate::seal::{CipherKey, Unsealing};
use crate::server::{ToScreen, ToTeam};
use crate::text::Splice;
use proptest::prelude::*;

/// The literal bytes of the conversation: a difference here is a new version of the protocol.
#[test]
fn frames_are_pinned() {
    let splice = Splice { at: 5, delete: 0, insert: "é".into() };
    let batch = Batch {
        writer: WriterId(7),
        first: 3,
        question: QuestionId(2),
        base: 9,
        on_late: false,
        edits: vec![Edit { at_ms: 1000, changes: vec![Change::Splice(splice)] }],
    };
    let rating = Rating { writer: WriterId(7), number: 4, at_ms: 1001, round: 2, slot: Slot(3), stars: 5 };
    assert_eq!(encode(&FromTeam::Edits(batch)), [1, 7, 3, 2, 9, 0, 1, 208, 15, 1, 0, 5, 0, 2, 195, 169]);
    assert_eq!(encode(&FromTeam::Rate(rating)), [2, 7, 4, 210, 15, 2, 3, 5]);
    assert_eq!(encode(&FromTeam::Ready(Readiness::Loaded { question: QuestionId(4), percent: 40 })), [3, 0, 4, 40]);
    assert_eq!(
        encode(&FromTeam::Ready(Readiness::Displayed { question: QuestionId(4), at_us: 5, error_us: 6, coarse: true })),
        [3, 1, 4, 10, 6, 1]
    );
    assert_eq!(encode(&FromDesk::Act { turn: 4, action: Action::Pause }), [0, 4, 3]);
    assert_eq!(encode(&FromDesk::SettleLate { question: QuestionId(3), team: None, accept: true }), [5, 3, 0, 1]);
    assert_eq!(encode(&FromDesk::AdmitScreen(300)), [6, 172, 2]);
    assert_eq!(encode(&ToScreen::Admitted("/".into())), [3, 1, 47]);
    assert_eq!(
        encode(&ToTeam::Ack { writer: WriterId(7), number: 9, revision: Some((QuestionId(1), 2)) }),
        [2, 7, 9, 1, 1, 2]
    );
    let unseal = encode(&ToTeam::Unseal(Unsealing { question: QuestionId(4), key: CipherKey([9; 32]) }));
    assert_eq!((unseal.len(), &unseal[..3]), (34, &[6, 4, 9][..]));
}

#[test]
fn bytes_left_over_are_an_error() {
    let mut frame = encode(&FromTeam::Wave);
    frame.push(0);
    assert_eq!(decode::<FromTeam>(&frame), Err(Unreadable));
}

proptest! {
    #[test]
    fn frames_of_a_body_come_out_as_they_went_in(frames: Vec<Vec<u8>>) {
        let mut body = Vec::new();
        frames.iter().for_each(|frame| polling::push(&mut body, frame));
        prop_assert_eq!(polling::frames(&body).map(|frames| frames.iter().map(|frame| frame.to_vec()).collect()), Some(frames));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
        if let Ok(message) = decode::<FromTeam>(&bytes) {
            prop_assert_eq!(decode::<FromTeam>(&encode(&message)), Ok(message));
        }
        let _ = decode::<FromDesk>(&bytes);
        let _ = polling::frames(&bytes);
        let _ = crate::outbox::Kept::read(&bytes);
    }
}

#[test]
#[should_panic(expected = "cannot be encoded")]
fn what_cannot_be_encoded_is_no_heartbeat() {
    struct Endless;
    impl serde::Serialize for Endless {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serde::ser::SerializeSeq::end(serializer.serialize_seq(None)?)
        }
    }
    encode(&Endless);
}
