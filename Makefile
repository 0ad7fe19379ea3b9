# The README's commands; the work is in scripts/.

SOURCES := Cargo.toml Cargo.lock Leptos.toml $(shell find protocol game quiz app frontend server style public -type f -not -path '*/tests/*')
BUILT := target/site/.built

.PHONY: run build test torture attack bench skew check dist screenshots

run: setup-run $(BUILT) ## Installs what is missing, builds, and serves the demo on http://127.0.0.1:3000
	@target/release/quizwire serve --demo

build: setup-run $(BUILT) ## target/release/quizwire and target/site

test: setup-test $(BUILT) ## Every test, browser tests included
	@scripts/test

torture: setup-run ## KILLS=1000 kills of the server under simulated teams; SEED draws the same again
	@scripts/torture

attack: setup-run ## Doctored pages and strangers against honest teams; SECONDS_EACH says how long each attack takes
	@scripts/attack

bench: setup-run ## How long a full hall takes to come back, against bare handshakes
	@scripts/bench

skew: setup-run ## How far apart 200 pages reveal a question, simulated, against other ways to agree on a clock
	@cargo run --release -q -p skew

check: setup-run ## Formatting, lints, forbidden crate edges, documentation
	@scripts/check

dist: build ## dist/: a folder that runs without Rust, Node or internet
	@scripts/dist

screenshots: setup-test $(BUILT) ## docs/screenshots/: every page, desktop and phone, light and dark
	@scripts/screenshots

.PHONY: setup-run setup-test
setup-run:
	@scripts/setup --no-browser

setup-test:
	@scripts/setup

$(BUILT): $(SOURCES)
	@scripts/build
	@touch $@
