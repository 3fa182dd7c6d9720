// SPDX-License-Identifier: Apache-2.0
// Who may be at the station. A row for each time a person was added; it is never deleted: a removed one's name still stands in the audit log.
// A badge is kept as a digest that takes time to guess; what it opens alone is an operator's or auditor's.
//
// Threads: any. Errors: as Journal's; others are said below.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/result.h"

namespace keystamp::db {

class Journal;

enum class Role { Operator, Supervisor, Auditor };
std::string_view name(Role role);  ///< "operator", "supervisor", "auditor"
/// BadUsage.
Result<Role> parseRole(const std::string& text);

/// BadUsage for what is no 1 to 64 bytes of plain text.
Result<void> checkPersonName(const std::string& name);

/// PBKDF2-HMAC-SHA-256 (RFC 8018), 10,000 rounds: some milliseconds.
Digest badgeDigest(BytesView code);

struct Person {
    std::string name;
    Role role = Role::Operator;
    Digest badge{};
    std::string addedBy;
    UtcTime addedAt{};
    std::string removedBy;
    std::optional<UtcTime> removedAt{};
};

class People {
public:
    explicit People(Journal& journal) : m_journal(journal) {}

    /// Who is here now, by name.
    Result<std::vector<Person>> present() const;
    /// Audited. BadUsage for a name that is no 1 to 64 bytes of plain text; PersonExists where the name or the badge is somebody's who is here.
    Result<void> add(const std::string& name, Role role, const Digest& badge, const std::string& who);
    /// Audited. UnknownPerson.
    Result<void> remove(const std::string& name, const std::string& who);

    /// Audited, each on disk when it returns: who has come, in whose place if in somebody's; who has gone, and why ("button", "idle",
    /// "removed", "end"); a badge that is nobody's, whose code the log does not have.
    Result<void> cameIn(const Person& person, const std::string& inPlaceOf = {});
    Result<void> wentOut(const std::string& name, const std::string& why);
    Result<void> refusedBadge();

private:
    Journal& m_journal;
};

}  // namespace keystamp::db
