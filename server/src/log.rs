//! The log, on standard error. Much of what it tells of can be brought about by anybody who reaches the server: so no
//! line is long, and no place in the program says more than a little.

use crate::bucket::{Bucket, Rate};
use std::collections::HashMap;
use std::io::{Result, Write, stderr};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use tracing::callsite::Identifier;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Context, Filter, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

/// Longest line.
const LINE_BYTES: usize = 1_000;
/// Lines of one place in the program.
const LINES: Rate = Rate { burst: 20.0, per_second: 1.0 };

/// Begins to log what the environment asks for.
pub fn begin() {
    let filter = EnvFilter::try_from_env("QUIZWIRE_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    registry().with(filter).with(layer(stderr)).init();
}

fn layer<S, W>(writer: W) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    fmt::layer().with_writer(Short(writer)).with_filter(Throttle::default())
}

/// Lets each place in the program say so much.
#[derive(Default)]
struct Throttle(Mutex<HashMap<Identifier, Bucket>>);

impl<S> Filter<S> for Throttle {
    fn enabled(&self, _: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        true
    }

    fn event_enabled(&self, event: &Event<'_>, _: &Context<'_, S>) -> bool {
        let now = Instant::now();
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        places.entry(event.metadata().callsite()).or_insert_with(|| Bucket::new(LINES, now)).take(now)
    }
}

/// Cuts lines.
struct Short<W>(W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Short<W> {
    type Writer = ShortLine<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        ShortLine(self.0.make_writer())
    }
}

/// A line, which comes as a whole.
struct ShortLine<W>(W);

impl<W: Write> Write for ShortLine<W> {
    fn write(&mut self, line: &[u8]) -> Result<usize> {
        match line.get(..LINE_BYTES) {
            Some(beginning) => {
                self.0.write_all(String::from_utf8_lossy(beginning).as_bytes())?;
                self.0.write_all("… (cut)\n".as_bytes())?;
            }
            None => self.0.write_all(line)?,
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn no_line_is_long_and_no_place_says_much() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let file = Arc::new(std::fs::File::create(&path).unwrap());
        tracing::subscriber::with_default(registry().with(layer(file)), || {
            for _ in 0..1_000 {
                tracing::warn!(origin = "o".repeat(300_000), "refused");
            }
            tracing::warn!("something else");
        });
        let log = std::fs::read_to_string(path).unwrap();
        assert!((20..30).contains(&log.lines().filter(|line| line.ends_with("… (cut)")).count()), "{}", log.len());
        assert!(log.len() < 40_000 && log.contains("something else"), "{}", log.len());
    }
}
