//! The request to end, and an end that comes whatever hangs.

use std::future::Future;
use std::time::Duration;
use tokio::sync::oneshot;

/// How long the server has to end by itself: longer than everything that it waits for.
const DEADLINE: Duration = Duration::from_secs(8);

/// Waits for Ctrl-C, or a request to end from the system. A process that has not ended some seconds later is ended: what
/// was acknowledged is on disk, and nothing else can be lost.
pub fn asked() -> impl Future<Output = ()> + Send {
    let (ask, asked) = oneshot::channel();
    // On a thread of its own, which notices also when every other one is stuck.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        match runtime {
            Ok(runtime) => runtime.block_on(signal()),
            Err(error) => return tracing::error!(%error, "signals cannot be waited for"),
        }
        let _ = ask.send(());
        std::thread::sleep(DEADLINE);
        tracing::warn!("the server does not come to its end: it is ended");
        std::process::exit(1);
    });
    async move {
        if asked.await.is_err() {
            std::future::pending().await
        }
    }
}

async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupt.await;
}
