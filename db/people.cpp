// SPDX-License-Identifier: Apache-2.0
#include "db/people.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <string_view>

#include "db/journal_parts.h"

namespace keystamp::db {
namespace {

constexpr std::string_view kSalt = "keystamp-badge-v1";
constexpr int kRounds = 10'000;
constexpr std::size_t kLongestName = 64;

#define KEYSTAMP_PERSON_COLUMNS "name, role, badge, added_by, added_at, removed_by, removed_at"

Person personOf(const Use& row) {
    Person person{.name = row.text(0), .badge = {}, .addedBy = row.text(3), .addedAt = row.time(4), .removedBy = row.text(5)};
    const auto role = parseRole(row.text(1));
    const Bytes badge = row.bytes(2);
    if (!role || badge.size() != person.badge.size()) throw SQLite::Exception{"a damaged row: person " + person.name};
    person.role = *role;
    std::copy(badge.begin(), badge.end(), person.badge.begin());
    if (!row.null(6)) person.removedAt = row.time(6);
    return person;
}

/// What is no UTF-8 is left out by one and shown by the other.
bool isUtf8(const std::string& text) {
    const auto dumped = [&](Json::error_handler_t handler) { return Json(text).dump(-1, ' ', false, handler); };
    return dumped(Json::error_handler_t::ignore) == dumped(Json::error_handler_t::replace);
}

bool isName(const std::string& text) {
    const bool plain = std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    return plain && isUtf8(text) && !text.empty() && text.size() <= kLongestName && text.front() != ' ' && text.back() != ' ';
}

}  // namespace

std::string_view name(Role role) {
    switch (role) {
        case Role::Operator: return "operator";
        case Role::Supervisor: return "supervisor";
        case Role::Auditor: return "auditor";
    }
    return "";
}

Result<Role> parseRole(const std::string& text) {
    for (const Role role : {Role::Operator, Role::Supervisor, Role::Auditor}) {
        if (text == name(role)) return role;
    }
    return Error{ErrorCode::BadUsage, "\"" + text + "\" is no role: operator, supervisor or auditor"};
}

Result<void> checkPersonName(const std::string& name) {
    if (isName(name)) return {};
    return Error{ErrorCode::BadUsage, fmt::format("a person's name has 1 to {} bytes of UTF-8, no control characters, and no blank at either end", kLongestName)};
}

Digest badgeDigest(BytesView code) {
    Digest digest{};
    const auto* const text = reinterpret_cast<const char*>(code.data());
    const auto* const salt = reinterpret_cast<const unsigned char*>(kSalt.data());
    PKCS5_PBKDF2_HMAC(text, static_cast<int>(code.size()), salt, static_cast<int>(kSalt.size()), kRounds, EVP_sha256(),
                      static_cast<int>(digest.size()), digest.data());
    return digest;
}

Result<std::vector<Person>> People::present() const {
    return m_journal.m_parts->read([](Connection& db) -> Result<std::vector<Person>> {
        std::vector<Person> people;
        Use use{db.prepared("SELECT " KEYSTAMP_PERSON_COLUMNS " FROM person WHERE removed_at IS NULL ORDER BY name")};
        while (use.next()) people.push_back(personOf(use));
        return people;
    });
}

Result<void> People::add(const std::string& who, Role role, const Digest& badge, const std::string& by) {
    if (auto fits = checkPersonName(who); !fits) return fits;
    return m_journal.m_parts->change([&](Transaction& t) -> Result<void> {
        {
            Use use{t.db.prepared("SELECT name FROM person WHERE removed_at IS NULL AND (name = ? OR badge = ?)")};
            if (use.with(who, badge).next()) {
                const std::string other = use.text(0);
                return Error{ErrorCode::PersonExists, other == who ? who : "the badge is " + other + "'s"};
            }
        }
        Use{t.db.prepared("INSERT INTO person(name, role, badge, added_by, added_at) VALUES(?, ?, ?, ?, ?)")}
            .with(who, name(role), badge, by, t.now)
            .run();
        t.note("person-add", {{"person", who}, {"role", name(role)}, {"who", by}});
        return {};
    });
}

Result<void> People::remove(const std::string& who, const std::string& by) {
    return m_journal.m_parts->change([&](Transaction& t) -> Result<void> {
        Use use{t.db.prepared("UPDATE person SET removed_by = ?, removed_at = ? WHERE name = ? AND removed_at IS NULL")};
        if (use.with(by, t.now, who).run() != 1) return Error{ErrorCode::UnknownPerson, who};
        t.note("person-remove", {{"person", who}, {"who", by}});
        return {};
    });
}

Result<void> People::cameIn(const Person& person, const std::string& inPlaceOf) {
    return m_journal.m_parts->change([&](Transaction& t) -> Result<void> {
        Json row{{"person", person.name}, {"role", name(person.role)}};
        if (!inPlaceOf.empty()) row["from"] = inPlaceOf;
        t.note("person-login", row);
        return {};
    });
}

Result<void> People::wentOut(const std::string& who, const std::string& why) {
    return m_journal.m_parts->change([&](Transaction& t) -> Result<void> {
        t.note("person-logout", {{"person", who}, {"why", why}});
        return {};
    });
}

Result<void> People::refusedBadge() {
    return m_journal.m_parts->change([](Transaction& t) -> Result<void> {
        t.note("badge-refused", Json::object());
        return {};
    });
}

}  // namespace keystamp::db
