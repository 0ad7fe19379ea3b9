//! The binary `quizwire`.

use clap::Parser;
use std::process::ExitCode;

/// The system's keeps what is freed in arenas of its threads: after a million keypresses that is more than a gigabyte.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::log::begin();
    let result = tokio::runtime::Runtime::new().map_err(Into::into).and_then(|runtime| {
        let result = runtime.block_on(server::run(server::config::Cli::parse()));
        // Whatever still runs has nothing to say any more.
        runtime.shutdown_background();
        result
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("quizwire: {error:#}");
            ExitCode::FAILURE
        }
    }
}
