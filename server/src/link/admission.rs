//! Who may come in: to which game, as what, by which session. Fixed when a connection begins.

use crate::app_state::App;
use crate::auth::{self, TokenHash};
use crate::clock;
use crate::room::Role;
use crate::storage::Identity;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use tokio::sync::broadcast;

/// A page that may come in.
pub struct Admission {
    /// Row of the game.
    pub game: i64,
    /// As what.
    pub role: Role,
    /// By which session.
    pub session: SessionWatch,
}

/// Whether a page may come in; an error when it cannot be found out.
pub type Admitted = Result<Option<Admission>, Response>;

fn broken() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, "The database cannot be read. Try again.").into_response()
}

/// A team's page, by its cookie.
pub async fn play(app: &App, jar: &CookieJar) -> Admitted {
    let session = SessionWatch::of(app);
    match auth::identify(&*app.directory, jar, auth::TEAM_COOKIE).await {
        Ok(Some((Identity::Team { team, game }, token))) => {
            Ok(Some(Admission { game, role: Role::Team(team), session: session.with(token) }))
        }
        Ok(_) => Ok(None),
        Err(_) => Err(broken()),
    }
}

/// The quizmaster's desk of a game, by its cookie.
pub async fn desk(app: &App, jar: &CookieJar, code: &str) -> Admitted {
    let session = SessionWatch::of(app);
    let session = match auth::identify(&*app.directory, jar, auth::DESK_COOKIE).await {
        Ok(Some((Identity::Quizmaster, token))) => Some(session.with(token)),
        Ok(_) => None,
        Err(_) => return Err(broken()),
    };
    let game = game(app, code).await?;
    Ok(session.map(|session| Admission { game, role: Role::Desk, session }))
}

/// The big screen of a game, by its cookie; without one, a screen that waits to be let in.
pub async fn screen(app: &App, jar: &CookieJar, code: &str) -> Admitted {
    let session = SessionWatch::of(app);
    let game = game(app, code).await?;
    match auth::identify(&*app.directory, jar, &auth::screen_cookie(code)).await {
        Ok(Some((Identity::Screen { game: of }, token))) if of == game => {
            Ok(Some(Admission { game, role: Role::Screen, session: session.with(token) }))
        }
        Ok(_) => Ok(Some(Admission { game, role: Role::Visitor, session })),
        Err(_) => Err(broken()),
    }
}

async fn game(app: &App, code: &str) -> Result<i64, Response> {
    match app.directory.game(code).await {
        Ok(Some(game)) => Ok(game.id),
        Ok(None) => Err((StatusCode::NOT_FOUND, "There is no game with this code.").into_response()),
        Err(_) => Err(broken()),
    }
}

/// The session that a connection lives by, and the news of its end. It listens before the session is looked up, so that
/// no end falls in between.
pub struct SessionWatch {
    /// Its token; a screen that waits has none.
    pub token: Option<TokenHash>,
    revoked: broadcast::Receiver<TokenHash>,
}

impl SessionWatch {
    fn of(app: &App) -> Self {
        Self { token: None, revoked: app.revoked.subscribe() }
    }

    fn with(mut self, token: TokenHash) -> Self {
        self.token = Some(token);
        self
    }

    /// Whether it is no longer in the database; a database that does not answer changes nothing.
    pub async fn has_expired(&self, app: &App) -> bool {
        match &self.token {
            Some(token) => matches!(app.directory.session(token, clock::now_ms()).await, Ok(None)),
            None => false,
        }
    }

    /// Waits for the end; one that may have been missed counts.
    pub async fn ended(&mut self) {
        loop {
            match self.revoked.recv().await {
                Ok(token) if Some(token) == self.token => return,
                Err(broadcast::error::RecvError::Lagged(_)) if self.token.is_some() => return,
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}
