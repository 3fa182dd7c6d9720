// SPDX-License-Identifier: Apache-2.0
// One SQLite connection with its prepared statements. Inside the room SQLite's exceptions fly, and each door of the room
// turns them into Errors by faultOf(). One thread at a time.
// Private to this room.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/result.h"

namespace keystamp::db {

/// How long a lock that another process holds is waited for.
inline constexpr std::chrono::milliseconds kBusyLimit{5000};

/// JournalBusy or JournalFault with SQLite's extended code.
Error faultOf(const SQLite::Exception& exception);

/// A prepared statement while it is in use: bound from left to right, reset at the end, so that no read stays open.
class Use {
public:
    explicit Use(SQLite::Statement& statement) : m_statement(statement) {}
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() { m_statement.tryReset(); }

    template <typename... Values>
    Use& with(const Values&... values) {
        (bind(values), ...);
        return *this;
    }
    /// Whether there is a (further) row.
    bool next() { return m_statement.executeStep(); }
    /// Runs a statement that gives no rows; how many rows it changed.
    int run() { return m_statement.exec(); }

    std::string text(int column) const { return m_statement.getColumn(column).getString(); }
    std::int64_t number(int column) const { return m_statement.getColumn(column).getInt64(); }
    std::uint64_t count(int column) const { return static_cast<std::uint64_t>(number(column)); }
    UtcTime time(int column) const { return UtcTime{std::chrono::milliseconds{number(column)}}; }
    bool null(int column) const { return m_statement.getColumn(column).isNull(); }
    Bytes bytes(int column) const;

private:
    void bind(std::int64_t value) { m_statement.bind(++m_bound, value); }
    void bind(std::uint64_t value) { m_statement.bind(++m_bound, static_cast<std::int64_t>(value)); }
    void bind(bool value) { m_statement.bind(++m_bound, value ? 1 : 0); }
    void bind(UtcTime value) { bind(static_cast<std::int64_t>(value.time_since_epoch().count())); }
    void bind(std::string_view value);
    void bind(const std::string& value) { bind(std::string_view{value}); }
    void bind(const char* value) { bind(std::string_view{value}); }
    void bind(BytesView value);  ///< an empty one is NULL
    void bind(const Bytes& value) { bind(BytesView{value}); }
    void bind(const Digest& value) { bind(BytesView{value}); }
    void bind(std::nullptr_t) { m_statement.bind(++m_bound); }

    SQLite::Statement& m_statement;
    int m_bound = 0;
};

class Connection {
public:
    enum class Role {
        Writer,
        Reader,  ///< query_only
    };
    /// Sets every pragma that the journal's promises stand on; JournalFault where one reads back otherwise.
    static Result<std::unique_ptr<Connection>> open(const std::string& path, Role role);

    /// `sql` must be a literal: its address is the key of the cache.
    SQLite::Statement& prepared(const char* sql);
    SQLite::Database& database() { return m_database; }
    /// Where its write-ahead log is, or will be.
    std::string walPath();
    /// The pragmas once more: JournalFault names one that does not hold.
    Result<void> checkPragmas();

private:
    Connection(const std::string& path, Role role);
    void setPragmas();

    Role m_role;
    SQLite::Database m_database;
    std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> m_statements;
};

}  // namespace keystamp::db
