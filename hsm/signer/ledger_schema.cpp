// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ledger_schema.h"

#include <array>

namespace keystamp::hsm {
namespace {

// Each brings the schema from its index to the next number; none is ever changed once it was released.
constexpr std::array kMigrations{
    R"sql(
CREATE TABLE supervisor(
  name TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,               -- scrypt
  cost INTEGER NOT NULL,            -- its N; r = 8, p = 1
  failures INTEGER NOT NULL DEFAULT 0,
  tried_at TEXT NOT NULL DEFAULT '',
  enrolled_at TEXT NOT NULL
) STRICT;

CREATE TABLE act(                   -- what supervisors did
  n INTEGER PRIMARY KEY,
  time TEXT NOT NULL,
  supervisor TEXT NOT NULL,
  act TEXT NOT NULL,                -- grant, derive, import, enrol
  about TEXT NOT NULL
) STRICT;

CREATE TABLE grant_(
  batch TEXT PRIMARY KEY,
  mode TEXT NOT NULL CHECK(mode IN ('x509', 'sas')),
  slot TEXT NOT NULL CHECK(slot IN ('primary', 'secondary')),
  cap INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0,  -- leaf intents, or distinct IDs derived
  pattern TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  listed INTEGER NOT NULL,          -- how many IDs are in grant_id
  supervisor TEXT NOT NULL,
  time TEXT NOT NULL,
  CHECK(used <= cap)
) STRICT;

CREATE TABLE grant_id(
  batch TEXT NOT NULL REFERENCES grant_(batch),
  id TEXT NOT NULL,
  PRIMARY KEY(batch, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE serial(
  n INTEGER PRIMARY KEY,
  serial BLOB NOT NULL UNIQUE,
  batch TEXT NOT NULL REFERENCES grant_(batch),
  id TEXT NOT NULL,
  job TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state = 'reserved' OR state = 'intended' OR state = 'issued' OR state = 'interrupted'),
  slot TEXT NOT NULL,
  key_hash BLOB,                    -- SHA-256 of the SubjectPublicKeyInfo, from intended on
  tbs BLOB,                         -- what is signed, from intended on
  certificate BLOB,                 -- where issued
  reserved_at TEXT NOT NULL,
  intended_at TEXT,
  ended_at TEXT
) STRICT;
CREATE INDEX serial_by_batch ON serial(batch, state);
CREATE INDEX serial_by_key ON serial(key_hash) WHERE key_hash IS NOT NULL;
-- whatever the code does: a key is certified once
CREATE UNIQUE INDEX serial_key_once ON serial(key_hash) WHERE state IN ('intended', 'issued');

CREATE TABLE derivation(
  n INTEGER PRIMARY KEY,
  batch TEXT NOT NULL,              -- empty: by a supervisor, outside any batch
  id TEXT NOT NULL,
  job TEXT NOT NULL,
  slot TEXT NOT NULL,
  supervisor TEXT NOT NULL,
  time TEXT NOT NULL
) STRICT;
CREATE INDEX derivation_by_batch ON derivation(batch, id, job);

CREATE TABLE signature(             -- what each C_Sign was for
  n INTEGER PRIMARY KEY,
  purpose TEXT NOT NULL,            -- leaf, prove, checkpoint, manifest, self-test
  slot TEXT NOT NULL,               -- primary, secondary, audit; primary-group, secondary-group
  about TEXT NOT NULL,
  time TEXT NOT NULL
) STRICT;
CREATE INDEX signature_by_purpose ON signature(purpose);

CREATE TABLE checkpoint(
  n INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  signature BLOB NOT NULL,
  time TEXT NOT NULL
) STRICT;
)sql",
    R"sql(
ALTER TABLE serial ADD COLUMN void_at TEXT;                    -- when the station said that it is void
ALTER TABLE grant_ ADD COLUMN unused INTEGER NOT NULL DEFAULT 0;  -- serials reserved and never intended
UPDATE grant_ SET unused = (SELECT count(*) FROM serial WHERE serial.batch = grant_.batch AND state = 'reserved');
-- until now an ID could be issued for twice: the newest is the one that counts
UPDATE serial SET void_at = ended_at WHERE state = 'issued' AND
  EXISTS (SELECT 1 FROM serial AS newer WHERE newer.id = serial.id AND newer.state = 'issued' AND newer.n > serial.n);
CREATE INDEX serial_by_id ON serial(id) WHERE key_hash IS NOT NULL;
-- whatever the code does: an ID has one live certificate
CREATE UNIQUE INDEX serial_live_once ON serial(id) WHERE state IN ('intended', 'issued') AND void_at IS NULL;
)sql",
    R"sql(
CREATE TABLE active(                -- which slot new batches get; the last row is what holds
  n INTEGER PRIMARY KEY,
  slot TEXT NOT NULL CHECK(slot IN ('primary', 'secondary')),
  supervisor TEXT NOT NULL,
  time TEXT NOT NULL
) STRICT;

CREATE TABLE issuer(                -- every CA that a leaf was intended under
  sha256 BLOB PRIMARY KEY,          -- of its certificate
  slot TEXT NOT NULL,
  chain TEXT NOT NULL,              -- PEM, the CA first, without the root
  time TEXT NOT NULL
) STRICT;
)sql",
    R"sql(
CREATE TABLE identity(id BLOB NOT NULL) STRICT;  -- one row: what the anchor beside the ledger knows it by
INSERT INTO identity VALUES(randomblob(16));
)sql",
    R"sql(
