// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the ledger's SQLite connection with statements that are prepared once. SQLiteCpp's exceptions pass through
// here and are caught in CommitQueue and Ledger, the two doors.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/result.h"

namespace keystamp::hsm {

/// One use of a prepared statement; it is reset when this goes.
class Query {
public:
    explicit Query(SQLite::Statement& statement) : m_statement(statement) {}
    ~Query() {
        m_statement.tryReset();
        m_statement.clearBindings();
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// Binds the values to ?1, ?2 ...
    template <typename... Values>
    Query& with(const Values&... values) {
        int at = 0;
        (bind(++at, values), ...);
        return *this;
    }
    bool step() { return m_statement.executeStep(); }
    /// Runs it to its end; the number of changed rows.
    int run() { return m_statement.exec(); }

    std::string text(int column) const { return m_statement.getColumn(column).getString(); }
    std::int64_t number(int column) const { return m_statement.getColumn(column).getInt64(); }
    std::uint64_t count(int column) const { return static_cast<std::uint64_t>(number(column)); }
    Bytes blob(int column) const;
    Digest digest(int column) const;

private:
    void bind(int at, std::string_view text) { m_statement.bind(at, std::string{text}); }
    void bind(int at, const std::string& text) { m_statement.bind(at, text); }
    void bind(int at, const char* text) { m_statement.bind(at, text); }
    void bind(int at, std::int64_t number) { m_statement.bind(at, number); }
    void bind(int at, int number) { m_statement.bind(at, number); }
    void bind(int at, std::uint64_t number) { m_statement.bind(at, static_cast<std::int64_t>(number)); }
    void bind(int at, UtcTime time) { m_statement.bind(at, toText(time)); }
    void bind(int at, BytesView bytes) { m_statement.bind(at, bytes.data(), static_cast<int>(bytes.size())); }
    void bind(int at, const Bytes& bytes) { bind(at, BytesView{bytes}); }
    void bind(int at, const Digest& bytes) { bind(at, BytesView{bytes}); }

    SQLite::Statement& m_statement;
};

/// Threads: one at a time.
class Sql {
public:
    /// Opens (makes, unless `readOnly`) the file, sets what keeps it through a power cut (WAL, synchronous=FULL) and reads it back.
    static Result<std::unique_ptr<Sql>> open(const std::string& path, bool readOnly);

    Query query(const char* sql);
    SQLite::Database& database() { return m_database; }
    /// Where its write-ahead log is, or will be.
    std::string walPath();
    /// The number of the row that was inserted last.
    std::uint64_t lastRow() { return static_cast<std::uint64_t>(m_database.getLastInsertRowid()); }

private:
    Sql(const std::string& path, int flags) : m_database(path, flags, 5000) {}

    SQLite::Database m_database;
    std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> m_statements;  // by the literal's address
};

Error ledgerFault(const SQLite::Exception& problem);

}  // namespace keystamp::hsm
