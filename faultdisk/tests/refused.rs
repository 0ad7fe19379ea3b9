//! What the disk refuses, the store says: no statement passes for written before it is.

#![allow(clippy::unwrap_used, reason = "tests stop at what they did not expect")]

use faultdisk::{Disk, Fault};
use server::store::{Identity, Store};

#[tokio::test]
async fn what_cannot_be_written_is_an_error_at_once() {
    for fault in [Fault::Full, Fault::Sync] {
        let disk = Disk::new().unwrap();
        let store = Store::open(&disk.database("quizwire.db")).await.unwrap();
        let game = store.create_game("AAAA", "Before", 0).await.unwrap();
        let team = store.add_team(game, "Before", "").await.unwrap();
        disk.inflict(fault);
        assert!(store.create_game("BBBB", "During", 0).await.is_err(), "{fault:?}");
        assert!(store.add_team(game, "During", "").await.is_err(), "{fault:?}");
        assert!(store.take_over(game).await.is_err(), "{fault:?}");
        assert!(store.close_games("Before").await.is_err(), "{fault:?}");
        assert!(
            store.add_media(["id", "sealed"], game, "image/png", &[], &protocol::seal::Key([0; 32])).await.is_err(),
            "{fault:?}"
        );
        assert!(store.add_session(&[1], Identity::Team { team, game }, 0, 1).await.is_err(), "{fault:?}");
        assert!(store.set_quizmaster("hash").await.is_err(), "{fault:?}");
        assert_eq!(store.games().await.unwrap().len(), 1, "{fault:?}: reading goes on");
        disk.mend();
        assert_eq!(store.take_over(game).await.unwrap().0, 1, "{fault:?}: nobody has taken over yet");
        store.close().await;
    }
}
