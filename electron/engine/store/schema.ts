/**
 * Owns: the tables. Shaped for appending: rows are added at the right edge of few b-trees, events as segments (text of
 * many events) and content as a chunk, so a small session or message costs a handful of row insertions. A large content is
 * a file; before version 7 it was many chunks.
 *
 * A segment's or chunk's row number carries its owner: `owner * 2^20 + index`. That keeps a session's segments and a
 * content's chunks together and in order without a second index, and below 2^53 for 8 billion owners.
 */
import type { DatabaseSync } from 'node:sqlite'
import { StoreError } from './types.ts'

/** "RLYS": says whose file this is (PRAGMA application_id). */
export const applicationId = 0x52_4c_59_53

/** Octets of a chunk; only the last of a content is shorter, so a range is found by division. */
export const chunkSize = 256 * 1024
const perOwner = 2 ** 20

export const rowOf = (owner: number, index: number): number => {
  if (index >= perOwner) throw new StoreError('failed', `More than ${perOwner} parts in one session or body.`)
  return owner * perOwner + index
}
/** First and last possible row of an owner. */
export const rowsOf = (owner: number): [number, number] => [owner * perOwner, owner * perOwner + perOwner - 1]

const first = `
  CREATE TABLE sessions (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    ended INTEGER NOT NULL,
    indexed INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL,
    segments INTEGER NOT NULL,
    summary TEXT NOT NULL
  );
  CREATE INDEX sessions_source ON sessions (source, id);
  CREATE INDEX sessions_todo ON sessions (n) WHERE indexed = 0;

  CREATE TABLE segments (row INTEGER PRIMARY KEY, first INTEGER NOT NULL, count INTEGER NOT NULL, lines TEXT NOT NULL);

  CREATE TABLE contents (
    n INTEGER PRIMARY KEY,
    session TEXT NOT NULL,
    body INTEGER NOT NULL,
    size INTEGER NOT NULL,
    done INTEGER NOT NULL,
    message INTEGER,
    UNIQUE (session, body)
  );
  CREATE TABLE chunks (row INTEGER PRIMARY KEY, bytes BLOB NOT NULL);

  CREATE TABLE messages (
    n INTEGER PRIMARY KEY,
    content INTEGER NOT NULL,
    id TEXT NOT NULL,
    session TEXT NOT NULL,
    receivedAt TEXT NOT NULL,
    mailFrom TEXT NOT NULL,
    rcptTo TEXT NOT NULL,
    port INTEGER NOT NULL,
    sealed INTEGER NOT NULL,
    user TEXT,
    size INTEGER NOT NULL,
    unread INTEGER NOT NULL DEFAULT 1,
    indexed INTEGER NOT NULL DEFAULT 0,
    fromText TEXT,
    toText TEXT,
    subject TEXT,
    attachments INTEGER
  );
  CREATE INDEX messages_todo ON messages (n) WHERE indexed = 0;

  CREATE TABLE settings (key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;

  CREATE VIRTUAL TABLE sessionText USING fts5 (host, words, wire, content = '', contentless_delete = 1);
  CREATE VIRTUAL TABLE messageText USING fts5 (sender, recipient, subject, envelope, body, content = '', contentless_delete = 1);
`

/** A probe's line in the list and its report, both JSON. */
const second = `
  CREATE TABLE probes (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    startedAt TEXT NOT NULL,
    summary TEXT NOT NULL,
    report TEXT NOT NULL
  );
  CREATE INDEX probes_started ON probes (startedAt, n, id);
`

/**
 * Sessions that left no message stand among the messages, as rows without content. The index has a column for each
 * search prefix; it is filled anew while the store is idle.
 */
const third = `
  ALTER TABLE messages ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE messages ADD COLUMN outcome TEXT NOT NULL DEFAULT 'kept';
  ALTER TABLE messages ADD COLUMN tags TEXT;
  ALTER TABLE messages ADD COLUMN decided TEXT;
  CREATE INDEX messages_received ON messages (receivedAt, n);
  CREATE UNIQUE INDEX messages_session ON messages (session) WHERE content = 0;

  DROP TABLE messageText;
  CREATE VIRTUAL TABLE messageText USING fts5 (sender, recipient, subject, body, content = '', contentless_delete = 1);
  UPDATE messages SET indexed = 0;
  DELETE FROM sessionText WHERE rowid IN (SELECT n FROM sessions WHERE source = 'server' AND ended = 1 AND indexed = 1);
  UPDATE sessions SET indexed = 0 WHERE source = 'server' AND ended = 1;
`

/** By whom a row is sorted: the From field, else the envelope's sender; bounces last. An index finds it by this very text. */
export const senderKey = "lower(coalesce(nullif(fromText, ''), nullif(mailFrom, ''), 'zzzz'))"

/**
 * Orders that need no sorting, outcome by outcome; contents that are being removed piece by piece (`done` 2); rows that
 * are removed and still in the index of words. Sessions that left messages are looked at again, for what of theirs was
 * refused beside them.
 */
