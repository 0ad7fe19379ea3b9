//! Where a server is, and coming in through its front door.

use crate::Result;
use anyhow::{Context, ensure};
use std::net::SocketAddr;

/// A running server with a game.
#[derive(Debug, Clone)]
pub struct Venue {
    /// Where it listens.
    pub address: SocketAddr,
    /// The game's code.
    pub code: String,
    http: reqwest::Client,
}

impl Venue {
    /// A server that listens there.
    pub fn new(address: SocketAddr, code: &str) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap_or_default();
        Self { address, code: code.to_owned(), http }
    }

    /// An address of the server.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The own origin.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A request with a cookie, as a page of this server sends it.
    pub fn request(&self, method: reqwest::Method, path: &str, cookie: &str) -> reqwest::RequestBuilder {
        self.http.request(method, self.url(path)).header("cookie", cookie).header("origin", self.origin())
    }

    /// Posts a form as a browser does, without following where it leads.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn post(&self, path: &str, form: &[(&str, &str)], origin: &str) -> Result<reqwest::Response> {
        let body: Vec<_> = form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let request = self.http.post(self.url(path)).header("origin", origin);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body.join("&"));
        Ok(request.send().await?)
    }

    /// Status and body of a page, with a cookie.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn get(&self, path: &str, cookie: &str) -> Result<(u16, String)> {
        let response = self.http.get(self.url(path)).header("cookie", cookie).send().await?;
        Ok((response.status().as_u16(), response.text().await?))
    }

    /// Logs a team in and returns its cookie.
    ///
    /// # Errors
    /// When the server does not let it in.
    pub async fn team_cookie(&self, name: &str, password: &str) -> Result<String> {
        let form = [("code", self.code.as_str()), ("name", name), ("password", password)];
        self.cookie("/login", &form).await
    }

    /// Logs the quizmaster in and returns the cookie.
    ///
    /// # Errors
    /// When the server does not let them in.
    pub async fn desk_cookie(&self, password: &str) -> Result<String> {
        self.cookie("/control/login", &[("password", password)]).await
    }

    /// Opens the big screen at this path, as a browser with this cookie, and returns the screen's cookie.
    ///
    /// # Errors
    /// When the server does not let it in.
    pub async fn screen_cookie(&self, path: &str, cookie: &str) -> Result<String> {
        let response = self.http.get(self.url(path)).header("cookie", cookie).send().await?;
        new_cookie(path, &response)
    }

    async fn cookie(&self, path: &str, form: &[(&str, &str)]) -> Result<String> {
        let response = self.post(path, form, &self.origin()).await?;
        new_cookie(path, &response)
    }
}

/// The cookie that comes with being sent on.
fn new_cookie(path: &str, response: &reqwest::Response) -> Result<String> {
    ensure!(response.status() == 303, "{path}: status {}", response.status());
    let header = response.headers().get("set-cookie").context("no cookie was set")?.to_str()?;
    ensure!(header.contains("HttpOnly") && header.contains("SameSite=Lax"), "{header}");
    Ok(header.split(';').next().unwrap_or_default().to_owned())
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
