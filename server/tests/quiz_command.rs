//! The library on the command line: the real binary, files and a database.

#![allow(clippy::unwrap_used, reason = "tests stop at what they did not expect")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> (bool, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_quizwire")).arg("quiz").args(arguments).current_dir(folder).output().unwrap();
    (status.success(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn files_are_checked_brought_in_listed_and_taken_out_equal() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("good.gift"), "Sun?{T}\n\nMatch{=a -> b}\n\n[html]<b>Grant</b>?{=yes ~no}\n").unwrap();
    fs::write(folder.join("bad.bin"), [0, 159, 146, 150]).unwrap();
    let (ok, said, _) = run(folder, &["check", "good.gift", "bad.bin", "gone.txt"]);
    let lines: Vec<_> = said.lines().collect();
    assert!(ok && lines.contains(&"good.gift: GIFT, 2 questions, 1 repaired, 1 left out"), "{said}");
    assert!(lines.contains(&"bad.bin: unreadable, 0 questions, 0 repaired, 0 left out"), "{said}");
    assert!(lines.contains(&"gone.txt: unreadable, 0 questions, 0 repaired, 0 left out"), "{said}");
    assert!(said.contains("good.gift: line 3: left out:") && said.contains("good.gift: line 5: repaired:"));
    assert_eq!(fs::read_dir(folder).unwrap().count(), 2, "a check keeps nothing");

    let (ok, ..) = run(folder, &["import", "good.gift", "--database", "quiz.db"]);
    assert!(ok);
    let (_, listed, _) = run(folder, &["list", "--database", "quiz.db"]);
    assert_eq!(listed, "1\tgood\t1 rounds, 2 questions\n");
    for name in ["a.quizwire", "a.json", "a.gift", "a.xml", "a.csv"] {
        let (ok, _, error) = run(folder, &["export", "1", name, "--database", "quiz.db"]);
        assert!(ok, "{name}: {error}");
        let (ok, said, _) = run(folder, &["check", name]);
        assert!(ok && said.ends_with("2 questions, 0 repaired, 0 left out\n"), "{name}: {said}");
    }
    let quiz = r#"{ "format": 1, "quiz": { "title": "T", "rounds": [ { "title": "R", "questions": [
        { "prompt": "?", "seconds": 5, "answer": { "kind": "short_text", "accepted": ["x"] } } ] } ] } }"#;
    fs::write(folder.join("quick.json"), quiz).unwrap();
    run(folder, &["import", "quick.json", "--database", "quiz.db"]);
    let (_, _, noted) = run(folder, &["export", "2", "quick.gift", "--database", "quiz.db"]);
    assert!(
        noted.contains("quick.gift: Round 1, question 1: This format has no place for the time to answer."),
        "{noted}"
    );
    run(folder, &["import", "a.quizwire", "--database", "other.db"]);
    run(folder, &["export", "1", "b.quizwire", "--database", "other.db"]);
    assert_eq!(fs::read(folder.join("a.quizwire")).unwrap(), fs::read(folder.join("b.quizwire")).unwrap());
}

#[test]
fn what_cannot_be_done_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("bad.bin"), [0, 159, 146, 150]).unwrap();
    let (ok, _, error) = run(folder, &["check", "bad.bin"]);
    assert!(!ok && error.contains("no question"), "{error}");
    let (ok, _, error) = run(folder, &["export", "7", "a.gift", "--database", "quiz.db"]);
    assert!(!ok && error.contains("There is no quiz 7"), "{error}");
}
