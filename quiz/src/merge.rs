//! Putting quizzes together and taking them apart.

use crate::draft::{Draft, Place};
use std::collections::BTreeMap;

impl Draft {
    /// Keeps these questions only, and the rounds that have one.
    pub fn pick(&mut self, is_kept: impl Fn(Place) -> bool) {
        for (round, of) in self.rounds.iter_mut().zip(0..) {
            let mut number = 0..;
            round.questions.retain(|_| number.next().is_some_and(|question| is_kept(Place { round: of, question })));
        }
        self.rounds.retain(|round| !round.questions.is_empty());
    }

    /// Adds the rounds of another quiz behind its own. An empty round at the end, such as a new quiz has, makes room.
    pub fn append(&mut self, other: Draft) {
        self.rounds.pop_if(|round| round.questions.is_empty() && round.intro.is_empty());
        self.rounds.extend(other.rounds);
    }

    /// Gives its files other names where these are taken, and returns the new names by the old ones. Asks of an old name
    /// whether a new one, or itself, is taken.
    pub fn rename_files(&mut self, is_taken: impl Fn(&str, &str) -> bool) -> BTreeMap<String, String> {
        let mut names = BTreeMap::<String, String>::new();
        for question in self.rounds.iter_mut().flat_map(|round| &mut round.questions) {
            let Some(picture) = &mut question.picture else { continue };
            let name = names.entry(picture.file.clone()).or_insert_with_key(|old| {
                let numbered = (2u32..).map(|number| format!("{number}-{old}"));
                std::iter::once(old.clone()).chain(numbered).find(|name| !is_taken(old, name)).unwrap_or_default()
            });
            picture.file.clone_from(name);
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Answer, Picture, Question, Round};

    fn draft(rounds: &[&[&str]]) -> Draft {
        let question = |prompt: &&str| Question::new(*prompt, Answer::LongText { criterion: String::new() });
        let round =
            |questions: &&[&str]| Round { questions: questions.iter().map(question).collect(), ..Round::default() };
        Draft { rounds: rounds.iter().map(round).collect(), ..Draft::default() }
    }

    #[test]
    fn questions_are_picked_by_their_places() {
        let mut picked = draft(&[&["a", "b"], &["c"], &["d", "e"]]);
        picked.pick(|place| matches!((place.round, place.question), (0, 1) | (2, 0)));
        assert_eq!(picked, draft(&[&["b"], &["d"]]));
    }

    #[test]
    fn rounds_go_behind_those_that_are_there() {
        let mut whole = draft(&[&["a"], &[]]);
        whole.append(draft(&[&["b"]]));
        assert_eq!(whole, draft(&[&["a"], &["b"]]));
    }

    #[test]
    fn files_get_names_that_are_free() {
        let mut renamed = draft(&[&["a", "b", "c"]]);
        for (question, file) in renamed.rounds[0].questions.iter_mut().zip(["x.png", "y.png", "x.png"]) {
            question.picture = Some(Picture { file: file.into(), description: String::new() });
        }
        let names = renamed.rename_files(|_, name| ["x.png", "2-x.png"].contains(&name));
        assert_eq!(renamed.files().collect::<Vec<_>>(), ["3-x.png", "y.png", "3-x.png"]);
        assert_eq!(names["x.png"], "3-x.png");
    }
}
