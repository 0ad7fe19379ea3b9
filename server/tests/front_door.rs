//! The server through its front door: a real one on a free port, with typed clients.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

#[path = "front_door/process.rs"]
mod process;
#[path = "front_door/test_server.rs"]
mod test_server;

#[path = "front_door/bad_input.rs"]
mod bad_input;
#[path = "front_door/crowd.rs"]
mod crowd;
#[path = "front_door/doors.rs"]
mod doors;
#[path = "front_door/evening.rs"]
mod evening;
#[path = "front_door/fair.rs"]
mod fair;
#[path = "front_door/first_release.rs"]
mod first_release;
#[path = "front_door/kill.rs"]
mod kill;
#[path = "front_door/library.rs"]
mod library;
#[path = "front_door/locked.rs"]
mod locked;
#[path = "front_door/memory.rs"]
mod memory;
#[path = "front_door/merge.rs"]
mod merge;
#[path = "front_door/options.rs"]
mod options;
#[path = "front_door/peeking.rs"]
mod peeking;
#[path = "front_door/resume.rs"]
mod resume;
#[path = "front_door/reveal.rs"]
mod reveal;
#[path = "front_door/screens.rs"]
mod screens;
