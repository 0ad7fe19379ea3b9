-- The library: quizzes as they are written. What a list shows of one stands beside it.
CREATE TABLE quizzes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    rounds INTEGER NOT NULL,
    questions INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    draft TEXT NOT NULL,
    -- Counts its changes, so that nobody overwrites what they have not seen.
    revision INTEGER NOT NULL,
    -- Which of its steps is shown: those before it can be taken back, those behind it made again.
    step INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    archived_ms INTEGER,
    deleted_ms INTEGER
);

-- What each quiz was after each change.
CREATE TABLE quiz_steps (
    quiz_id INTEGER NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    draft TEXT NOT NULL,
    PRIMARY KEY (quiz_id, step)
);

-- The files that quizzes name. What is in them is kept by its hash, in a database of its own.
CREATE TABLE quiz_media (
    quiz_id INTEGER NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (quiz_id, name)
);