const fourth = `
  CREATE INDEX messages_size ON messages (outcome, size);
  CREATE INDEX messages_sender ON messages (outcome, ${senderKey});
  CREATE INDEX contents_doomed ON contents (n) WHERE done = 2;
  CREATE TABLE messagesGone (n INTEGER PRIMARY KEY);
  CREATE TABLE sessionsGone (n INTEGER PRIMARY KEY);
  DELETE FROM sessionText WHERE rowid IN (SELECT n FROM sessions WHERE source = 'server' AND ended = 1 AND indexed = 1 AND json_array_length(summary, '$.messages') > 0);
  UPDATE sessions SET indexed = 0 WHERE source = 'server' AND ended = 1 AND json_array_length(summary, '$.messages') > 0;
`

/**
 * The relay's queue. A message has the number of its content; `relayed` remains there when its rows are gone. A leg's
 * number is `message * 2^20 + N`; `over` counts those that have ended, in that order.
 */
const fifth = `
  ALTER TABLE contents ADD COLUMN relayed INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE relayMessages (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    open INTEGER NOT NULL,
    alone INTEGER NOT NULL,
    messageId TEXT,
    envid TEXT,
    json TEXT NOT NULL
  );
  CREATE INDEX relayMessages_messageId ON relayMessages (messageId) WHERE messageId IS NOT NULL;
  CREATE INDEX relayMessages_envid ON relayMessages (envid) WHERE envid IS NOT NULL;
  CREATE TABLE relayLegs (n INTEGER PRIMARY KEY, state TEXT NOT NULL, over INTEGER, text TEXT, json TEXT NOT NULL);
  CREATE INDEX relayLegs_open ON relayLegs (n) WHERE over IS NULL;
  CREATE INDEX relayLegs_over ON relayLegs (state, over) WHERE over IS NOT NULL;

  CREATE TABLE relayAttempts (n INTEGER PRIMARY KEY, refused INTEGER NOT NULL, json TEXT NOT NULL);
  CREATE INDEX relayAttempts_refused ON relayAttempts (n) WHERE refused = 1;
  CREATE TABLE relayReports (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, leg TEXT, json TEXT NOT NULL);
  CREATE INDEX relayReports_leg ON relayReports (leg, n) WHERE leg IS NOT NULL;
`

/**
 * What the relay keeps of mail that is over is bounded. `size` of a relayed message: octets of its content that are still
 * here. `relayTries`: which legs point to which dialogues of deliveries. `loose`: whether a dialogue may go; 1: it is a
 * delivery's that nobody has looked at yet; 2: something that pointed to it is gone. `octets`: characters of its events.
 */
const sixth = `
  ALTER TABLE relayMessages ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
  UPDATE relayMessages SET size = coalesce((SELECT size FROM contents WHERE contents.n = relayMessages.n AND done = 1), 0);
  CREATE INDEX relayMessages_over ON relayMessages (n, size) WHERE open = 0;

  CREATE TABLE relayTries (leg INTEGER NOT NULL, session TEXT NOT NULL, PRIMARY KEY (session, leg)) WITHOUT ROWID;
  INSERT OR IGNORE INTO relayTries (leg, session)
    SELECT relayLegs.n, json_extract(value, '$.session')
    FROM relayLegs, json_each(CASE WHEN json_valid(relayLegs.json) THEN relayLegs.json ELSE '{}' END, '$.history')
    WHERE type = 'object' AND json_extract(value, '$.session') IS NOT NULL;

  ALTER TABLE sessions ADD COLUMN octets INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN loose INTEGER NOT NULL DEFAULT 0;
  UPDATE sessions SET loose = 1, octets = coalesce((SELECT sum(length(lines)) FROM segments WHERE row BETWEEN n * 1048576 AND n * 1048576 + 1048575), 0)
    WHERE source = 'relay';
  UPDATE sessions SET loose = 2 WHERE source = 'server' AND id IN (SELECT session FROM contents WHERE relayed = 1);
  CREATE INDEX sessions_loose ON sessions (loose, n) WHERE loose > 0 AND ended = 1;
  CREATE INDEX sessions_deliveries ON sessions (n, octets) WHERE source = 'relay' AND ended = 1;
`

/**
 * A large content is a file of this name in the folder `contents`. Whoever removes the row: the file's name is
 * noted until the file has gone (goneFiles.ts).
 */
const seventh = `
  ALTER TABLE contents ADD COLUMN file TEXT;
  CREATE UNIQUE INDEX contents_file ON contents (file) WHERE file IS NOT NULL;
  CREATE TABLE filesGone (file TEXT PRIMARY KEY, chosen INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
  CREATE TRIGGER contents_gone AFTER DELETE ON contents WHEN old.file IS NOT NULL
    BEGIN INSERT OR IGNORE INTO filesGone (file) VALUES (old.file); END;
`

