-- A session can be a big screen's, too.
ALTER TABLE sessions ADD COLUMN screen_game_id INTEGER REFERENCES games (id);
