//! The leaderboard: rows slide to their new places.

use crate::points::points;
use leptos::prelude::*;
use protocol::ids::TeamId;
use protocol::view::Standing;

/// Rows of one column; more teams take a second column.
const COLUMN: usize = 12;

/// The table. The team with the id `own` finds itself marked.
#[component]
pub fn Leaderboard(
    #[prop(into)] standings: Signal<Vec<Standing>>,
    #[prop(optional_no_strip)] own: Option<TeamId>,
) -> impl IntoView {
    let rows = Memo::new(move |before: Option<&Rows>| Rows::new(standings.get(), before));
    let wide = move || rows.with(|rows| rows.list.len() > COLUMN);
    // By place, not by team: what slides is drawn, and a row need not move in the table for it.
    let list = move || {
        let Rows { list, turn } = rows.get();
        list.into_iter()
            .map(|row| view! { <Row is_own={own == Some(row.standing.team)} row turn /> })
            .collect::<Vec<_>>()
    };
    view! {
        <table class="leaderboard" class:wide=wide aria-label="Leaderboard">
            <tbody>{list}</tbody>
        </table>
    }
}

/// The standings with how far each team has moved, in rows, since they last changed.
#[derive(Clone, PartialEq)]
struct Rows {
    list: Vec<Moved>,
    /// Turns over with every change, so that the animation starts anew.
    turn: bool,
}

#[derive(Clone, PartialEq)]
struct Moved {
    standing: Standing,
    by: i64,
}

impl Rows {
    fn new(standings: Vec<Standing>, before: Option<&Self>) -> Self {
        let was = |team: TeamId| before?.list.iter().position(|row| row.standing.team == team);
        let moved = |(standing, at): (Standing, i64)| {
            let by = was(standing.team).map_or(0, |before| before as i64 - at);
            Moved { standing, by }
        };
        Self { list: standings.into_iter().zip(0..).map(moved).collect(), turn: before.is_none_or(|rows| !rows.turn) }
    }
}

#[component]
fn Row(row: Moved, turn: bool, is_own: bool) -> impl IntoView {
    let Moved { standing, by } = row;
    view! {
        <tr
            class:own=is_own
            class:first={standing.place == 1 && standing.cents > 0}
            class:moved-odd={by != 0 && turn}
            class:moved-even={by != 0 && !turn}
            style:--by=by.to_string()
        >
            <td class="place">{standing.place.to_string()}</td>
            <th scope="row">{standing.name}</th>
            <td class="points">{points(standing.cents)}</td>
        </tr>
    }
}
