// SPDX-License-Identifier: Apache-2.0
#include "db/migrations.h"

#include <fmt/format.h>

#include <array>

namespace keystamp::db {
namespace {

// Once released, a step is never changed: what is wrong with it is put right by the next one.
// A CHECK says OR where one would write IN: SQLite would fill a table for the list at every change.
constexpr const char* kFirst = R"sql(
CREATE TABLE batch(
  name       TEXT PRIMARY KEY,
  mode       TEXT NOT NULL CHECK(mode IN ('x509', 'sas')),
  slot       TEXT NOT NULL CHECK(slot IN ('primary', 'secondary')),
  scope_id   TEXT NOT NULL,
  pattern    TEXT NOT NULL,
  first      INTEGER NOT NULL,
  match      INTEGER NOT NULL,
  count      INTEGER NOT NULL CHECK(count > 0),
  spare      INTEGER NOT NULL CHECK(spare >= 0),
  state      TEXT NOT NULL CHECK(state = 'open' OR state = 'paused' OR state = 'closed'),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used       INTEGER NOT NULL DEFAULT 0,
  next       INTEGER NOT NULL
) STRICT;

CREATE TABLE listed_id(
  batch    TEXT NOT NULL REFERENCES batch(name),
  id       TEXT NOT NULL,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  uid      BLOB,
  PRIMARY KEY(batch, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE free_id(
  batch  TEXT NOT NULL REFERENCES batch(name),
  number INTEGER NOT NULL,
  PRIMARY KEY(batch, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit(
  number      INTEGER PRIMARY KEY,
  batch       TEXT NOT NULL REFERENCES batch(name),
  id          TEXT NOT NULL,
  scan        TEXT NOT NULL,
  uid         BLOB NOT NULL,
  state       TEXT NOT NULL CHECK(state = 'RESERVED' OR state = 'INTENDED' OR state = 'ISSUED' OR state = 'WRITTEN' OR state = 'VERIFIED' OR
                                   state = 'RECORDED' OR state = 'VOID'),
  fixture     TEXT NOT NULL,
  job         TEXT NOT NULL,
  origin      TEXT NOT NULL CHECK(origin = 'board' OR origin = 'station' OR origin = 'derived'),
  slot        TEXT NOT NULL,
  serial      BLOB,
  key_hash    BLOB,
  certificate BLOB,
  credential  BLOB,
  evidence    TEXT NOT NULL DEFAULT '' CHECK(evidence = '' OR evidence = 'proof' OR evidence = 'digest' OR evidence = 'read-back'),
  family      TEXT NOT NULL,
  firmware    TEXT NOT NULL,
  locked      INTEGER NOT NULL DEFAULT 0,
  void_from   TEXT,
  void_reason TEXT,
  created_at  INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  recorded_at INTEGER,
  -- what the partial indexes ask: one that asked for the state itself would be written anew at each of a unit's steps
  live        INTEGER NOT NULL DEFAULT 1 CHECK(live = (state <> 'VOID')),
  finished    INTEGER NOT NULL DEFAULT 0 CHECK(finished = (state IN ('RECORDED', 'VOID'))),
  lock_owed   INTEGER NOT NULL DEFAULT 0 CHECK(lock_owed = (state = 'RECORDED' AND NOT locked))
) STRICT;
-- one identity a board and one board an identity, whoever races
CREATE UNIQUE INDEX unit_live_id   ON unit(id)  WHERE live = 1;
CREATE UNIQUE INDEX unit_live_uid  ON unit(uid) WHERE live = 1;
CREATE UNIQUE INDEX unit_serial    ON unit(serial) WHERE serial IS NOT NULL;
CREATE INDEX unit_of_batch         ON unit(batch);
CREATE INDEX unit_live_scan        ON unit(batch, scan) WHERE live = 1;
CREATE INDEX unit_unfinished       ON unit(batch) WHERE finished = 0;
CREATE INDEX unit_unlocked         ON unit(batch) WHERE lock_owed = 1;
CREATE INDEX unit_void_of_batch    ON unit(batch) WHERE live = 0;
CREATE INDEX unit_void_id          ON unit(id) WHERE live = 0;
CREATE INDEX unit_void_uid         ON unit(uid) WHERE live = 0;
CREATE TRIGGER unit_stays BEFORE DELETE ON unit BEGIN SELECT RAISE(ABORT, 'a unit is never deleted'); END;

CREATE TABLE job(
  number     INTEGER PRIMARY KEY,
  job        TEXT NOT NULL,
  batch      TEXT NOT NULL REFERENCES batch(name),
  fixture    TEXT NOT NULL,
  scan       TEXT NOT NULL,
  id         TEXT,
  uid        BLOB,
  unit       INTEGER REFERENCES unit(number),
  started_at INTEGER NOT NULL,
  ended_at   INTEGER NOT NULL,
  verdict    TEXT NOT NULL CHECK(verdict = 'PASS' OR verdict = 'FAIL' OR verdict = 'ERROR' OR verdict = 'ABORTED'),
  reason     TEXT NOT NULL,
  detail     TEXT NOT NULL
) STRICT;
CREATE INDEX job_of_id  ON job(id) WHERE id IS NOT NULL;
CREATE INDEX job_failed ON job(batch) WHERE verdict = 'FAIL';

CREATE TABLE audit(
  number INTEGER PRIMARY KEY,
  line   TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

CREATE TABLE checkpoint(
  number    INTEGER PRIMARY KEY,
  origin    TEXT NOT NULL,
  size      INTEGER NOT NULL,
  root      BLOB NOT NULL,
  signature BLOB NOT NULL,
  saved_at  INTEGER NOT NULL
) STRICT;
)sql";

constexpr const char* kRework = R"sql(
ALTER TABLE unit ADD COLUMN void_for TEXT NOT NULL DEFAULT '' CHECK(void_for = '' OR void_for = 'rework' OR void_for = 'scrap');
ALTER TABLE unit ADD COLUMN supersedes BLOB;
CREATE INDEX unit_scrapped ON unit(uid) WHERE void_for = 'scrap';
)sql";

// Only the text of two CHECKs changes, which no row depends on (sqlite.org/lang_altertable.html, section 7): millions of units are not
// written anew. The new index tells every other connection that the schema is another one.
constexpr const char* kImported = R"sql(
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK(mode IN (''x509'', ''sas''))', 'CHECK(mode = ''x509'' OR mode = ''sas'' OR mode = ''imported'')')
  WHERE type = 'table' AND name = 'batch';
UPDATE sqlite_schema SET sql = replace(sql, 'OR origin = ''derived'')', 'OR origin = ''derived'' OR origin = ''imported'')')
  WHERE type = 'table' AND name = 'unit';
PRAGMA writable_schema=RESET;
CREATE INDEX batch_imported ON batch(state) WHERE mode = 'imported';
)sql";

constexpr const char* kPeople = R"sql(
CREATE TABLE person(
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL CHECK(role = 'operator' OR role = 'supervisor' OR role = 'auditor'),
  badge      BLOB NOT NULL,
  added_by   TEXT NOT NULL,
  added_at   INTEGER NOT NULL,
  removed_by TEXT,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX person_name  ON person(name)  WHERE removed_at IS NULL;
CREATE UNIQUE INDEX person_badge ON person(badge) WHERE removed_at IS NULL;
CREATE TRIGGER person_stays BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'a person is never deleted'); END;
ALTER TABLE unit ADD COLUMN who TEXT NOT NULL DEFAULT '';
ALTER TABLE job  ADD COLUMN who TEXT NOT NULL DEFAULT '';
)sql";

// As kImported: one CHECK's text. The index tells other connections.
constexpr const char* kAccepted = R"sql(
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET sql = replace(sql, 'OR evidence = ''read-back'')', 'OR evidence = ''read-back'' OR evidence = ''accepted'')')
  WHERE type = 'table' AND name = 'unit';
PRAGMA writable_schema=RESET;
CREATE INDEX unit_accepted ON unit(batch) WHERE evidence = 'accepted';
)sql";

constexpr const char* kExtension = R"sql(
CREATE TABLE extension(
  batch    TEXT PRIMARY KEY REFERENCES batch(name),
  count    INTEGER NOT NULL,
  spare    INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  who      TEXT NOT NULL,
  asked_at INTEGER NOT NULL
) STRICT;

CREATE TABLE extension_id(
  batch    TEXT NOT NULL REFERENCES batch(name),
  id       TEXT NOT NULL,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  uid      BLOB,
  PRIMARY KEY(batch, id)
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* kRequired = R"sql(
ALTER TABLE batch ADD COLUMN requires TEXT NOT NULL DEFAULT '' CHECK(requires = '' OR requires = 'proof' OR requires = 'digest' OR requires = 'read-back');
)sql";

constexpr const char* kCloud = R"sql(
CREATE TABLE cloud_device(
  id      TEXT PRIMARY KEY,
  state   TEXT NOT NULL CHECK(state = 'registered' OR state = 'provisioned' OR state = 'blocked' OR state = 'missing'),
  source  TEXT NOT NULL,
  said_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE batch ADD COLUMN sample    INTEGER NOT NULL DEFAULT 0 CHECK(sample >= 0);
ALTER TABLE batch ADD COLUMN sample_of INTEGER NOT NULL DEFAULT 0 CHECK(sample_of >= sample);
ALTER TABLE batch ADD COLUMN stopped   TEXT NOT NULL DEFAULT '';
CREATE TABLE sample(
  unit     INTEGER PRIMARY KEY REFERENCES unit(number),
  outcome  TEXT NOT NULL CHECK(outcome = 'assigned' OR outcome = 'unassigned' OR outcome = 'refused' OR outcome = 'offline'),
  detail   TEXT NOT NULL,
  tried_at INTEGER NOT NULL
) STRICT;
)sql";

constexpr std::array kSteps{kFirst, kRework, kImported, kPeople, kAccepted, kExtension, kRequired, kCloud};

int versionOf(SQLite::Database& database) { return database.execAndGet("PRAGMA user_version").getInt(); }

}  // namespace

Result<void> migrate(Connection& connection) {
    SQLite::Database& database = connection.database();
    try {
        for (;;) {
            if (versionOf(database) == static_cast<int>(kSteps.size())) return {};
            // Another process may be at the same: the version is read again under the lock.
            SQLite::Transaction transaction{database, SQLite::TransactionBehavior::IMMEDIATE};
            const int version = versionOf(database);
            if (version > static_cast<int>(kSteps.size())) {
                return Error{ErrorCode::JournalFault, fmt::format("its schema is version {}, this program knows {}", version,
                                                                  kSteps.size())};
            }
            if (version == static_cast<int>(kSteps.size())) return {};
            database.exec(kSteps.at(static_cast<std::size_t>(version)));
            database.exec(fmt::format("PRAGMA user_version={}", version + 1));
            transaction.commit();
        }
    } catch (const SQLite::Exception& exception) {
        return faultOf(exception);
    }
}

}  // namespace keystamp::db
