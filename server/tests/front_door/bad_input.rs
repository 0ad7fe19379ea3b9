//! Whatever is wrong is refused with a reason, and the server goes on.

use crate::test_server::TestServer;
use futures::SinkExt;
use protocol::answer::{Change, Edit};
use protocol::client::{Action, Batch, FromDesk, FromTeam, Rating};
use protocol::close;
use protocol::codec::{SUBPROTOCOL, encode};
use protocol::ids::{QuestionId, Slot, WriterId};
use protocol::rejection::Rejection;
use protocol::replica::Heard;
use protocol::text::Splice;
use protocol::view::Moment;
use swarm::wire::{close_code, connect};
use tokio_tungstenite::tungstenite::{Error, Message};

const Q: QuestionId = QuestionId(0);
/// A writer whose frames are made by hand.
const FORGER: WriterId = WriterId(77);

#[tokio::test]
async fn a_wrong_password_and_an_unknown_team_get_the_same_answer() {
    let server = TestServer::with_teams(1).await;
    let mut answers = Vec::new();
    for name in ["Team 1", "Team 9"] {
        let response = server.post("/login", &[("name", name), ("password", "wrong")], &server.origin()).await.unwrap();
        assert_eq!(response.status(), 401);
        let page = response.text().await.unwrap();
        assert!(page.contains("do not match"));
        // The name is what was typed; scripts carry a nonce, which differs on each page.
        answers.push(page[page.find("<main").unwrap()..page.find("</main>").unwrap()].replace(name, ""));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn attempts_are_limited_for_one_team_and_not_for_the_hall() {
    let server = TestServer::with_teams(2).await;
    let mut refused = 0;
    for _ in 0..14 {
        let response =
            server.post("/login", &[("name", "Team 1"), ("password", "wrong")], &server.origin()).await.unwrap();
        refused += i32::from(response.status() == 429);
    }
    assert!((3..=4).contains(&refused), "{refused}");
    server.team_cookie(2).await;
}

#[tokio::test]
async fn foreign_origins_are_refused() {
    let server = TestServer::with_teams(1).await;
    let cookie = server.team_cookie(1).await;
    for path in ["/link/play".to_owned(), format!("/link/screen/{}", server.code)] {
        match connect(&server, &path, &cookie, "http://evil.example", SUBPROTOCOL).await {
            Err(error) => match *error {
                Error::Http(response) => assert_eq!(response.status(), 403),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }
    let response =
        server.post("/login", &[("name", "Team 1"), ("password", "password 1")], "http://evil.example").await.unwrap();
    assert_eq!(response.status(), 403);
}

#[tokio::test]
async fn nobody_connects_without_the_right_session() {
    let server = TestServer::with_teams(1).await;
    let team = server.team_cookie(1).await;
    let desk = format!("/link/desk/{}", server.code);
    for (path, cookie) in [("/link/play", ""), ("/link/play", "quizwire_team=0"), (desk.as_str(), team.as_str())] {
        let mut socket = connect(&server, path, cookie, &server.origin(), SUBPROTOCOL).await.unwrap();
        assert_eq!(close_code(&mut socket).await.unwrap(), close::POLICY, "{path}");
    }
}

#[tokio::test]
async fn frames_that_are_too_big_or_make_no_sense_close_with_a_code() {
    let server = TestServer::with_teams(1).await;
    let cookie = server.team_cookie(1).await;
    let command = encode(&FromDesk::Act { turn: 0, action: Action::OpenQuestion });
    let cases = [
        (Message::Binary(vec![0; 5_000].into()), close::TOO_BIG),
        (Message::Binary(vec![99, 1, 2].into()), close::UNREADABLE),
        (Message::Binary(command.into()), close::UNREADABLE),
        (Message::Text("hello".into()), close::UNREADABLE),
    ];
    for (message, code) in cases {
        let mut socket = connect(&server, "/link/play", &cookie, &server.origin(), SUBPROTOCOL).await.unwrap();
        socket.send(message).await.unwrap();
        assert_eq!(close_code(&mut socket).await.unwrap(), code);
    }
    let mut socket = connect(&server, "/link/play", &cookie, &server.origin(), "quizwire.v0.postcard").await.unwrap();
    assert_eq!(close_code(&mut socket).await.unwrap(), close::VERSION);
    assert_eq!(server.get("/healthz", "").await.unwrap(), (200, "ok\n".into()));
}

#[tokio::test]
async fn a_flood_is_cut_off() {
    let server = TestServer::with_teams(1).await;
    let cookie = server.team_cookie(1).await;
    let mut socket = connect(&server, "/link/play", &cookie, &server.origin(), SUBPROTOCOL).await.unwrap();
    let hello = encode(&FromTeam::Hello { writer: WriterId(1), acked: 0, known: Vec::new() });
    for _ in 0..400 {
        if socket.send(Message::Binary(hello.clone().into())).await.is_err() {
            break;
        }
    }
    assert_eq!(close_code(&mut socket).await.unwrap(), close::TOO_FAST);
}

#[tokio::test]
async fn a_flood_of_pings_is_cut_off_too() {
    let server = TestServer::with_teams(1).await;
    let cookie = server.team_cookie(1).await;
    let mut socket = connect(&server, "/link/play", &cookie, &server.origin(), SUBPROTOCOL).await.unwrap();
    for _ in 0..400 {
        if socket.send(Message::Ping(Default::default())).await.is_err() {
            break;
        }
    }
    assert_eq!(close_code(&mut socket).await.unwrap(), close::TOO_FAST);
}

fn splice(at: u32, delete: u32, insert: &str) -> Change {
    Change::Splice(Splice { at, delete, insert: insert.into() })
}

#[tokio::test]
async fn impossible_edits_are_refused_with_their_reason_and_change_nothing() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut page = server.team(1, 1).await;
    let batch = |first, question, base, changes: Vec<Change>| {
        let edits = vec![Edit { at_ms: server::clock::now_ms(), changes }];
        FromTeam::Edits(Batch { writer: FORGER, first, question, base, on_late: false, edits })
    };
    let early = batch(1, Q, 0, vec![splice(0, 0, "early")]);
    desk.press(Action::OpenQuestion).await.unwrap();
    page.wire.send(encode(&early));
    page.until(|page| !page.others.is_empty()).await.unwrap();
    desk.until(|view| view.now == Moment::Open).await.unwrap();
    page.wire.send(encode(&batch(1, Q, 0, vec![splice(0, 0, "hello")])));
    page.until(|page| page.replica.content(Q).text == "hello").await.unwrap();
    let cases = [
        (batch(2, Q, 1, vec![splice(9, 0, "x")]), Rejection::OutOfRange),
        (batch(2, Q, 1, vec![splice(u32::MAX, u32::MAX, "x")]), Rejection::OutOfRange),
        (batch(2, Q, 7, vec![splice(0, 0, "x")]), Rejection::UnknownBase),
        (batch(5, Q, 1, vec![splice(0, 0, "x")]), Rejection::NumberSkipped),
        (batch(2, Q, 1, vec![Change::Pick { option: 0 }]), Rejection::WrongKind),
        (batch(2, Q, 1, vec![splice(0, 0, &"x".repeat(401))]), Rejection::TooLong),
        (batch(2, QuestionId(1), 0, vec![Change::Pick { option: 0 }]), Rejection::NotOpen),
        (batch(2, QuestionId(99), 0, vec![splice(0, 0, "x")]), Rejection::UnknownQuestion),
        (
            FromTeam::Rate(Rating { writer: FORGER, number: 2, at_ms: 0, round: 0, slot: Slot(0), stars: 5 }),
            Rejection::NotRating,
        ),
        (
            FromTeam::Rate(Rating { writer: FORGER, number: 2, at_ms: 0, round: 0, slot: Slot(0), stars: 6 }),
            Rejection::NoSuchStars,
        ),
    ];
    for (message, expected) in cases {
        page.others.clear();
        page.wire.send(encode(&message));
        page.until(|page| !page.others.is_empty()).await.unwrap();
        match &page.others[..] {
            [Heard::Refused(reason)] => assert_eq!(*reason, expected),
            other => panic!("{other:?}"),
        }
    }
    page.write(Q, "hello, world").await.unwrap();
    desk.until(|view| view.rows[0].text == "hello, world").await.unwrap();
}

#[tokio::test]
async fn a_button_pressed_twice_does_its_thing_once() {
    let server = TestServer::with_teams(2).await;
    let mut desk = server.desk().await;
    let mut second = server.desk().await;
    let turn = desk.view.turn;
    desk.press_at(turn, Action::OpenQuestion);
    desk.press_at(turn, Action::OpenQuestion);
    desk.until(|view| view.turn > turn).await.unwrap();
    second.press_at(turn, Action::OpenQuestion);
    while desk.refused.is_empty() {
        desk.hear().await.unwrap();
    }
    while second.refused.is_empty() {
        second.hear().await.unwrap();
    }
    assert_eq!((desk.refused[0], second.refused[0]), (Rejection::Stale, Rejection::Stale));
    let impossible = [Action::StartRating, Action::ShowSolution, Action::TakeBack, Action::Resume];
    for action in impossible {
        desk.refused.clear();
        let turn = desk.view.turn;
        desk.press_at(turn, action);
        while desk.refused.is_empty() {
            desk.hear().await.unwrap();
        }
        assert!(matches!(desk.refused[0], Rejection::NotNow | Rejection::Stale), "{action:?}");
    }
}
