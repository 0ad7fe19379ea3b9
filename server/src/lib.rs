//! Quizwire's server: the network and the disk around the rules.
//!
//! Pages are one nested type each, deeper than the default limit.
#![recursion_limit = "512"]

pub mod app_state;
pub mod assets;
pub mod auth;
pub mod banner;
pub mod bucket;
pub mod clock;
pub mod config;
pub mod demo;
pub mod games;
pub mod http;
pub mod hub;
pub mod library;
pub mod link;
pub mod listener;
pub mod log;
pub mod origin;
pub mod picture;
pub mod pictures;
pub mod polls;
pub mod qr;
mod quiz_command;
pub mod room;
mod stop;
pub mod storage;
pub mod store;
pub mod uploads;

use anyhow::Context;
use app_state::AppState;
use auth::Attempts;
use config::{Cli, Command, Database, PasswordCommand, Serve};
use hub::Hub;
use listener::Guests;
use pictures::Pictures;
use polls::Polls;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use storage::Directory;
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::{broadcast, watch};
use uploads::Uploads;

/// How long the database has to be closed.
const CLOSE: Duration = Duration::from_secs(2);
/// Ended sessions that connections may be behind with.
const REVOKED: usize = 256;

/// Does what the command line says.
///
/// # Errors
/// When it cannot be done, with a sentence that says why.
pub async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve(settings) => {
            let socket = settings.socket();
            let in_use =
                || format!("Cannot listen on {socket}. Is another Quizwire running? Try --listen with another port.");
            listener::raise_descriptors();
            let listener = listener::bind(socket).with_context(in_use)?;
            serve(listener, settings, stop::asked(), |banner| print!("{banner}")).await
        }
        Command::Password(password) => match password.command {
            PasswordCommand::Reset(Database { database }) => {
                let store = Store::open(&database).await?;
                println!("The quizmaster's new password: {}", new_password(&store).await?);
                store.close().await;
                Ok(())
            }
        },
        Command::Quiz(quiz) => quiz_command::run(quiz.command).await,
    }
}

/// Serves until `stop` is there; hands the start-up message over once everything is ready.
///
/// # Errors
/// When the database or the site cannot be opened, or serving fails.
pub async fn serve(
    listener: TcpListener,
    settings: Serve,
    stop: impl Future<Output = ()> + Send + 'static,
    announce: impl FnOnce(banner::Banner),
) -> anyhow::Result<()> {
    // Rendering spawns on this runtime; a second server of the same process finds it set already.
    let _ = any_spawner::Executor::init_tokio();
    let store = open_store(&settings.database.database).await?;
    let storage = store.storage();
    let password = match storage.directory.quizmaster().await? {
        Some(_) => None,
        None => Some(new_password(&store).await?),
    };
    let demo = if settings.demo { demo::ensure(&store).await? } else { None };
    let options = leptos_options(&settings.leptos)?;
    let bound = listener.local_addr()?;
    let address = settings.join_address(bound);
    let shut = watch::Sender::new(false);
    let shutdown = shut.subscribe();
    let app = Arc::new(AppState {
        directory: storage.directory.clone(),
        hub: Hub::new(storage, address.clone()),
        pictures: Pictures::default(),
        uploads: Uploads::new(folder(&settings.database.database)),
        polls: Polls::default(),
        attempts: Attempts::default(),
        origins: settings.origins.clone(),
        assets: assets::find(&options),
        revoked: broadcast::channel(REVOKED).0,
        shutdown: shutdown.clone(),
    });
    let router = http::router(app, Path::new(options.site_root.as_ref()));
    announce(banner::Banner { address, lan: !bound.ip().is_loopback(), password, demo });
    let asked = shut.clone();
    tokio::spawn(async move {
        stop.await;
        tracing::info!("stopping: pages are told to come back");
        asked.send_replace(true);
    });
    let guests = Guests::default();
    tokio::select! {
        () = listener::serve(listener, router, &guests, shutdown) => {}
        () = store.failed() => {
            shut.send_replace(true);
            anyhow::bail!("The disk failed to sync, so nobody knows what is on it. Nothing that was \"Saved\" is lost: set the disk right and start again.");
        }
    }
    if tokio::time::timeout(CLOSE, store.close()).await.is_err() {
        tracing::warn!("the database is still in use: it is left as it is, with everything that was acknowledged");
    }
    Ok(())
}

/// Where a database lies.
fn folder(database: &Path) -> PathBuf {
    database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

async fn open_store(path: &Path) -> anyhow::Result<Store> {
    Store::open(path).await.with_context(|| format!("Cannot open the database {}.", path.display()))
}

async fn new_password(store: &dyn Directory) -> anyhow::Result<String> {
    let password = auth::readable_password();
    store.set_quizmaster(&auth::hash(password.clone()).await?).await?;
    Ok(password)
}

fn leptos_options(file: &Path) -> anyhow::Result<leptos::config::LeptosOptions> {
    let name = file.to_str().context("The path of Leptos.toml is not readable.")?;
    let options = leptos::config::get_configuration(Some(name)).map_err(|error| anyhow::anyhow!("{error}"));
    let mut options = options
        .with_context(|| format!("Cannot read {name}: start Quizwire where it lies, or name it with --leptos."))?
        .leptos_options;
    // The site lies beside the file that names it, wherever the server was started.
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        options.site_root = folder.join(options.site_root.as_ref()).to_string_lossy().into();
    }
    Ok(options)
}
