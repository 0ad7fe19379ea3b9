//! Nothing that a team must not know yet is in any frame or page that its browser receives.

use crate::test_server::{PICTURE, TestServer};
use protocol::client::Action;
use protocol::ids::QuestionId;
use protocol::view::{Jury, Moment, TeamStage};
use swarm::Team;

/// What becomes public at which question's reveal or solution; everything else stays secret until then.
struct Watch {
    secrets: Vec<&'static str>,
    seen: usize,
}

impl Watch {
    /// Nothing secret is in what came since the last look.
    fn look(&mut self, page: &Team) {
        for frame in &page.wire.frames[self.seen..] {
            for secret in &self.secrets {
                assert!(
                    !frame.windows(secret.len()).any(|window| window == secret.as_bytes()),
                    "{secret:?} in a frame"
                );
            }
        }
        self.seen = page.wire.frames.len();
    }

    fn reveal(&mut self, public: &[&str]) {
        self.secrets.retain(|secret| !public.contains(secret));
    }
}

const OTHERS: [&str; 3] = ["other alpha", "other poem", "number 4711 of others"];

#[tokio::test]
async fn no_other_teams_text_no_unrevealed_question_no_unshown_solution() {
    let server = TestServer::with_teams(3).await;
    let mut desk = server.desk().await;
    let mut spy = server.team(1, 1).await;
    let mut other = server.team(2, 2).await;
    let mut third = server.team(3, 3).await;
    let mut secrets = vec![
        "Prompt alpha?",
        "Prompt beta?",
        "Prompt gamma?",
        "Prompt delta?",
        "Solution alpha",
        "Because alpha",
        "Because beta",
        "Because gamma",
        "beta one",
        "4711",
        "Note beta",
        "Criterion delta",
        "/media/",
    ];
    secrets.extend(OTHERS);
    let mut watch = Watch { secrets, seen: 0 };
    watch.look(&spy);
    let cookie = server.team_cookie(1).await;
    let pages = [
        "/play".to_owned(),
        "/".into(),
        "/control".into(),
        format!("/control/games/{}", server.code),
        format!("/screen/{}", server.code),
    ];
    for path in &pages {
        let (_, body) = server.get(path, &cookie).await.unwrap();
        assert!(watch.secrets.iter().all(|secret| !body.contains(secret)), "{path}");
    }

    let steps: [(u16, &[&str], &[&str], &str); 3] = [
        (0, &["Prompt alpha?", "/media/"], &["Solution alpha", "Because alpha"], "other alpha"),
        (1, &["Prompt beta?", "beta one"], &["Because beta"], ""),
        (2, &["Prompt gamma?"], &["4711", "Because gamma"], "number 4711 of others"),
    ];
    for (question, revealed, shown, text) in steps {
        let question = QuestionId(question);
        desk.press(Action::OpenQuestion).await.unwrap();
        spy.until_stage(|stage| matches!(stage, TeamStage::Armed { .. })).await.unwrap();
        watch.look(&spy);
        spy.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
        watch.reveal(revealed);
        watch.look(&spy);
        if text.is_empty() {
            other.pick(question, 0).await.unwrap();
        } else {
            other.write(question, text).await.unwrap();
        }
        desk.until(|view| view.now == Moment::Open && !view.rows[1].text.is_empty()).await.unwrap();
        desk.close_question().await.unwrap();
        spy.until_stage(|stage| matches!(stage, TeamStage::Closed { collecting: false, .. })).await.unwrap();
        watch.look(&spy);
        desk.press(Action::ShowSolution).await.unwrap();
        spy.until_stage(|stage| matches!(stage, TeamStage::Solution { .. })).await.unwrap();
        watch.reveal(shown);
        watch.look(&spy);
    }
    let media = spy.wire.frames.iter().find_map(|frame| {
        let text = String::from_utf8_lossy(frame).into_owned();
        let at = text.find("/media/")?;
        Some(text[at..at + "/media/".len() + 64].to_owned())
    });
    assert_eq!(server.get(&media.unwrap(), "").await.unwrap(), (200, PICTURE.into()));
    assert_eq!(server.get("/media/0", "").await.unwrap().0, 404);

    desk.press(Action::ShowScores).await.unwrap();
    desk.press(Action::NextRound).await.unwrap();
    desk.press(Action::OpenQuestion).await.unwrap();
    spy.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    watch.reveal(&["Prompt delta?"]);
    other.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    third.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    spy.write(QuestionId(3), "own poem").await.unwrap();
    other.write(QuestionId(3), "other poem").await.unwrap();
    third.write(QuestionId(3), "poem three").await.unwrap();
    desk.until(|view| view.rows[2].text == "poem three").await.unwrap();
    desk.close_question().await.unwrap();
    watch.look(&spy);
    desk.press(Action::StartRating).await.unwrap();
    spy.until_stage(|stage| matches!(stage, TeamStage::Rating { .. })).await.unwrap();
    // What is dealt is shown on purpose; whose it is must not be: no name and no id of another team from here on.
    let start = watch.seen;
    let TeamStage::Rating { clock, own: Jury { sheets, .. }, .. } = spy.view.stage.clone() else { unreachable!() };
    assert_eq!(sheets.len(), 2);
    tokio::time::sleep_until(server::clock::GameClock::default().instant(clock.from_ms + 20)).await;
    other.rate(1, 0, 4).await.unwrap();
    spy.rate(1, 0, 2).await.unwrap();
    desk.close_question().await.unwrap();
    spy.until_stage(|stage| matches!(stage, TeamStage::Rated { .. })).await.unwrap();
    for frame in &spy.wire.frames[start..] {
        let text = String::from_utf8_lossy(frame).into_owned();
        assert!(!text.contains("Team 2") && !text.contains("Team 3"), "{text:?}");
    }
}
