// SPDX-License-Identifier: Apache-2.0
// Room ahead of a write-ahead log's end. An fdatasync of a file that has grown must write the file's size (and where its blocks lie) too,
// which on ext4 costs nearly as much again; one that writes over bytes that are there does not. So the log grows by a chunk at a time.
// The journal and the signer's ledger both write theirs so.
#pragma once

#include <string>

namespace keystamp {

/// Threads: one at a time.
class WalRoom {
public:
    static constexpr long kChunk = 1 << 20;  ///< bytes; some ten boards' worth

    /// `path` is the log's own; it need not exist yet.
    explicit WalRoom(std::string path) : m_path(std::move(path)) {}
    ~WalRoom();
    WalRoom(const WalRoom&) = delete;
    WalRoom& operator=(const WalRoom&) = delete;

    /// Where somebody has grown the log past its last whole chunk: zeros up to the next. SQLite takes them for frames of an earlier round (no
    /// salt of its own), and writes over them. Only while the database's write lock is held: then nobody else appends. The next
    /// sync of the log syncs them. No room on the disk, or no log: it stays as it is, which is slower and nothing else.
    void keep() noexcept;

private:
    std::string m_path;
    int m_file = -1;
};

}  // namespace keystamp
