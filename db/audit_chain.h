// SPDX-License-Identifier: Apache-2.0
// Reading an audit log row by row, from wherever it comes.
// Private to this room.
#pragma once

#include <string_view>

#include "core/merkle.h"
#include "core/result.h"

namespace keystamp::db {

/// Follows a log from its first row: number, hash of the row before, tree. Keeps O(log n) hashes.
class AuditChain {
public:
    /// RecordsAltered where this line is not the row that follows.
    Result<void> follow(std::string_view line);
    std::uint64_t size() const { return m_tree.size(); }
    const MerkleFrontier& tree() const { return m_tree; }
    /// The leaf of the line that was followed last.
    const Digest& leaf() const { return m_leaf; }

private:
    MerkleFrontier m_tree;
    Digest m_last{};
    Digest m_leaf{};
};

/// The consistency proof from `oldSize` to `newSize` (RFC 6962 section 2.1.2) from leaves that come one by one, in order.
class ProofBuilder {
public:
    ProofBuilder(std::uint64_t oldSize, std::uint64_t newSize);
    void append(const Digest& leaf);
    std::vector<Digest> proof() const;

private:
    struct Part {
        std::uint64_t begin = 0, end = 0;
        MerkleFrontier tree{};
    };
    void split(std::uint64_t begin, std::uint64_t end, std::uint64_t oldSize, bool whole);

    std::vector<Part> m_parts;  // in the proof's order
    std::uint64_t m_seen = 0;
};

}  // namespace keystamp::db
