//! The library: quizzes brought in, looked at, copied, taken out, and played.

use crate::test_server::{TestServer, transport};
use protocol::ids::QuestionId;
use protocol::view::TeamStage;
use quiz::archive;
use quiz::draft::{Answer, Choice, Draft, Picture, Question, Round};
use reqwest::{Method, StatusCode};
use std::collections::BTreeMap;
use swarm::{Desk, Team};

const BOUNDARY: &str = "quizwire-test-boundary";
/// Smallest picture there is.
const PNG: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\x0d\x49\x44\x41\x54\x78\x9c\x63\x10\x50\x30\xf8\x0f\x00\x02\x04\x01\x60\x8d\xbc\xbb\x71\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

fn draft() -> Draft {
    let options = vec![Choice::new("Mars", false), Choice::new("Jupiter", true)];
    let mut first = Question::new("Largest planet?", Answer::OneChoice { options });
    first.picture = Some(Picture { file: "sky & sea.png".into(), description: "A sky.".into() });
    let second = Question::new("Capital of Peru?", Answer::ShortText { accepted: vec!["Lima".into()] });
    let round = Round { title: "Only".into(), questions: vec![first, second], ..Round::default() };
    Draft { title: "Small quiz".into(), rounds: vec![round], ..Draft::default() }
}

fn file() -> Vec<u8> {
    archive::write(&draft(), &BTreeMap::from([("sky & sea.png".to_owned(), PNG.to_vec())])).unwrap()
}

fn multipart(name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    [head.as_bytes(), content, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat()
}

/// The quizmaster's browser.
struct Browser<'a> {
    server: &'a TestServer,
    cookie: String,
}

impl<'a> Browser<'a> {
    async fn of(server: &'a TestServer) -> Self {
        Self { server, cookie: server.desk_cookie().await }
    }

    /// Sends a file, and returns where it can be looked at.
    async fn send(&self, name: &str, content: &[u8]) -> (StatusCode, String) {
        let request = self.server.request(Method::POST, "/control/quizzes/import", &self.cookie);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let response = request.header("content-type", kind).body(multipart(name, content)).send().await.unwrap();
        let to = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        (response.status(), to.unwrap_or_default())
    }

    /// Posts a form and returns where it leads, or what it says.
    async fn post(&self, path: &str, form: &str) -> (StatusCode, String) {
        let request = self.server.request(Method::POST, path, &self.cookie);
        let kind = "application/x-www-form-urlencoded";
        let response = request.header("content-type", kind).body(form.to_owned()).send().await.unwrap();
        let status = response.status();
        match response.headers().get("location") {
            Some(to) => (status, to.to_str().unwrap().to_owned()),
            None => (status, response.text().await.unwrap()),
        }
    }

    async fn get(&self, path: &str) -> (u16, String) {
        self.server.get(path, &self.cookie).await.unwrap()
    }

    async fn bytes(&self, path: &str) -> Vec<u8> {
        let response = self.server.request(Method::GET, path, &self.cookie).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.bytes().await.unwrap().to_vec()
    }

    /// Brings a file in as a whole, and returns the address of the quiz.
    async fn bring(&self, name: &str, content: &[u8], take: &str) -> String {
        let (status, preview) = self.send(name, content).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, to) = self.post(&preview, take).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
        to
    }
}

