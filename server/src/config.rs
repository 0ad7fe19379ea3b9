//! Settings: flags, or variables of the same names in capitals.

use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::PathBuf;

/// Quizwire: a real-time team quiz for a room full of laptops.
#[derive(Debug, Parser)]
#[command(name = "quizwire", version, about, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the quiz to browsers.
    Serve(Serve),
    /// The quizmaster's password.
    Password(PasswordArgs),
    /// The library: check files, bring quizzes in, take them out.
    Quiz(QuizArgs),
}

/// Settings of the server.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Address and port to listen on.
    #[arg(long, env = "QUIZWIRE_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
    /// Listen on the whole network (the port of --listen on every interface) and print a QR code to join.
    #[arg(long, env = "QUIZWIRE_LAN", value_parser = FalseyValueParser::new())]
    pub lan: bool,
    /// Address that teams join at, as printed and shown on the big screen; found out if not given.
    #[arg(long, env = "QUIZWIRE_ADDRESS", value_name = "URL")]
    pub address: Option<String>,
    /// A further origin whose pages may connect, such as a proxy's; may be given several times.
    #[arg(long = "origin", env = "QUIZWIRE_ORIGINS", value_delimiter = ',', value_name = "URL")]
    pub origins: Vec<String>,
    /// The database file; it is made if it is not there.
    #[command(flatten)]
    pub database: Database,
    /// Keep a demo game with six teams ready to play.
    #[arg(long, env = "QUIZWIRE_DEMO", value_parser = FalseyValueParser::new())]
    pub demo: bool,
    /// Leptos options: where the site's files are.
    #[arg(long, env = "QUIZWIRE_LEPTOS", default_value = "Leptos.toml", value_name = "FILE")]
    pub leptos: PathBuf,
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct Database {
    /// The database file; it is made if it is not there.
    #[arg(long, env = "QUIZWIRE_DATABASE", default_value = "data/quizwire.db", value_name = "FILE")]
    pub database: PathBuf,
}

/// The library of quizzes.
#[derive(Debug, Args)]
pub struct QuizArgs {
    /// What to do with it.
    #[command(subcommand)]
    pub command: QuizCommand,
}

/// What can be done with quizzes.
#[derive(Debug, Subcommand)]
pub enum QuizCommand {
    /// Say what would come of files, without bringing them in.
    Check {
        /// Files of any format that Quizwire reads.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Bring files into the library.
    Import {
        /// Files of any format that Quizwire reads.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Where the library is.
        #[command(flatten)]
        database: Database,
    },
    /// List the quizzes of the library.
    List(Database),
    /// Take a quiz out; the ending of the file says the format: .quizwire, .json, .gift, .xml (Moodle) or .csv.
    Export {
        /// Its number, as "quiz list" prints it.
        id: i64,
        /// The file to write.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Where the library is.
        #[command(flatten)]
        database: Database,
    },
}

/// The quizmaster's password.
#[derive(Debug, Args)]
pub struct PasswordArgs {
    /// What to do with it.
    #[command(subcommand)]
    pub command: PasswordCommand,
}

/// What can be done with the quizmaster's password.
#[derive(Debug, Subcommand)]
pub enum PasswordCommand {
    /// Set a new one, print it, and log the quizmaster out everywhere.
    Reset(Database),
}

impl Serve {
    /// Where to listen.
    pub fn socket(&self) -> SocketAddr {
        if self.lan { SocketAddr::from((Ipv4Addr::UNSPECIFIED, self.listen.port())) } else { self.listen }
    }

    /// The address that teams join at, for a server that listens on `bound`.
    pub fn join_address(&self, bound: SocketAddr) -> String {
        if let Some(address) = &self.address {
            return address.trim_end_matches('/').to_owned();
        }
        let ip = if bound.ip().is_unspecified() { outward().unwrap_or(Ipv4Addr::LOCALHOST.into()) } else { bound.ip() };
        format!("http://{}", SocketAddr::from((ip, bound.port())))
    }
}

/// The address that the machine would use to reach its network; nothing is sent.
fn outward() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}
