// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/sql.h"

#include <sqlite3.h>

#include <algorithm>

namespace keystamp::hsm {
namespace {

/// SQLite counts its memory under one mutex for all threads, which nobody here asks for. Before the first connection.
void countNoMemory() {
    static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(once);  // too late in a process that has used SQLite already: only slower
}

}  // namespace

Bytes Query::blob(int column) const {
    const SQLite::Column value = m_statement.getColumn(column);
    const auto* data = static_cast<const std::uint8_t*>(value.getBlob());
    return data == nullptr ? Bytes{} : Bytes(data, data + value.getBytes());
}

Digest Query::digest(int column) const {
    const Bytes bytes = blob(column);
    Digest digest{};
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

Error ledgerFault(const SQLite::Exception& problem) {
    return Error{ErrorCode::JournalFault, std::string{"the signer's ledger: "} + problem.what(), problem.getExtendedErrorCode(), "sqlite3"};
}

Result<std::unique_ptr<Sql>> Sql::open(const std::string& path, bool readOnly) {
    countNoMemory();
    try {
        // one thread at a time, which the queue and the reader's mutex see to: SQLite need not
        const int flags = SQLite::OPEN_NOMUTEX | (readOnly ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        std::unique_ptr<Sql> sql{new Sql(path, flags)};
        SQLite::Database& database = sql->m_database;
        if (!readOnly) {
            database.exec("PRAGMA journal_mode=WAL");
            // a checkpoint costs two more fsyncs: one in some hundred commits, and a WAL of 8 MB at most
            database.exec("PRAGMA wal_autocheckpoint=2000");
        }
        // what was deleted is overwritten with zeros, and so is the page that it leaves
        database.exec("PRAGMA secure_delete=ON");
        database.exec("PRAGMA synchronous=FULL");
        database.exec("PRAGMA foreign_keys=ON");
        const std::string mode = database.execAndGet("PRAGMA journal_mode").getString();
        const int synchronous = database.execAndGet("PRAGMA synchronous").getInt();
        const int foreign = database.execAndGet("PRAGMA foreign_keys").getInt();
        const int wiped = database.execAndGet("PRAGMA secure_delete").getInt();
        if (mode != "wal" || synchronous != 2 || foreign != 1 || wiped != 1) {
            return Error{ErrorCode::JournalFault, "the signer's ledger cannot be kept safely: journal_mode is " + mode, 0, "pragma"};
        }
        return sql;
    } catch (const SQLite::Exception& problem) {
        return ledgerFault(problem);
    }
}

std::string Sql::walPath() { return sqlite3_filename_wal(sqlite3_db_filename(m_database.getHandle(), "main")); }

Query Sql::query(const char* sql) {
    auto& statement = m_statements[sql];
    if (!statement) statement = std::make_unique<SQLite::Statement>(m_database, sql);
    return Query{*statement};
}

}  // namespace keystamp::hsm