#[tokio::test]
async fn what_was_brought_in_is_looked_at_taken_out_equal_and_played() {
    let server = TestServer::with_teams(0).await;
    let browser = Browser::of(&server).await;
    let (_, preview) = browser.send("small.quizwire", &file()).await;
    let (status, page) = browser.get(&preview).await;
    assert_eq!(status, 200);
    assert!(page.contains("Largest planet?") && page.contains("Jupiter") && page.contains("Quizwire. 2 questions"));
    assert!(!browser.get("/control/quizzes").await.1.contains("Small quiz"), "nothing is kept before it is taken");
    assert_eq!(browser.bytes(&format!("{preview}/media/sky%20%26%20sea.png")).await, PNG);
    let (_, quiz) = browser.post(&preview, "take=0.0&take=0.1&title=Small+quiz&into=").await;
    assert_eq!(browser.get(&preview).await.0, 404, "it is taken once");
    assert!(browser.get("/control/quizzes").await.1.contains("Small quiz"));
    assert_eq!(browser.bytes(&format!("{quiz}/export.quizwire")).await, file());
    assert_eq!(browser.bytes(&format!("{quiz}/media/sky%20%26%20sea.png")).await, PNG);

    let (status, page) = browser.post(&format!("{quiz}/game"), "teams=Red+Pandas%0AOtters").await;
    assert_eq!(status, StatusCode::OK);
    let between = |from: &str, to: &str| page.split_once(from).unwrap().1.split_once(to).unwrap().0.to_owned();
    let (code, password) = (between("Game ", "<"), between("<code>", "<"));
    let mut venue = server.venue.clone();
    venue.code = code;
    let cookie = venue.team_cookie("red pandas", &password).await.unwrap();
    let mut team = Team::join(&venue, transport(), &cookie, 1).await.unwrap();
    let mut desk = Desk::open(&venue, transport(), &browser.cookie).await.unwrap();
    desk.open_question().await.unwrap();
    team.until_stage(|stage| matches!(stage, TeamStage::Open { .. })).await.unwrap();
    team.pick(QuestionId(0), 1).await.unwrap();
}

