CREATE TABLE quizmaster (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    password_hash TEXT NOT NULL
);

CREATE TABLE games (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    is_open INTEGER NOT NULL DEFAULT 1,
    created_ms INTEGER NOT NULL,
    -- When the owner last had a clock running: what an outage is measured against.
    alive_ms INTEGER NOT NULL DEFAULT 0,
    -- Grows with every server process that takes the game over; an older one can no longer append.
    owner_epoch INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE teams (
    id INTEGER PRIMARY KEY,
    game_id INTEGER NOT NULL REFERENCES games (id),
    name TEXT NOT NULL,
    -- The name as it is compared: without case and repeated white space.
    name_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    UNIQUE (game_id, name_key)
);

-- One row is one batch of a room; the blob is a list of facts in named MessagePack.
CREATE TABLE journal (
    game_id INTEGER NOT NULL REFERENCES games (id),
    first_seq INTEGER NOT NULL,
    count INTEGER NOT NULL,
    owner_epoch INTEGER NOT NULL,
    format INTEGER NOT NULL,
    blob BLOB NOT NULL,
    PRIMARY KEY (game_id, first_seq)
);

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,
    -- The team that is logged in, or nothing for the quizmaster.
    team_id INTEGER REFERENCES teams (id),
    expires_ms INTEGER NOT NULL
);

CREATE TABLE media (
    id TEXT PRIMARY KEY,
    game_id INTEGER NOT NULL REFERENCES games (id),
    mime TEXT NOT NULL,
    bytes BLOB NOT NULL
);
