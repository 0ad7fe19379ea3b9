//! Games that stand where a path of facts has led them.

use game::event::Deal;
use game::quiz::Quiz;
use game::{Event, Fact, Game};
use protocol::answer::Change;
use protocol::ids::{QuestionId, TeamId, WriterId};
use protocol::text::Splice;
use std::collections::BTreeMap;

/// Team 1 rates what team 2 has written.
fn sheets() -> BTreeMap<TeamId, Vec<Deal>> {
    BTreeMap::from([(TeamId(1), vec![Deal { question: QuestionId(1), author: TeamId(2) }])])
}

/// Two rounds: one rated question and one that is not, then one that is not.
fn quiz() -> Quiz {
    let quiz = r#"{ "title": "T", "rounds": [
        { "title": "R", "questions": [
            { "prompt": "s", "answer": { "kind": "short_text", "accepted": ["a"] } },
            { "prompt": "l", "answer": { "kind": "long_text" } } ] },
        { "title": "S", "questions": [ { "prompt": "s", "answer": { "kind": "short_text", "accepted": ["a"] } } ] } ] }"#;
    serde_json::from_str(quiz).unwrap()
}

/// The facts that lead to each place, as words; a word stands for one fact.
pub fn game(path: &str) -> Game {
    let teams = [TeamId(1), TeamId(2)];
    let mut game = Game::default();
    let mut question = QuestionId(0);
    let mut happen = |event: Event| game.apply(&Fact { at_ms: 0, event });
    happen(Event::Created { quiz: quiz(), media: BTreeMap::new(), rules: 0 });
    teams.into_iter().for_each(|team| happen(Event::TeamAdded { team }));
    for word in path.split_whitespace() {
        happen(match word {
            "sealed" => Event::Sealed { question },
            "armed" => Event::Armed { question, reveal_ms: 0 },
            "opened" => Event::Opened { question, reveal_ms: 0, deadline_ms: 60_000 },
            "written" => Event::Edited {
                team: TeamId(1),
                question,
                writer: WriterId(1),
                number: u64::from(question.0) + 1,
                made_ms: 0,
                changes: vec![Change::Splice(Splice { at: 0, delete: 0, insert: "x".into() })],
            },
            "paused" => Event::Paused { at_ms: 1_000 },
            "ended" => Event::Ended { at_ms: 1_000 },
            "closed" => {
                question.0 += 1;
                Event::Closed
            }
            "rated" => Event::Closed,
            "solution" => Event::SolutionShown,
            "rating" => Event::RatingStarted { round: 0, from_ms: 0, deadline_ms: 60_000, sheets: sheets() },
            "skipped" => Event::RatingSkipped { round: 0 },
            "scores" => Event::ScoresShown,
            "next" => Event::RoundStarted { round: 1 },
            "withdrawn" => Event::WithdrawnAt { at_ms: 1_000 },
            "finished" => Event::Finished,
            "taken-back" => Event::TakenBack,
            word => panic!("{word}"),
        });
    }
    game
}
