-- Files by the hash of what is in them, in pieces, so that no large one holds up another.
CREATE TABLE blobs (
    hash BLOB PRIMARY KEY,
    bytes INTEGER NOT NULL,
    kept_ms INTEGER NOT NULL
);

CREATE TABLE chunks (
    hash BLOB NOT NULL,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (hash, number)
);
