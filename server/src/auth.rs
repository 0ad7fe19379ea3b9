//! Passwords, sessions and their cookies.

mod argon;
mod attempts;

pub use attempts::Attempts;

use crate::clock;
use crate::storage::{Directory, Identity};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use protocol::ids::Millis;
use protocol::limits;
use rand::RngExt;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Cookie of a team's session.
pub const TEAM_COOKIE: &str = "quizwire_team";
/// Cookie of the quizmaster's session; another one, so that one laptop can be both.
pub const DESK_COOKIE: &str = "quizwire_desk";
/// What the names of big screens' cookies begin with; the code of the game follows.
const SCREEN_COOKIES: &str = "quizwire_screen_";
/// How long a session lasts.
const SESSION_MS: Millis = 24 * 3_600_000;
/// Passwords hashed at once: each takes memory that is then kept, and a core.
const HASHERS: usize = 2;

static POOL: Semaphore = Semaphore::const_new(HASHERS);
/// Verified against when there is no such team, so that the answer takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| argon::hash(&random_hex()).unwrap_or_default());

/// Hash of a session token: all that is stored of it.
pub type TokenHash = [u8; 32];

/// Hashes a password on the bounded pool.
///
/// # Errors
/// When it is too long or hashing fails.
pub async fn hash(password: String) -> anyhow::Result<String> {
    anyhow::ensure!(password.chars().count() <= limits::PASSWORD_CHARS, "the password is too long");
    let _place = POOL.acquire().await?;
    tokio::task::spawn_blocking(move || argon::hash(&password)).await?
}

/// Whether the password is the one that was hashed; takes as long when there is no hash to compare with.
///
/// # Errors
/// When the pool is gone.
pub async fn verify(password: String, hash: Option<String>) -> anyhow::Result<bool> {
    if password.chars().count() > limits::PASSWORD_CHARS {
        return Ok(false);
    }
    let _place = POOL.acquire().await?;
    let verified = tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        anyhow::Ok(argon::verify(&password, &hash)? && known)
    });
    verified.await?
}

/// 256 random bits in hex.
pub fn random_hex() -> String {
    let mut random = rand::rng();
    (0..32).map(|_| format!("{:02x}", random.random::<u8>())).collect()
}

/// A password that is easily read aloud: 20 letters in groups of four, 90 bits.
pub fn readable_password() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz";
    let mut random = rand::rng();
    let mut group = || (0..4).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())])).collect::<String>();
    [group(), group(), group(), group(), group()].join("-")
}

/// A team's password: four syllables in two groups, easily read out and typed, 26 bits. Attempts at a team are few.
pub fn team_password() -> String {
    const CONSONANTS: &[u8] = b"bdfghjkmnprstvwxyz";
    const VOWELS: &[u8] = b"aeiou";
    let mut random = rand::rng();
    let mut letter = |of: &[u8]| char::from(of[random.random_range(0..of.len())]);
    let mut group = || [CONSONANTS, VOWELS, CONSONANTS, VOWELS].map(&mut letter).iter().collect::<String>();
    [group(), group()].join("-")
}

/// SHA-256.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn token_hash(token: &str) -> TokenHash {
    digest(token.as_bytes())
}

/// Name of the cookie of a game's big screen; one for each game, so that one laptop can show several.
pub fn screen_cookie(code: &str) -> String {
    format!("{SCREEN_COOKIES}{}", code.to_uppercase())
}

/// Begins a session and returns its cookie of this name.
///
/// # Errors
/// When the database fails.
pub async fn begin(directory: &dyn Directory, identity: Identity, name: String) -> sqlx::Result<Cookie<'static>> {
    let token = random_hex();
    let now_ms = clock::now_ms();
    directory.add_session(&token_hash(&token), identity, now_ms, now_ms + SESSION_MS).await?;
    Ok(cookie(name, token))
}

/// Hashes of all session tokens that a browser shows.
pub fn tokens(jar: &CookieJar) -> impl Iterator<Item = TokenHash> {
    jar.iter().filter(|cookie| is_session(cookie.name())).map(|cookie| token_hash(cookie.value()))
}

fn is_session(name: &str) -> bool {
    name == TEAM_COOKIE || name == DESK_COOKIE || name.starts_with(SCREEN_COOKIES)
}

/// The token of the cookie of this name, hashed.
fn token(jar: &CookieJar, name: &str) -> Option<TokenHash> {
    jar.get(name).map(|cookie| token_hash(cookie.value()))
}

/// Who the cookie of this name belongs to, with the hash of its token.
///
/// # Errors
/// When the database fails.
pub async fn identify(
    directory: &dyn Directory,
    jar: &CookieJar,
    name: &str,
) -> sqlx::Result<Option<(Identity, TokenHash)>> {
    let Some(hash) = token(jar, name) else { return Ok(None) };
    Ok(directory.session(&hash, clock::now_ms()).await?.map(|identity| (identity, hash)))
}

/// A cookie that removes the one of this name.
pub fn removal(name: &'static str) -> Cookie<'static> {
    let mut gone = cookie(name.into(), String::new());
    gone.make_removal();
    gone
}

/// `Secure` is left out: on a LAN the page comes over plain HTTP. Lax, because Strict is lost when a link in a mail
/// opens the page; the Origin check covers the rest. With an age, because a browser that is closed by accident drops
/// cookies without one.
fn cookie(name: String, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::milliseconds(SESSION_MS))
        .build()
}
