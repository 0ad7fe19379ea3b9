//! Games, their teams and their pictures.

use super::{Store, journal};
use game::Fact;
use game::hall::PictureSeal;
use protocol::ids::{Millis, TeamId};
use protocol::seal::{self, Enclosure, Key};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeMap;

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

/// A team as it logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRow {
    /// Its id.
    pub id: TeamId,
    /// Its game.
    pub game: i64,
    /// Its name.
    pub name: String,
    /// Its password, hashed.
    pub password_hash: String,
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

/// A picture of a game that is to be made, under two ids that cannot be guessed.
pub struct NewPicture<'a> {
    /// The open one's.
    pub id: String,
    /// The sealed one's.
    pub sealed_id: String,
    /// Its kind.
    pub mime: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
    /// What seals it.
    pub key: Key,
}

/// A team of a game that is to be made.
pub struct NewTeam<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its password, hashed.
    pub password_hash: String,
}

/// A name as it is compared: case and repeated white space do not matter.
pub fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn game(row: SqliteRow) -> GameRow {
    GameRow { id: row.get(0), code: row.get(1), title: row.get(2), is_open: row.get(3) }
}

fn team(row: SqliteRow) -> TeamRow {
    TeamRow { id: TeamId(row.get(0)), game: row.get(1), name: row.get(2), password_hash: row.get(3) }
}

fn key(bytes: Vec<u8>) -> Key {
    Key(bytes.try_into().unwrap_or_default())
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

    /// The teams of a game.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn teams(&self, game: i64) -> sqlx::Result<Vec<TeamRow>> {
        let rows = sqlx::query("SELECT id, game_id, name, password_hash FROM teams WHERE game_id = ?1 ORDER BY id");
        Ok(rows.bind(game).fetch_all(&self.reader).await?.into_iter().map(team).collect())
    }

    /// The team of a game with this name, as people type it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn team(&self, game: i64, name: &str) -> sqlx::Result<Option<TeamRow>> {
        let row =
            sqlx::query("SELECT id, game_id, name, password_hash FROM teams WHERE game_id = ?1 AND name_key = ?2");
        Ok(row.bind(game).bind(name_key(name)).fetch_optional(&self.reader).await?.map(team))
    }

    /// How a game's pictures are sealed, by their open addresses.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn picture_seals(&self, game: i64) -> sqlx::Result<BTreeMap<String, PictureSeal>> {
        let rows = sqlx::query("SELECT id, sealed_id, length(bytes), key, mime FROM media WHERE game_id = ?1");
        let seal = |row: SqliteRow| {
            let bytes = seal::sealed_bytes(row.get::<i64, _>(2) as usize) as u32;
            let enclosure = Enclosure { url: format!("/sealed/{}", row.get::<String, _>(1)), bytes };
            let picture = PictureSeal { enclosure, key: key(row.get(3)), mime: row.get(4) };
            (format!("/media/{}", row.get::<String, _>(0)), picture)
        };
        Ok(rows.bind(game).fetch_all(&self.reader).await?.into_iter().map(seal).collect())
    }

    /// A picture and the key that seals it, by its sealed id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sealed_media(&self, sealed_id: &str) -> sqlx::Result<Option<(Vec<u8>, Key)>> {
        let row = sqlx::query("SELECT bytes, key FROM media WHERE sealed_id = ?1").bind(sealed_id);
        Ok(row.fetch_optional(&self.reader).await?.map(|row| (row.get(0), key(row.get(1)))))
    }

    /// A picture with its kind.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn media(&self, id: &str) -> sqlx::Result<Option<(String, Vec<u8>)>> {
        let row =
            sqlx::query("SELECT mime, bytes FROM media WHERE id = ?1").bind(id).fetch_optional(&self.reader).await?;
        Ok(row.map(|row| (row.get(0), row.get(1))))
    }
}
