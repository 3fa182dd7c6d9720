// SPDX-License-Identifier: Apache-2.0
#include "db/connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>

namespace keystamp::db {
namespace {

struct Pragma {
    const char* name;
    const char* set;
    const char* reads;
};

// WAL with FULL is what loses nothing at a power cut: NORMAL does not fsync a commit, DELETE with FULL leaves its journal's
// directory unsynced. The WAL is checkpointed by the writer itself, after those who wait have been answered.
constexpr std::array kBoth{
    Pragma{"journal_mode", "wal", "wal"},   Pragma{"synchronous", "full", "2"},  Pragma{"foreign_keys", "on", "1"},
    Pragma{"temp_store", "memory", "2"},    Pragma{"cell_size_check", "on", "1"}, Pragma{"trusted_schema", "off", "0"},
    Pragma{"cache_size", "-16000", "-16000"}, Pragma{"wal_autocheckpoint", "0", "0"},
};
constexpr Pragma kReader{"query_only", "on", "1"};

std::string read(SQLite::Database& database, const Pragma& pragma) {
    SQLite::Statement statement{database, fmt::format("PRAGMA {}", pragma.name)};
    return statement.executeStep() ? statement.getColumn(0).getString() : std::string{};
}

void set(SQLite::Database& database, const Pragma& pragma) {
    SQLite::Statement statement{database, fmt::format("PRAGMA {}={}", pragma.name, pragma.set)};
    while (statement.executeStep()) {
    }
}

/// SQLite counts its memory under one mutex for all threads, which nobody here asks for. Before the first connection.
void countNoMemory() {
    static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(once);  // too late in a process that has used SQLite already: only slower
}

}  // namespace

Error faultOf(const SQLite::Exception& exception) {
    const int primary = exception.getErrorCode() & 0xff;
    const bool busy = primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
    return Error{busy ? ErrorCode::JournalBusy : ErrorCode::JournalFault, exception.what(),
                 exception.getExtendedErrorCode(), "sqlite3"};
}

Bytes Use::bytes(int column) const {
    const SQLite::Column value = m_statement.getColumn(column);
    const auto* data = static_cast<const std::uint8_t*>(value.getBlob());
    return data == nullptr ? Bytes{} : Bytes{data, data + value.getBytes()};
}

void Use::bind(std::string_view value) {
    // Not bindNoCopy: a temporary may be bound. SQLiteCpp binds std::string with its length, NUL bytes included.
    m_statement.bind(++m_bound, std::string{value});
}

void Use::bind(BytesView value) {
    if (value.empty()) {
        m_statement.bind(++m_bound);
    } else {
        m_statement.bind(++m_bound, value.data(), static_cast<int>(value.size()));
    }
}

Connection::Connection(const std::string& path, Role role)
    : m_role(role),
      m_database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
                 static_cast<int>(kBusyLimit.count())) {
    sqlite3_extended_result_codes(m_database.getHandle(), 1);
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Role role) {
    countNoMemory();
    try {
        std::unique_ptr<Connection> connection{new Connection{path, role}};
        connection->setPragmas();
        if (auto held = connection->checkPragmas(); !held) return held.error();
        return connection;
    } catch (const SQLite::Exception& exception) {
        Error fault = faultOf(exception);
        fault.detail = path + ": " + fault.detail;
        return fault;
    }
}

void Connection::setPragmas() {
    for (const Pragma& pragma : kBoth) set(m_database, pragma);
    if (m_role == Role::Reader) set(m_database, kReader);
}

Result<void> Connection::checkPragmas() {
    const auto holds = [&](const Pragma& pragma) -> Result<void> {
        const std::string found = read(m_database, pragma);
        if (found == pragma.reads) return {};
        return Error{ErrorCode::JournalFault, fmt::format("{} is {}, not {}", pragma.name, found, pragma.reads), 0, "PRAGMA"};
    };
    try {
        for (const Pragma& pragma : kBoth) {
            if (auto held = holds(pragma); !held) return held;
        }
        return m_role == Role::Reader ? holds(kReader) : Result<void>{};
    } catch (const SQLite::Exception& exception) {
        return faultOf(exception);
    }
}

std::string Connection::walPath() { return sqlite3_filename_wal(sqlite3_db_filename(m_database.getHandle(), "main")); }

SQLite::Statement& Connection::prepared(const char* sql) {
    auto& statement = m_statements[sql];
    if (!statement) statement = std::make_unique<SQLite::Statement>(m_database, sql);
    return *statement;
}

}  // namespace keystamp::db
