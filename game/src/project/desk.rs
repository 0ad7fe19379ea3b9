//! The quizmaster's view: everything, with names.

use crate::folding::is_blank;
use crate::history;
use crate::live::LiveState;
use crate::phase::Phase;
use crate::presence::{ConnectedPage, TeamPresence};
use crate::score::Scoreboard;
use crate::state::Game;
use protocol::client::Action;
use protocol::ids::{Millis, QuestionId, TeamId};
use protocol::limits;
use protocol::view::{
    After, DeskQuestion, DeskView, Device, LateArrival, Moment, RatedAnswer, RatingDesk, Review, WallRow,
};

/// What the quizmaster sees.
pub fn desk(game: &Game, live: &LiveState, scoreboard: &Scoreboard) -> DeskView {
    let moves = game.moves();
    DeskView {
        seq: game.seq,
        turn: game.turn,
        title: game.quiz.title.clone(),
        code: live.entrance.code.clone(),
        address: live.entrance.address.clone(),
        screen: live.entrance.screen.clone(),
        screens: live.presence.waiting.values().copied().collect(),
        now: moment(game),
        clock: game.phase.running(),
        reveal_ms: game.phase.reveal_ms(),
        current: game.current().and_then(|question| preview(game, question)),
        next: game.upcoming().and_then(|question| preview(game, question)),
        after: after(game, moves.primary),
        primary: moves.primary,
        actions: moves.others,
        roll_call: match game.phase {
            Phase::Sealed { question } => Some(live.presence.roll_call(&live.roster, question)),
            _ => None,
        },
        reveal: game.current().and_then(|question| game.reveal_report(&live.roster, question)),
        rows: game.teams.keys().map(|team| row(game, live, *team)).collect(),
        standings: scoreboard.standings(),
        scores_shown: matches!(game.phase, Phase::Scores | Phase::Finished),
        rating: rating(game, live),
        over: over(game),
        review: live
            .selection
            .review
            .filter(|question| game.is_over(*question))
            .map(|question| review(game, live, question)),
        late: late(game, live),
        history: live
            .selection
            .history
            .and_then(|(team, question)| history::history(game, &live.roster, team, question)),
        notice: live.notice,
    }
}

fn over(game: &Game) -> Vec<(QuestionId, String)> {
    let over = game.quiz.questions().filter(|(id, ..)| game.is_over(*id));
    let mut over: Vec<_> = over.map(|(id, _, question)| (id, question.prompt.clone())).collect();
    over.reverse();
    over
}

/// Questions for which something came too late, the newest first.
fn late(game: &Game, live: &LiveState) -> Vec<LateArrival> {
    let mut late: Vec<LateArrival> = Vec::new();
    for ((question, team), answer) in game.answers.iter().rev() {
        if answer.unsettled().is_empty() {
            continue;
        }
        if late.last().is_none_or(|last| last.question != *question) {
            let prompt = game.quiz.question(*question).map(|(_, found)| found.prompt.clone()).unwrap_or_default();
            let acceptable = game.is_amendable(*question);
            late.push(LateArrival { question: *question, prompt, teams: Vec::new(), acceptable });
        }
        late.last_mut().into_iter().for_each(|last| last.teams.push((*team, live.roster.name(*team))));
    }
    late
}

fn review(game: &Game, live: &LiveState, question: QuestionId) -> Review {
    let row =
        |team: &TeamId| (*team, live.roster.name(*team), written(game, question, *team), game.mark(question, *team));
    Review { question, rows: game.teams.keys().map(row).collect(), reveal: game.reveal_report(&live.roster, question) }
}

/// One team on the wall.
pub fn row(game: &Game, live: &LiveState, team: TeamId) -> WallRow {
    let question = game.current();
    let answer = question.and_then(|question| game.answers.get(&(question, team)));
    let over = question.filter(|question| game.is_over(*question));
    let presence = live.presence.teams.get(&team);
    WallRow {
        team,
        name: live.roster.name(team),
        devices: presence.map(devices).unwrap_or_default(),
        was_here: presence.is_some_and(|presence| presence.seen_ms.is_some()),
        text: question.map(|question| written(game, question, team)).unwrap_or_default(),
        changed_ms: answer.filter(|answer| !is_blank(&answer.content)).map(|answer| answer.changed_ms),
        late: answer.map_or(0, |answer| answer.unsettled().len() as u32),
        mark: over.map(|question| game.mark(question, team)),
    }
}

fn devices(presence: &TeamPresence) -> Vec<Device> {
    let device = |(connection, page): (&u64, &ConnectedPage)| Device {
        transport: page.transport,
        line: page.round_trips.seen(),
        grace_ms: presence.grace_ms(*connection) as u32,
    };
    presence.pages.iter().map(device).collect()
}

fn written(game: &Game, question: QuestionId, team: TeamId) -> String {
    game.words(question, &game.document(question, team).content)
}

fn preview(game: &Game, id: QuestionId) -> Option<DeskQuestion> {
    let (_, question) = game.quiz.question(id)?;
    Some(DeskQuestion { question: game.revealed(id)?, solution: question.solution(), note: question.host_note.clone() })
}

fn moment(game: &Game) -> Moment {
    if game.phase.paused_ms().is_some() {
        return Moment::Paused;
    }
    match game.phase {
        Phase::Lobby => Moment::Lobby,
        Phase::Between => Moment::Between,
        Phase::Sealed { .. } => Moment::Sealed,
        Phase::Armed { .. } => Moment::Armed,
        Phase::Open { .. } => Moment::Open,
        Phase::Ending { .. } => Moment::Ending,
        Phase::Closed { question } => Moment::Closed { rated: game.is_rated(question) },
        Phase::Solution { .. } => Moment::Solution,
        Phase::Rating { .. } => Moment::Rating,
        Phase::RatingEnding { .. } => Moment::RatingEnding,
        Phase::Rated { .. } => Moment::Rated,
        Phase::Scores => Moment::Scores,
        Phase::Finished => Moment::Finished,
    }
}

/// What the primary action leads to, or why there is none.
fn after(game: &Game, primary: Option<Action>) -> After {
    let Some(action) = primary else {
        return if game.phase == Phase::Finished { After::Over } else { After::Running };
    };
    match action {
        Action::OpenQuestion | Action::NextRound => {
            game.next().and_then(|next| game.quiz.heading(next)).map_or(After::Plain, After::Question)
        }
        Action::StartRating => {
            let (answers, teams) = (game.rateable(game.round()).count(), game.teams.len().max(1));
            let each = (answers * limits::RATERS.min(teams - 1)).div_ceil(teams);
            let ms = each as Millis * limits::RATING_MS_PER_ANSWER;
            After::Rating { answers: answers as u32, each: each as u32, ms }
        }
        Action::Resume => After::Resume { left_ms: game.left_ms().unwrap_or(0) },
        _ => After::Plain,
    }
}

fn rating(game: &Game, live: &LiveState) -> Option<RatingDesk> {
    let round = game.round();
    let rating_round = game.rating_rounds.get(&round)?;
    let answers = game.rateable(round).map(|deal| RatedAnswer {
        team: deal.author,
        name: live.roster.name(deal.author),
        question: deal.question,
        text: game.document(deal.question, deal.author).content.text,
        stars: game.stars(round, deal.question, deal.author),
        mark: game.mark(deal.question, deal.author),
    });
    Some(RatingDesk {
        answers: answers.collect(),
        given: rating_round.stars.len() as u32,
        dealt: rating_round.sheets.values().map(|sheet| sheet.len() as u32).sum(),
    })
}
