//! The quizmaster's view: everything, with names.

use crate::folding::is_blank;
use crate::history;
use crate::live::LiveState;
use crate::phase::Phase;
use crate::presence::{ConnectedPage, TeamPresence};
use crate::score::Scoreboard;
use crate::state::Game;
use protocol::client::Action;
use protocol::ids::{QuestionId, TeamId};
use protocol::limits;
use protocol::view::{DeskQuestion, DeskView, Device, LateArrival, RatedAnswer, RatingDesk, Review, WallRow};

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
        now: now(game),
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
        notice: live.notice.clone(),
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

fn now(game: &Game) -> String {
    if game.phase.paused_ms().is_some() {
        return "Paused: the question is covered and the fields are locked".into();
    }
    match game.phase {
        Phase::Lobby => "Lobby: teams are coming in",
        Phase::Between => "Between questions",
        Phase::Sealed { .. } => "Waiting until every page has the question",
        Phase::Armed { .. } => "Counting in",
        Phase::Open { .. } => "Open: teams are writing",
        Phase::Ending { .. } => "Time is up: collecting what is under way",
        Phase::Closed { question } if game.is_rated(question) => "Closed: other teams rate this later",
        Phase::Closed { .. } => "Closed: the solution is not shown yet",
        Phase::Solution { .. } => "The solution is shown",
        Phase::Rating { .. } => "Teams are rating",
        Phase::RatingEnding { .. } => "Rating is over: collecting what is under way",
        Phase::Rated { .. } => "Rated: the room has not seen the scores yet",
        Phase::Scores => "The leaderboard is shown",
        Phase::Finished => "Finished: the podium is shown",
    }
    .into()
}

/// What the primary action leads to, or why there is none, in words.
fn after(game: &Game, primary: Option<Action>) -> String {
    let heading = |question: QuestionId| {
        let heading = game.quiz.heading(question)?;
        Some(format!("{}: question {} of {}, {} s", heading.round, heading.number, heading.of, heading.seconds))
    };
    let Some(action) = primary else {
        let over = game.phase == Phase::Finished;
        return if over { "The evening is over." } else { "The clock runs; the next step comes by itself." }.into();
    };
    match action {
        Action::OpenQuestion | Action::NextRound => game.next.and_then(heading).unwrap_or_default(),
        Action::StartRating => {
            let (answers, teams) = (game.rateable(game.round()).count(), game.teams.len().max(1));
            let each = (answers * limits::RATERS.min(teams - 1)).div_ceil(teams);
            let minutes = (each as i64 * limits::RATING_MS_PER_ANSWER) as f64 / 60_000.0;
            format!("{answers} answers, about {each} for each team, {minutes:.1} min")
        }
        Action::Resume => format!("{} s are left", game.left_ms().unwrap_or(0) / 1_000),
        _ => String::new(),
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
