// SPDX-License-Identifier: Apache-2.0
#include "db/audit_chain.h"

#include <fmt/format.h>

#include <bit>

namespace keystamp::db {

// Rows are compared with what must stand at both ends of them. What stands between is held by the next row's hash and by
// the tree, so nothing is parsed: a million rows are read in a moment.
Result<void> AuditChain::follow(std::string_view line) {
    const std::uint64_t number = size() + 1;
    const std::string begin = fmt::format("{{\"n\":{},\"time\":\"", number);
    const std::string end = fmt::format(",\"prev\":\"{}\"}}", toHex(m_last));
    if (line.size() < begin.size() + end.size() || !line.starts_with(begin)) {
        return Error{ErrorCode::RecordsAltered, fmt::format("row {} of the audit log is missing or not in its place", number)};
    }
    if (!line.ends_with(end)) {
        return Error{ErrorCode::RecordsAltered, number == 1 ? "row 1 of the audit log is not a first row"
                                                            : fmt::format("row {} of the audit log is not the one that row {} follows",
                                                                          number - 1, number)};
    }
    m_leaf = merkleLeaf(asBytes(line));
    m_last = sha256(line);
    m_tree.append(m_leaf);
    return {};
}

ProofBuilder::ProofBuilder(std::uint64_t oldSize, std::uint64_t newSize) {
    if (oldSize > 0 && oldSize < newSize) split(0, newSize, oldSize, true);
}

// SUBPROOF(m, D[begin:end], b)
void ProofBuilder::split(std::uint64_t begin, std::uint64_t end, std::uint64_t oldSize, bool whole) {
    const std::uint64_t size = end - begin;
    if (oldSize == size) {
        if (!whole) m_parts.push_back({begin, end});
        return;
    }
    const std::uint64_t half = std::bit_floor(size - 1);
    if (oldSize <= half) {
        split(begin, begin + half, oldSize, whole);
        m_parts.push_back({begin + half, end});
    } else {
        split(begin + half, end, oldSize - half, false);
        m_parts.push_back({begin, begin + half});
    }
}

void ProofBuilder::append(const Digest& leaf) {
    for (Part& part : m_parts) {
        if (m_seen >= part.begin && m_seen < part.end) part.tree.append(leaf);
    }
    ++m_seen;
}

std::vector<Digest> ProofBuilder::proof() const {
    std::vector<Digest> hashes;
    for (const Part& part : m_parts) hashes.push_back(part.tree.root());
    return hashes;
}

}  // namespace keystamp::db
