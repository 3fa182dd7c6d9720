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

}  // namespace keystamp::db
