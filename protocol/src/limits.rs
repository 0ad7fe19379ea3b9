//! Every bound of the product, in one place, with its unit in its name.

use std::ops::RangeInclusive;

/// Longest frame a team may send; what a batch of edits is cut to.
pub const CLIENT_FRAME_BYTES: usize = 4 * 1024;
/// Edits in one batch.
pub const BATCH_EDITS: usize = 64;
/// Changes of one edit that others' edits have split, as it comes and as it is stored.
pub const EDIT_CHANGES: usize = 64;
/// Changes of all edits of one answer together.
pub const ANSWER_CHANGES: usize = 2 * ANSWER_EDITS;
/// Pairs of a change of ours and one of theirs that placing one batch may take: some ten milliseconds. An honest batch
/// that needs more comes again in parts.
pub const BATCH_PAIRS: usize = 50_000;
/// The same for everything of one answer that came too late, when the quizmaster accepts it or looks at it.
pub const LATE_PAIRS: usize = 200_000;
/// Edits and clicks of one team in one game: five devices that type without a pause for two hours.
pub const TEAM_FACTS: u32 = 300_000;
/// What they bring, in bytes.
pub const TEAM_BYTES: u64 = 32 * 1024 * 1024;
/// Clicks on stars of one team in one round.
pub const RATING_CLICKS: usize = 2_000;
/// Steps and answers that a page hears of when it comes back, in bytes; beyond, it hears how answers stand.
pub const WELCOME_BYTES: usize = 256 * 1024;
/// Inserted text of one splice; longer pastes become several splices.
pub const SPLICE_CHARS: usize = 400;
/// Inserted text of one batch, so that its frame stays under [`CLIENT_FRAME_BYTES`] with four bytes a character.
pub const BATCH_CHARS: usize = 600;
/// Longest long-text answer.
pub const LONG_TEXT_CHARS: usize = 2_000;
/// Longest short-text answer.
pub const SHORT_TEXT_CHARS: usize = 120;
/// Longest number, as typed.
pub const NUMBER_CHARS: usize = 40;
/// Options of a choice; they fit a 32-bit set.
pub const OPTIONS: usize = 12;
/// Edits of one answer; 25 minutes of the fastest typing.
pub const ANSWER_EDITS: usize = 20_000;
/// How far behind the newest revision an edit may be based.
pub const BASE_LAG_REVISIONS: usize = 2_000;
/// Page loads of one team that one game remembers.
pub const WRITERS_PER_TEAM: usize = 1_000;
/// Answers a page names when it comes back.
pub const KNOWN_ANSWERS: usize = 16;
/// Unacknowledged entries a page keeps.
pub const OUTBOX_ENTRIES: usize = 20_000;
/// Longest that a browser keeps what could not be sent; as long as a session.
pub const KEPT_MS: i64 = 24 * 3_600_000;
/// Earlier page loads whose unsent entries a page takes over at once.
pub const ORPHANS: usize = 16;
/// Versions of an answer that the desk lists.
pub const HISTORY_VERSIONS: usize = 60;
/// Texts of all versions together, in bytes; as much again for what came too late.
pub const HISTORY_BYTES: usize = 256 * 1024;
/// Nobody typed for this long: the answer as it stands is a version of its own.
pub const VERSION_MS: i64 = 1_500;
/// Late edits of one answer that are kept for the quizmaster to accept.
pub const LATE_EDITS: usize = 2_000;
/// Their changes together.
pub const LATE_CHANGES: usize = 2 * LATE_EDITS;
/// Teams of one game.
pub const TEAMS: usize = 1_000;
/// Teams that a lobby lists; of more, those that came last.
pub const LOBBY_TEAMS: usize = 60;
/// Least time between two messages about who is here, how lines are, and what else comes in crowds.
pub const THROTTLE_MS: i64 = 250;
/// Questions of one quiz.
pub const QUESTIONS: usize = 400;
/// Rounds of one quiz.
pub const ROUNDS: usize = 60;
/// What a question can be worth.
pub const QUESTION_POINTS: RangeInclusive<u32> = 1..=1_000;
/// What it is worth unless somebody says so.
pub const QUESTION_POINTS_USUAL: u32 = 10;
/// What time a question can have, in seconds.
pub const QUESTION_SECONDS: RangeInclusive<u32> = 5..=3_600;
/// What it has unless somebody says so.
pub const QUESTION_SECONDS_USUAL: u32 = 60;
/// Longest title of a quiz or a round.
pub const TITLE_CHARS: usize = 120;
/// Longest question.
pub const PROMPT_CHARS: usize = 1_000;
/// Longest option.
pub const OPTION_CHARS: usize = 200;
/// Texts that one question accepts as right.
pub const ACCEPTED: usize = 40;
/// Longest explanation, and longest note to the host.
pub const EXPLANATION_CHARS: usize = 1_000;
/// Longest intro of a round, and longest criterion of a rating.
pub const INTRO_CHARS: usize = 300;
/// Longest description of a picture.
pub const DESCRIPTION_CHARS: usize = 500;
/// Longest unit of a number.
pub const UNIT_CHARS: usize = 20;
/// Words that a quiz or a question is found by.
pub const TAGS: usize = 20;
/// Longest of them.
pub const TAG_CHARS: usize = 40;
/// Largest file that is brought in.
pub const IMPORT_BYTES: usize = 64 * 1024 * 1024;
/// What an archive or a spreadsheet may unpack to, all its parts together.
pub const UNPACKED_BYTES: u64 = 256 * 1024 * 1024;
/// Largest file in an archive.
pub const ARCHIVED_BYTES: u64 = 32 * 1024 * 1024;
/// Files in an archive.
pub const ARCHIVE_FILES: usize = 2_000;
/// Longest name of a file in an archive.
pub const FILE_NAME_BYTES: usize = 120;
/// Questions taken of one file.
pub const IMPORT_QUESTIONS: usize = 10_000;
/// Notes on one file.
pub const IMPORT_NOTES: usize = 20_000;
/// How deep elements of an XML file may lie in one another.
pub const XML_DEPTH: usize = 64;
/// Open pages of one team.
pub const DEVICES_PER_TEAM: usize = 8;
/// Open desks of one game.
pub const DESKS_PER_GAME: usize = 16;
/// Big screens of one game.
pub const SCREENS_PER_GAME: usize = 16;
/// Screens of one game that wait to be let in.
pub const SCREENS_WAITING: usize = 8;
/// Longest team name.
pub const TEAM_NAME_CHARS: usize = 40;
/// Longest game code.
pub const CODE_CHARS: usize = 8;
/// Longest password that is hashed.
pub const PASSWORD_CHARS: usize = 128;

