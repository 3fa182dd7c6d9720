// SPDX-License-Identifier: Apache-2.0
#include "db/audit_chain.h"

#include <fmt/format.h>

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

}  // namespace keystamp::db
