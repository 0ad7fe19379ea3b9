//! The server as a process of its own, for what ends with the process.

use crate::test_server::TestServer;
use std::fs::OpenOptions;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server process; it does not outlive the test.
pub struct Process(pub Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Process {
    /// Ends the server of this process and starts a process in its place, on another port.
    pub async fn instead(server: &mut TestServer, descriptors: Option<u32>) -> Self {
        server.close().await;
        server.venue.address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        Self::start(server, descriptors).await
    }

    /// Starts a process where the server was, with no more than so many descriptors.
    pub async fn start(server: &TestServer, descriptors: Option<u32>) -> Self {
        let log = OpenOptions::new().append(true).create(true).open(Self::log(server)).unwrap();
        let limit = descriptors.map_or(String::new(), |descriptors| format!("ulimit -n {descriptors}; "));
        let child = Command::new("sh")
            .args(["-c", &format!("{limit}exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_quizwire")])
            .args(["serve", "--listen", &server.address.to_string(), "--database"])
            .arg(server.database())
            .args(["--leptos", concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml")])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let process = Self(child);
        for _ in 0..200 {
            if reqwest::get(server.url("/healthz")).await.is_ok_and(|response| response.status() == 200) {
                return process;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server does not come up");
    }

    /// Where its processes log to.
    pub fn log(server: &TestServer) -> PathBuf {
        server.database().with_extension("log")
    }

    /// Asks it to end, as the system does, and waits for that; tells whether it came.
    pub async fn terminate(&mut self, within: Duration) -> bool {
        let pid = rustix::process::Pid::from_raw(self.0.id() as i32).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        let begun = Instant::now();
        while begun.elapsed() < within {
            if self.0.try_wait().unwrap().is_some() {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }
}