/// What was typed before the deadline counts if it arrives within this time after it, however slow the line.
pub const GRACE_MS: i64 = 2_000;
/// The same for the fastest line: what a person's last keypress may wait for the one before it, and a short stutter.
pub const GRACE_MS_MIN: i64 = 250;
/// Least time between a decision and the instant at which pages show it together.
pub const LEAD_MS_MIN: i64 = 100;
/// Most; who is slower than that is late.
pub const LEAD_MS_MAX: i64 = 1_000;
/// What opening and decoding a picture takes a slow laptop, for each megabyte.
pub const DECODE_MS_PER_MB: i64 = 100;
/// Longest that a key is given out before its instant.
pub const KEY_MS_MAX: i64 = 2_000;
/// A page that shows a question this much after its instant is late.
pub const LATE_US: i64 = 100_000;
/// Largest picture.
pub const PICTURE_BYTES: usize = 8 * 1024 * 1024;
/// 3-2-1 before a question opens.
pub const COUNT_IN_MS: i64 = 3_000;
/// The card before rating starts.
pub const RATING_CARD_MS: i64 = 5_000;
/// Rating time for each answer on a sheet.
pub const RATING_MS_PER_ANSWER: i64 = 20_000;
/// What "Add 30 seconds" adds.
pub const EXTENSION_MS: i64 = 30_000;
/// Longest a clock may run, extensions included.
pub const CLOCK_MS_MAX: i64 = 3_600_000;
/// A server that was away for less resumes with the deadline it had; for longer, paused.
pub const OUTAGE_MS: i64 = 5_000;
/// After an outage pages have this long to come back with what was done meanwhile.
pub const RETURN_MS: i64 = 15_000;
/// Raters an answer gets, unless there are fewer other teams.
pub const RATERS: usize = 3;
/// Raters below which the quizmaster marks.
pub const RATERS_MIN: usize = 2;
/// The server's heartbeat to every page.
pub const BEAT_MS: u64 = 2_000;
/// Heartbeats in a row when a page connects and before a reveal, to know its clock well.
pub const BURST_BEAT_MS: u64 = 75;
/// The same over plain requests, each of which costs two.
pub const BURST_BEAT_POLLING_MS: u64 = 250;
/// How long such a row is when a page connects.
pub const BURST_MS: u64 = 800;
/// Two frames of one page that differ by more than this in how long they seem to take are worth another exchange at once:
/// a clock may have been set.
pub const CLOCK_STEP_US: i64 = 250_000;
/// A page's clock that moves in steps longer than this is coarse: what it tells of a reveal says nothing of the room.
pub const CLOCK_TICK_US_MAX: i64 = 5_000;
/// Silence after which either side gives a connection up.
pub const SILENCE_MS: u64 = 5_000;
/// A team counts as present at dealing when it was seen within this time.
pub const PRESENT_MS: i64 = 60_000;
/// A primary button rests this long after its label changes.
pub const BUTTON_REST_MS: i64 = 700;
/// Clicks are swallowed this long after a change of phase; keys have no field to land in.
pub const SHIELD_MS: i64 = 1_000;