#[tokio::test]
async fn only_what_is_ticked_is_taken_also_into_a_quiz_that_is_there() {
    let server = TestServer::with_teams(0).await;
    let browser = Browser::of(&server).await;
    let quiz = browser.bring("small.quizwire", &file(), "take=0.1&title=One").await;
    assert_eq!(browser.get(&quiz).await.1.matches("question-card").count(), 1);
    let id = quiz.rsplit('/').next().unwrap();
    let again = browser.bring("small.quizwire", &file(), &format!("take=0.0&take=7.7&into={id}")).await;
    assert_eq!(again, quiz);
    let (_, page) = browser.get(&quiz).await;
    assert!(page.contains("Capital of Peru?") && page.contains("Largest planet?"));
    let (status, _) = browser.post(&browser.send("a.quizwire", &file()).await.1, "take=0.0&into=4711").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // Questions are found by their words, and copied with their pictures.
    let (_, page) = browser.get("/control/quizzes/search?q=largest+JUPITER").await;
    assert!(page.contains("Largest planet?") && !page.contains("Capital of Peru?"));
    let tick = page.split_once("name=\"take\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let (_, copy) = browser.post("/control/quizzes/search", &format!("take={tick}&take={id}.0.0&draw=1&title=T")).await;
    assert_eq!(browser.get(&copy).await.1.matches("question-card").count(), 1);
    let (_, copy) = browser.post("/control/quizzes/search", &format!("take={tick}&title=T")).await;
    let media = format!("{copy}/media/{id}%2Dsky%20%26%20sea%2Epng");
    assert_eq!(browser.bytes(&media).await, PNG);
}

/// The revision that a form of a page carries.
fn revision(page: &str) -> String {
    let field = page.split_once("name=\"revision\" value=\"").unwrap().1;
    field.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_quiz_is_written_taken_back_and_made_again() {
    let server = TestServer::with_teams(0).await;
    let browser = Browser::of(&server).await;
    let (_, quiz) = browser.post("/control/quizzes/new", "").await;
    let (_, question) = browser.post(&format!("{quiz}/rounds/0"), "do=add").await;
    assert_eq!(question, format!("{quiz}/questions/0.0"));
    let typed = "prompt=Largest%3F&option=Mars&option=Jupiter&option=&right=1&points=20&seconds=30&tags=a,+b";
    let (status, next) = browser.post(&question, &format!("do=next&{typed}")).await;
    assert_eq!((status, &*next), (StatusCode::SEE_OTHER, &*format!("{quiz}/questions/0.1")));
    browser.post(&next, "do=number&prompt=How+high%3F&points=10&seconds=10").await;
    browser.post(&next, "do=save&prompt=How+high%3F&value=330,5&tolerance=5&unit=m&points=10&seconds=10").await;
    let (_, page) = browser.get(&quiz).await;
    assert!(page.contains("330.5 ± 5 m") && page.contains("20 points · 30 s") && page.contains("a, b"));
    assert!(page.contains("Make a game of it"), "nothing keeps it from being played");
    let prompts = async || {
        let page = browser.get(&format!("{quiz}/print")).await.1;
        (page.find("Largest?"), page.find("How high?"))
    };
    browser.post(&next, "do=up").await;
    assert!(matches!(prompts().await, (Some(first), Some(second)) if second < first));
    browser.post(&quiz, "do=undo").await;
    assert!(matches!(prompts().await, (Some(first), Some(second)) if first < second));
    browser.post(&quiz, "do=redo").await;
    browser.post(&question, "do=remove").await;
    assert!(matches!(prompts().await, (Some(_), None)));
    for _ in 0..20 {
        browser.post(&quiz, "do=undo").await;
    }
    assert!(browser.get(&quiz).await.1.contains("There is no question yet."));
    for _ in 0..20 {
        browser.post(&quiz, "do=redo").await;
    }
    assert!(matches!(prompts().await, (Some(_), None)));
}

#[tokio::test]
async fn two_who_write_one_quiz_overwrite_nothing_unseen() {
    let server = TestServer::with_teams(0).await;
    let browser = Browser::of(&server).await;
    let quiz = browser.bring("small.quizwire", &file(), "take=0.0&take=0.1&title=Shared").await;
    let question = format!("{quiz}/questions/0.1");
    let read = revision(&browser.get(&question).await.1);
    browser.post(&question, &format!("revision={read}&do=save&prompt=First&accepted=x&points=10&seconds=10")).await;
    let late = format!("revision={read}&do=save&prompt=Second&accepted=y&points=10&seconds=10");
    let (status, page) = browser.post(&question, &late).await;
    assert!(status == StatusCode::CONFLICT && page.contains("Second") && page.contains("Somebody has changed"));
    assert!(browser.get(&quiz).await.1.contains("First"));
    let again = late.replace(&format!("revision={read}"), &format!("revision={}", revision(&page)));
    assert_eq!(browser.post(&question, &again).await.0, StatusCode::SEE_OTHER);
    assert!(browser.get(&quiz).await.1.contains("Second"));
    // A button of an old list does nothing to what stands there now.
    browser.post(&question, &format!("revision={read}&do=remove")).await;
    assert!(browser.get(&quiz).await.1.contains("Second"));
}

#[tokio::test]
async fn pictures_are_written_anew_and_others_refused() {
    let server = TestServer::with_teams(0).await;
    let browser = Browser::of(&server).await;
    let quiz = browser.bring("small.quizwire", &file(), "take=0.1&title=Pictures").await;
    let put = async |content: &[u8]| {
        let request = server.request(Method::POST, &format!("{quiz}/questions/0.0/picture"), &browser.cookie);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        request.header("content-type", kind).body(multipart("../../x.png", content)).send().await.unwrap().status()
    };
    for bad in [b"<html>".as_slice(), b"<svg xmlns='http://www.w3.org/2000/svg'/>", &PNG[..30], b""] {
        assert_eq!(put(bad).await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(put(&[PNG, b"<script>"].concat()).await, StatusCode::SEE_OTHER);
    let (_, page) = browser.get(&quiz).await;
    let source = page.split_once("<img src=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let picture = browser.bytes(&source).await;
    assert!(picture.starts_with(b"\x89PNG") && !picture.ends_with(b"<script>"));
    browser.post(&format!("{quiz}/questions/0.0/picture/remove"), "").await;
    assert!(!browser.get(&quiz).await.1.contains("<img"));
}

#[tokio::test]
async fn quizzes_are_archived_deleted_and_brought_back() {
    let server = TestServer::with_teams(0).await;
    let browser = Browser::of(&server).await;
    assert!(browser.get("/control/quizzes").await.1.contains("Three ways to begin"));
    let quiz = browser.bring("small.quizwire", &file(), "take=0.0&title=Kept").await;
    for (to, shelf) in [("archived", "archived"), ("bin", "bin"), ("current", "current")] {
        browser.post(&format!("{quiz}/shelf"), &format!("to={to}")).await;
        for at in ["current", "archived", "bin"] {
            let (_, page) = browser.get(&format!("/control/quizzes?shelf={at}")).await;
            assert_eq!(page.contains("Kept"), at == shelf, "{to}: {at}");
        }
    }
    assert_eq!(browser.post(&format!("{quiz}/shelf"), "to=elsewhere").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, copy) = browser.post(&format!("{quiz}/copy"), "").await;
    assert!(browser.get(&copy).await.1.contains("Copy of Kept"));
}

#[tokio::test]
async fn what_cannot_be_read_says_why_and_leaves_nothing() {
    let server = TestServer::with_teams(0).await;
    let browser = Browser::of(&server).await;
    let whole = file();
    for (name, content) in [("a.quizwire", &whole[..whole.len() / 2]), ("a.bin", &[0, 1, 2, 3, 255]), ("b.png", PNG)] {
        let (status, preview) = browser.send(name, content).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{name}");
        let (status, page) = browser.get(&preview).await;
        assert!(status == 422 && page.contains("could not be read"), "{name}: {status}");
    }
    assert_eq!(browser.send("empty.txt", b"").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let large = vec![b'x'; protocol::limits::IMPORT_BYTES + 1];
    assert_eq!(browser.send("large.txt", &large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(browser.get("/control/quizzes").await.1.contains("Three ways to begin"));
    assert_eq!(browser.get("/control/quizzes/4711").await.0, 404);
    assert_eq!(browser.get("/healthz").await.0, 200);
}

#[tokio::test]
async fn a_faulty_quiz_is_not_played_and_a_faulty_team_is_told() {
    let server = TestServer::with_teams(0).await;
    let browser = Browser::of(&server).await;
    let (_, quiz) = browser.post("/control/quizzes/new", "").await;
    let (status, page) = browser.post(&format!("{quiz}/game"), "teams=Otters").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("There is no question yet."));
    let (_, quiz) = browser.post("/control/quizzes/demo", "").await;
    let (status, page) = browser.post(&format!("{quiz}/game"), "teams=Otters%0Aotters").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Two teams"));
}

#[tokio::test]
async fn the_library_is_the_quizmasters_alone() {
    let server = TestServer::with_teams(1).await;
    let browser = Browser::of(&server).await;
    let quiz = browser.bring("small.quizwire", &file(), "take=0.0&title=Secret").await;
    for cookie in [String::new(), server.team_cookie(1).await] {
        let stranger = Browser { server: &server, cookie };
        for path in ["/control/quizzes", &quiz, &format!("{quiz}/export.quizwire"), &format!("{quiz}/print")] {
            let (status, page) = stranger.get(path).await;
            assert!(status == 303 && !page.contains("planet"), "{path}");
        }
        assert_eq!(stranger.send("a.quizwire", &file()).await, (StatusCode::SEE_OTHER, "/control".into()));
        assert_eq!(stranger.post(&format!("{quiz}/shelf"), "to=bin").await.1, "/control");
    }
    assert!(browser.get("/control/quizzes").await.1.contains("Secret"));
    // Another site's form is refused.
    let response = server.post("/control/quizzes/new", &[], "http://elsewhere.example").await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}
