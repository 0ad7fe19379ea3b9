//! The leaderboard: rows slide to their new places.

use crate::points::points;
use leptos::prelude::*;
use protocol::ids::TeamId;
use protocol::view::Standing;
use std::collections::BTreeMap;

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
    view! {
        <table class="leaderboard" class:wide=wide aria-label="Leaderboard">
            <tbody>
                <For each=move || rows.get().list key=|row| row.standing.team let:row>
                    <Row team=row.standing.team rows is_own={own == Some(row.standing.team)} />
                </For>
            </tbody>
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
        let index: BTreeMap<_, _> = before
            .iter()
            .flat_map(|rows| rows.list.iter().zip(0i64..))
            .map(|(row, at)| (row.standing.team, at))
            .collect();
        let moved = |(standing, at): (Standing, i64)| {
            let by = index.get(&standing.team).map_or(0, |before| before - at);
            Moved { standing, by }
        };
        Self { list: standings.into_iter().zip(0..).map(moved).collect(), turn: before.is_none_or(|rows| !rows.turn) }
    }

    fn of(&self, team: TeamId) -> Option<&Moved> {
        self.list.iter().find(|row| row.standing.team == team)
    }
}

#[component]
fn Row(team: TeamId, rows: Memo<Rows>, is_own: bool) -> impl IntoView {
    let row = Memo::new(move |_| rows.with(|rows| rows.of(team).cloned()));
    let turn = move || rows.with(|rows| rows.turn);
    let by = move || row.with(|row| row.as_ref().map_or(0, |row| row.by));
    let text = move |of: fn(&Standing) -> String| {
        row.with(|row| row.as_ref().map(|row| of(&row.standing)).unwrap_or_default())
    };
    view! {
        <tr
            class:own=is_own
            class:first=move || row.with(|row| row.as_ref().is_some_and(|row| row.standing.place == 1 && row.standing.cents > 0))
            class:moved-odd=move || by() != 0 && turn()
            class:moved-even=move || by() != 0 && !turn()
            style:--by=move || by().to_string()
        >
            <td class="place">{move || text(|standing| standing.place.to_string())}</td>
            <th scope="row">{move || text(|standing| standing.name.clone())}</th>
            <td class="points">{move || text(|standing| points(standing.cents))}</td>
        </tr>
    }
}