-- what became of a batch's serials, counted as it happens
ALTER TABLE grant_ ADD COLUMN issued INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grant_ ADD COLUMN interrupted INTEGER NOT NULL DEFAULT 0;
UPDATE grant_ SET issued = (SELECT count(*) FROM serial WHERE serial.batch = grant_.batch AND state = 'issued'),
  interrupted = (SELECT count(*) FROM serial WHERE serial.batch = grant_.batch AND state = 'interrupted');
CREATE TRIGGER serial_ended AFTER UPDATE OF state ON serial BEGIN
  UPDATE grant_ SET issued = issued + (new.state = 'issued') - (old.state = 'issued'),
    interrupted = interrupted + (new.state = 'interrupted') - (old.state = 'interrupted') WHERE batch = new.batch;
END;
)sql",
    R"sql(
CREATE TABLE pin_tries(             -- one row: as of a supervisor
  failures INTEGER NOT NULL,
  tried_at TEXT NOT NULL
) STRICT;
INSERT INTO pin_tries VALUES(0, '');
)sql",
    R"sql(
CREATE TABLE crl(
  number INTEGER PRIMARY KEY,       -- as in the CRL: over both slots, so each one's only grow
  slot TEXT NOT NULL CHECK(slot IN ('primary', 'secondary')),
  revoked INTEGER NOT NULL,
  supervisor TEXT NOT NULL,
  time TEXT NOT NULL
) STRICT;
CREATE INDEX serial_void ON serial(slot) WHERE void_at IS NOT NULL OR state = 'interrupted';
)sql",
    // only the text of a CHECK changes, which no row depends on (sqlite.org/lang_altertable.html, section 7); the new table tells every
    // other connection that the schema is another one
    R"sql(
PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET sql = replace(sql, '(''x509'', ''sas'')', '(''x509'', ''sas'', ''imported'')') WHERE type = 'table' AND name = 'grant_';
PRAGMA writable_schema=RESET;
CREATE TABLE sealed(                -- device keys that the cloud made, until their boards have them
  batch TEXT NOT NULL REFERENCES grant_(batch),
  id TEXT NOT NULL,
  key_hash BLOB NOT NULL,           -- SHA-256 of the key, as the journal has it
  key BLOB,                         -- sealed in the HSM; NULL once it is gone for good
  sealed_at TEXT NOT NULL,
  gone_at TEXT,
  PRIMARY KEY(batch, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_held ON sealed(batch) WHERE key IS NOT NULL;
)sql",
    R"sql(
CREATE TABLE extension(             -- what a grant shall be once another supervisor releases it
  batch TEXT PRIMARY KEY REFERENCES grant_(batch),
  cap INTEGER NOT NULL,
  last INTEGER NOT NULL,
  supervisor TEXT NOT NULL,         -- who asked
  time TEXT NOT NULL
) STRICT;
CREATE TABLE extension_id(          -- the IDs that its list has more
  batch TEXT NOT NULL REFERENCES grant_(batch),
  id TEXT NOT NULL,
  PRIMARY KEY(batch, id)
) STRICT, WITHOUT ROWID;
)sql",
};
constexpr std::size_t kWithIdentity = 4;

}  // namespace

Result<void> migrateLedger(Sql& sql, const std::function<Result<void>()>& begin) {
    try {
        SQLite::Database& database = sql.database();
        database.exec("BEGIN IMMEDIATE");
        const auto version = static_cast<std::size_t>(database.execAndGet("PRAGMA user_version").getInt());
        if (version > kMigrations.size()) {
            database.exec("ROLLBACK");
            return Error{ErrorCode::JournalFault, "the signer's ledger was made by a newer version", static_cast<long>(version), "user_version"};
        }
        for (std::size_t n = version; n < kMigrations.size(); ++n) {
            database.exec(kMigrations[n]);
            database.exec("PRAGMA user_version=" + std::to_string(n + 1));
        }
        if (version < kWithIdentity) {
            if (auto begun = begin(); !begun) {
                database.exec("ROLLBACK");
                return begun;
            }
        }
        database.exec("COMMIT");
        return {};
    } catch (const SQLite::Exception& problem) {
        return ledgerFault(problem);
    }
}

}  // namespace keystamp::hsm
