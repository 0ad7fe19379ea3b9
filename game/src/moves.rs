//! The one table of what the quizmaster can do, wherever a game stands.

use crate::phase::Phase;
use crate::state::Game;
use protocol::client::Action;

/// What the quizmaster can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moves {
    /// The next sensible step.
    pub primary: Option<Action>,
    /// Everything else that makes sense.
    pub others: Vec<Action>,
}

impl Moves {
    /// Whether the action is among them.
    pub fn allow(&self, action: Action) -> bool {
        self.primary == Some(action) || self.others.contains(&action)
    }
}

impl Game {
    /// The table of legal moves.
    pub fn moves(&self) -> Moves {
        use Action::*;
        let moves = |primary: Option<Action>, others: &[Action]| Moves {
            primary,
            others: others.iter().copied().filter(|action| Some(*action) != primary).collect(),
        };
        if self.phase.paused_ms().is_some() {
            let withdraw: &[Action] = if matches!(self.phase, Phase::Open { .. }) { &[Withdraw] } else { &[] };
            return moves(Some(Resume), &[&[AddTime, CloseNow], withdraw].concat());
        }
        // Where the next step is to have answers rated, the round can go on without.
        let onward = self.onward();
        let skip: &[Action] = if onward == StartRating { &[SkipRating] } else { &[] };
        match self.phase {
            Phase::Lobby => moves(self.next().map(|_| OpenQuestion), &[]),
            Phase::Between => moves(self.next().map(|_| OpenQuestion), &[ShowScores, Finish]),
            Phase::Sealed { .. } => moves(Some(OpenNow), &[Withdraw]),
            Phase::Armed { .. } => moves(None, &[Withdraw]),
            Phase::Open { .. } => moves(None, &[CloseNow, Pause, AddTime, Withdraw]),
            Phase::Rating { .. } => moves(None, &[CloseNow, Pause, AddTime]),
            Phase::Ending { .. } | Phase::RatingEnding { .. } => moves(None, &[]),
            Phase::Closed { question } if !self.is_rated(question) => {
                moves(Some(ShowSolution), &[&[onward], skip, &[ShowScores]].concat())
            }
            Phase::Closed { .. } | Phase::Solution { .. } => moves(Some(onward), &[skip, &[ShowScores]].concat()),
            Phase::Rated { .. } => moves(Some(ShowScores), &[]),
            Phase::Scores => moves(Some(onward), &[skip, &[Finish]].concat()),
            Phase::Finished => moves(None, &[TakeBack]),
        }
    }

    /// The step after the current question or board: the round's next question, its rating, its scores, the next
    /// round, the end.
    fn onward(&self) -> Action {
        let round = self.round();
        let next_round = self.next().and_then(|next| self.quiz.question(next)).map(|(round, _)| round);
        if next_round == Some(round) {
            Action::OpenQuestion
        } else if self.is_unrated(round) {
            Action::StartRating
        } else if self.phase != Phase::Scores {
            Action::ShowScores
        } else if next_round.is_some() {
            Action::NextRound
        } else {
            Action::Finish
        }
    }

    /// Whether a round has answers that were neither dealt out nor passed over.
    fn is_unrated(&self, round: u16) -> bool {
        let is_settled = self.rating_rounds.contains_key(&round) || self.unrated.contains(&round);
        !is_settled && self.rateable(round).next().is_some()
    }
}