/**
 * The index of contents has the body first. By session each of twenty clients who send at once had its own leaf, and a
 * commit of ten messages wrote ten of them; by body what they send stands side by side, and sessions of one message are
 * appended, because their ids are in the order of time. A session's messages are found by the ids that its summary names
 * (namedMessages.ts), what else it brought by indexes of the few that are no messages, or that the relay delivered into
 * the Inbox as bodies of the session long after it (localBody.ts). A table's own UNIQUE cannot be dropped, so the table is
 * made anew; dropping one runs no trigger, and no file is noted as gone. Summaries that a crash had left behind their messages
 * are made whole as nameLacking does from now on. Contents that were being written at a crash (`done` 0) go: since version 7
 * one has its row when it is whole.
 */
const eighth = `
  UPDATE sessions SET summary = json_set(summary, '$.messages', (SELECT json_group_array(sessions.id || '.' || body) FROM (
      SELECT CAST(substr(value, length(sessions.id) + 2) AS INTEGER) AS body FROM json_each(sessions.summary, '$.messages')
      UNION SELECT body FROM contents WHERE session = sessions.id AND body < 500000000 AND message IS NOT NULL
      ORDER BY body LIMIT 10000)))
    WHERE CASE WHEN ended = 1 AND json_valid(summary) THEN
      json_extract(summary, '$.words') = 'Broken off: Relayscope stopped' AND json_type(summary, '$.messages') = 'array' END
    AND EXISTS (SELECT 1 FROM contents WHERE session = sessions.id AND body < 500000000 AND message IS NOT NULL);

  CREATE TABLE contentsAnew (
    n INTEGER PRIMARY KEY,
    session TEXT NOT NULL,
    body INTEGER NOT NULL,
    size INTEGER NOT NULL,
    done INTEGER NOT NULL,
    message INTEGER,
    relayed INTEGER NOT NULL DEFAULT 0,
    file TEXT
  );
  INSERT INTO contentsAnew (n, session, body, size, done, message, relayed, file)
    SELECT n, session, body, size, done, message, relayed, file FROM contents WHERE done > 0 ORDER BY n;
  DELETE FROM chunks WHERE row IN (
    SELECT row FROM contents CROSS JOIN chunks ON row BETWEEN n * 1048576 AND n * 1048576 + 1048575 WHERE done = 0);
  DROP TABLE contents;
  ALTER TABLE contentsAnew RENAME TO contents;
  CREATE UNIQUE INDEX contents_body ON contents (body, session);
  CREATE INDEX contents_beside ON contents (session) WHERE message IS NULL;
  CREATE INDEX contents_local ON contents (session) WHERE body >= 500000000;
  CREATE INDEX contents_doomed ON contents (n) WHERE done = 2;
  CREATE UNIQUE INDEX contents_file ON contents (file) WHERE file IS NOT NULL;
  CREATE TRIGGER contents_gone AFTER DELETE ON contents WHEN old.file IS NOT NULL
    BEGIN INSERT OR IGNORE INTO filesGone (file) VALUES (old.file); END;
`

/** One SQL text per version, in order; a released one is never changed. */
export const migrations: readonly string[] = [first, second, third, fourth, fifth, sixth, seventh, eighth]

const pragma = (db: DatabaseSync, name: string): number => {
  const value = db.prepare(`PRAGMA ${name}`).get()?.[name]
  return typeof value === 'number' ? value : 0
}

/** SQLITE_CONSTRAINT: rows are there that its own rules never let in, so something else has changed the file. */
const brokenRule = (error: unknown): boolean =>
  error instanceof Error && (Number(Reflect.get(error, 'errcode')) & 0xff) === 19

/**
 * Brings a database to the newest version, each step in its own transaction. Answers with what was done, in words.
 * Throws StoreError `failed` for a newer version or a file of another program, `corrupt` for one that breaks its own rules.
 */
export function migrate(db: DatabaseSync, path: string, steps = migrations): string[] {
  const owner = pragma(db, 'application_id')
  const version = pragma(db, 'user_version')
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n']
  if (owner !== applicationId && (owner !== 0 || tables !== 0)) {
    throw new StoreError('failed', `${path} is a database of another program. Move it away, or choose another data folder.`) // prettier-ignore
  }
  if (version > steps.length) {
    throw new StoreError(
      'failed',
      `${path} was written by a newer Relayscope (database version ${version}, this program knows ${steps.length}). Update Relayscope, or choose another data folder.`,
    )
  }
  for (let step = version; step < steps.length; step++) {
    try {
      db.exec(
        `BEGIN IMMEDIATE; ${steps[step]!}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${step + 1}; COMMIT`,
      )
    } catch (error) {
      throw brokenRule(error) ? new StoreError('corrupt', `${path}: ${String(error)}`) : error
    }
  }
  return version === 0 || version === steps.length
    ? []
    : [`The database was brought from version ${version} to ${steps.length}.`]
}
