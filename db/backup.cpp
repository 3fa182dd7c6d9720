// SPDX-License-Identifier: Apache-2.0
#include "db/backup.h"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

#include "core/file.h"
#include "db/audit_tail.h"
#include "db/file_stream.h"
#include "db/journal.h"

namespace keystamp::db {
namespace {

namespace files = std::filesystem;

constexpr int kPagesAStep = 4096;  // 16 MiB

Error ioFault(const std::string& path, const std::error_code& problem, const char* where) {
    return Error{ErrorCode::IoFault, path, problem.value(), where};
}

JournalContents contentsOf(Connection& db) {
    JournalContents found;
    Use last{db.prepared("SELECT number, line FROM audit ORDER BY number DESC LIMIT 1")};
    if (last.next()) {
        found.rows = last.count(0);
        found.lastRow = last.text(1);
        found.lastTime = timeOf(found.lastRow);
    }
    Use units{db.prepared("SELECT count(*) FROM unit")};
    if (units.next()) found.units = units.count(0);
    Use signedBy{db.prepared("SELECT origin FROM checkpoint ORDER BY number DESC LIMIT 1")};
    if (signedBy.next()) found.origin = signedBy.text(0);
    return found;
}

/// The file, its chain, every unit.
Result<JournalContents> readWhole(const std::string& path) {
    const auto journal = Journal::open(path, "a copy");
    if (!journal) return journal.error();
    if (auto whole = (*journal)->check(); !whole) return whole.error();
    auto connection = Connection::open(path, Connection::Role::Reader);
    if (!connection) return connection.error();
    try {
        return contentsOf(**connection);
    } catch (const SQLite::Exception& exception) {
        return faultOf(exception);
    }
}

/// Out of WAL mode, so that one file is all there is. Nobody else may have it open: JournalBusy.
Result<void> foldIn(const std::string& path) {
    try {
        SQLite::Database database{path, SQLite::OPEN_READWRITE};
        const std::string mode = database.execAndGet("PRAGMA journal_mode=DELETE").getString();
        if (mode == "delete") return {};
        return Error{ErrorCode::JournalBusy, path + " is open in another program"};
    } catch (const SQLite::Exception& exception) {
        return faultOf(exception);
    }
}

Result<void> syncFile(const std::string& path) {
    const UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (fd && ::fsync(fd.get()) == 0) return {};
    return Error{ErrorCode::IoFault, path, errno, "fsync"};
}

void discard(const std::string& path) {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) files::remove(path + suffix, ignored);
}

/// A read that is held open, so that all pages are of one moment and a busy writer does not make it begin again.
Result<JournalContents> copyPages(const std::string& journal, const std::string& to, const CopyProgress& progress) {
    auto source = Connection::open(journal, Connection::Role::Reader);
    if (!source) return source.error();
    try {
        SQLite::Transaction moment{(*source)->database()};
        JournalContents there = contentsOf(**source);
        SQLite::Database target{to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
        SQLite::Backup backup{target, (*source)->database()};
        while (backup.executeStep(kPagesAStep) != SQLITE_DONE) {
            if (progress) progress(backup.getTotalPageCount() - backup.getRemainingPageCount(), backup.getTotalPageCount());
        }
        return there;
    } catch (const SQLite::Exception& exception) {
        const int code = exception.getErrorCode() & 0xff;
        if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) return faultOf(exception);
        // the journal was opened and is read: it is the target that fails
        return Error{ErrorCode::IoFault, to + ": " + exception.what(), exception.getExtendedErrorCode(), "sqlite3"};
    }
}

Result<JournalContents> copyAndReadBack(const std::string& journal, const std::string& to, const CopyProgress& progress) {
    const auto there = copyPages(journal, to, progress);
    if (!there) return there.error();
    auto read = readWhole(to);
    if (!read) return read;
    if (read->rows != there->rows || read->lastRow != there->lastRow || read->units != there->units) {
        return Error{ErrorCode::JournalFault, to + " reads back as something else than was copied"};
    }
    if (auto folded = foldIn(to); !folded) return folded.error();
    if (auto synced = syncFile(to); !synced) return synced.error();
    return read;
}

}  // namespace

Result<JournalContents> backupJournal(const std::string& journal, const std::string& out, const CopyProgress& progress) {
    std::error_code problem;
    if (files::equivalent(journal, out, problem)) return Error{ErrorCode::BadUsage, out + " is the journal itself"};
    if (files::is_directory(out, problem)) return Error{ErrorCode::BadUsage, out + " is a folder; name a file in it"};
    const std::string beside = out + ".new";
    discard(beside);
    auto copied = copyAndReadBack(journal, beside, progress);
    if (copied) {
        if (auto placed = moveIntoPlace(beside, out); !placed) copied = placed.error();
    }
    if (!copied) discard(beside);
    return copied;
}

Result<JournalContents> checkBackup(const std::string& file, const std::string& ready) {
    std::error_code problem;
    if (!files::is_regular_file(file, problem)) return Error{ErrorCode::BadUsage, file + " is not a file"};
    if (files::exists(file + "-wal", problem) && files::file_size(file + "-wal", problem) > 0) {
        return Error{ErrorCode::BadUsage, file + " has a -wal beside it: it is a journal in use and no backup"};
    }
    discard(ready);
    if (!files::copy_file(file, ready, problem)) return ioFault(ready, problem, "copy");
    auto read = readWhole(ready);
    if (read && read->rows == 0) read = Error{ErrorCode::BadUsage, file + " holds no record"};
    if (read) {
        if (auto folded = foldIn(ready); !folded) read = folded.error();
    }
    if (read) {
        if (auto synced = syncFile(ready); !synced) read = synced.error();
    }
    if (!read) discard(ready);
    return read;
}

Result<std::optional<JournalContents>> checkInPlace(const std::string& journal) {
    std::error_code problem;
    if (!files::exists(journal, problem)) return std::optional<JournalContents>{};
    auto read = readWhole(journal);
    if (!read) return read.error();
    return std::optional{*std::move(read)};
}

// There is a whole journal under its name at every moment: the old one gets a second name first, and the new one is renamed over it.
Result<void> replaceJournal(const std::string& ready, const std::string& journal, const std::string& kept) {
    std::error_code problem;
    if (files::exists(journal, problem)) {
        // one that is damaged cannot be folded in, which is why it goes
        if (auto alone = foldIn(journal); !alone && alone.error().code == ErrorCode::JournalBusy) return alone;
        for (const std::string suffix : {"", "-wal"}) {
            if (!files::exists(journal + suffix, problem)) continue;
            files::create_hard_link(journal + suffix, kept + suffix, problem);
            if (problem) return ioFault(kept + suffix, problem, "link");
        }
        if (auto synced = syncFolder(files::path(journal).parent_path()); !synced) return synced;
        for (const char* suffix : {"-wal", "-shm"}) files::remove(journal + suffix, problem);
    }
    return moveIntoPlace(ready, journal);
}

}  // namespace keystamp::db
