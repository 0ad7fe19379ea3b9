//! Games.

use super::media::NewPicture;
use super::teams::{NewTeam, name_key};
use super::{Store, journal};
use game::Fact;
use protocol::ids::{Millis, TeamId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A game as the control panel lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GameRow {
    /// Its row.
    pub id: i64,
    /// Its short code.
    pub code: String,
    /// Title of its quiz.
    pub title: String,
    /// Whether teams can log in.
    pub is_open: bool,
}

/// A game that is to be made.
pub struct NewGame<'a> {
    /// Its short code.
    pub code: &'a str,
    /// Title of its quiz.
    pub title: &'a str,
    /// When it is made.
    pub now_ms: Millis,
    /// Its pictures.
    pub pictures: &'a [NewPicture<'a>],
    /// Its teams.
    pub teams: &'a [NewTeam<'a>],
}

fn game(row: SqliteRow) -> GameRow {
    GameRow { id: row.get(0), code: row.get(1), title: row.get(2), is_open: row.get(3) }
}

impl Store {
    /// Makes a game with everything that belongs to it and its first facts, all or nothing, and returns its row. The
    /// facts are made of the ids that its teams get.
    ///
    /// # Errors
    /// When the database fails, the code is taken, or two teams have one name.
    pub async fn found(&self, new: &NewGame<'_>, facts: impl FnOnce(Vec<TeamId>) -> Vec<Fact>) -> sqlx::Result<i64> {
        let mut transaction = self.begin().await?;
        let insert = sqlx::query("INSERT INTO games (code, title, created_ms) VALUES (?1, ?2, ?3) RETURNING id");
        let insert = insert.bind(new.code).bind(new.title).bind(new.now_ms);
        let game: i64 = insert.fetch_one(&mut *transaction).await?.get(0);
        for picture in new.pictures {
            let insert = "INSERT INTO media (id, sealed_id, game_id, mime, bytes, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let insert = sqlx::query(insert).bind(&picture.id).bind(&picture.sealed_id).bind(game);
            let insert = insert.bind(picture.mime).bind(picture.bytes).bind(&picture.key.0[..]);
            insert.execute(&mut *transaction).await?;
        }
        let mut teams = Vec::new();
        for team in new.teams {
            let insert =
                "INSERT INTO teams (game_id, name, name_key, password_hash) VALUES (?1, ?2, ?3, ?4) RETURNING id";
            let insert = sqlx::query(insert).bind(game).bind(team.name).bind(name_key(team.name));
            let row = insert.bind(&team.password_hash).fetch_one(&mut *transaction).await?;
            teams.push(TeamId(row.get(0)));
        }
        journal::begin(&mut transaction, game, &facts(teams)).await?;
        self.commit(transaction).await?;
        Ok(game)
    }

    /// Closes all games of a quiz of this title to teams.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_games(&self, title: &str) -> sqlx::Result<()> {
        let update = sqlx::query("UPDATE games SET is_open = 0 WHERE is_open AND title = ?1").bind(title);
        self.write(update).await.map(|_| ())
    }

    /// All games, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn games(&self) -> sqlx::Result<Vec<GameRow>> {
        let rows = sqlx::query("SELECT id, code, title, is_open FROM games ORDER BY id DESC LIMIT 200");
        Ok(rows.fetch_all(&self.reader).await?.into_iter().map(game).collect())
    }

    /// Games that teams can log in to, the newest first, no more than `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_games(&self, most: u32) -> sqlx::Result<Vec<GameRow>> {
        let rows = "SELECT id, code, title, is_open FROM games WHERE is_open ORDER BY id DESC LIMIT ?1";
        Ok(sqlx::query(rows).bind(most).fetch_all(&self.reader).await?.into_iter().map(game).collect())
    }

    /// The game with this code, in any case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn game(&self, code: &str) -> sqlx::Result<Option<GameRow>> {
        let row = sqlx::query("SELECT id, code, title, is_open FROM games WHERE code = ?1").bind(code.to_uppercase());
        Ok(row.fetch_optional(&self.reader).await?.map(game))
    }

    /// The game with this row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn game_by_id(&self, id: i64) -> sqlx::Result<Option<GameRow>> {
        let row = sqlx::query("SELECT id, code, title, is_open FROM games WHERE id = ?1").bind(id);
        Ok(row.fetch_optional(&self.reader).await?.map(game))
    }
}
