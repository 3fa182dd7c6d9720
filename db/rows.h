// SPDX-License-Identifier: Apache-2.0
// Rows of the database as records, and back.
// Private to this room.
#pragma once

#include <optional>
#include <string>

#include "db/connection.h"
#include "db/records.h"

namespace keystamp::db {

/// The columns that unitOf() reads, in its order; for "SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit ...".
#define KEYSTAMP_UNIT_COLUMNS                                                                                         \
    "number, batch, id, scan, uid, state, fixture, job, origin, slot, serial, key_hash, certificate, credential, "    \
    "evidence, family, firmware, locked, void_reason, created_at, changed_at, recorded_at, void_from, void_for, supersedes, who"
#define KEYSTAMP_JOB_COLUMNS \
    "job, batch, fixture, scan, id, uid, unit, started_at, ended_at, verdict, reason, detail, who"
#define KEYSTAMP_BATCH_COLUMNS \
    "name, mode, slot, scope_id, pattern, first, match, count, spare, state, created_by, created_at, used, next, requires, sample, sample_of, stopped"

/// Internal stands for what the tables' own CHECKs make impossible: these throw SQLite::Exception on a damaged row.
Unit unitOf(const Use& row);
JobRecord jobOf(const Use& row);
Batch batchOf(const Use& row);
DeviceId idOf(const Use& row, int column);

/// A unit is gone from a state that may have cost a serial or a key.
bool spent(const Use& row);

UnitState parseUnitState(const std::string& text);
BatchState parseBatchState(const std::string& text);

std::optional<Unit> unitNumbered(Connection& db, std::int64_t number);

}  // namespace keystamp::db
