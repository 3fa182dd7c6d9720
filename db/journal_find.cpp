// SPDX-License-Identifier: Apache-2.0
// Which device a person means who has nothing but a label, a board or a certificate in hand.
#include <algorithm>

#include "db/journal_parts.h"
#include "db/rows.h"

namespace keystamp::db {
namespace {

/// "3A:00:45" as bytes; nothing where it is no hexadecimal.
std::optional<Bytes> bytesMeantBy(std::string text) {
    std::erase_if(text, [](char c) { return c == ':' || c == ' '; });
    auto bytes = fromHex(text);
    if (!bytes || bytes->empty()) return std::nullopt;
    return std::move(*bytes);
}

std::vector<DeviceId> idsOf(Use& use) {
    std::vector<DeviceId> ids;
    while (use.next()) {
        if (const DeviceId id = idOf(use, 0); std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    return ids;
}

std::vector<DeviceId> ofId(Connection& db, const DeviceId& id) {
    Use use{db.prepared("SELECT id FROM unit WHERE id = ?1 AND live = 1 UNION ALL SELECT id FROM unit WHERE id = ?1 AND live = 0 "
                        "UNION ALL SELECT id FROM job WHERE id = ?1 LIMIT 1")};
    return idsOf(use.with(id.text()));
}

std::vector<DeviceId> ofScan(Connection& db, const std::string& scan) {
    Use use{db.prepared("SELECT id FROM unit WHERE batch IN (SELECT name FROM batch) AND scan = ? AND live = 1 ORDER BY number DESC")};
    return idsOf(use.with(scan));
}

std::vector<DeviceId> ofBoard(Connection& db, const Bytes& uid) {
    Use use{db.prepared("SELECT id, number FROM unit WHERE uid = ?1 AND live = 1 UNION ALL "
                        "SELECT id, number FROM unit WHERE uid = ?1 AND live = 0 ORDER BY 2 DESC")};
    return idsOf(use.with(uid));
}

/// No index has them: a million units take about a second.
std::vector<DeviceId> ofThumbprint(Connection& db, const Bytes& print) {
    Use use{db.prepared("SELECT id, certificate FROM unit WHERE certificate IS NOT NULL ORDER BY number DESC")};
    const bool isSha1 = print.size() == std::tuple_size_v<decltype(sha1(BytesView{}))>;
    while (use.next()) {
        const Bytes certificate = use.bytes(1);
        const bool found = isSha1 ? std::ranges::equal(sha1(certificate), print) : std::ranges::equal(sha256(BytesView{certificate}), print);
        if (found) return {idOf(use, 0)};
    }
    return {};
}

}  // namespace

Result<std::vector<DeviceId>> Journal::find(const std::string& text) const {
    return m_parts->read([&](Connection& db) -> Result<std::vector<DeviceId>> {
        if (const auto id = DeviceId::parse(text)) {
            if (auto found = ofId(db, *id); !found.empty()) return found;
        }
        if (auto found = ofScan(db, text); !found.empty()) return found;
        const auto bytes = bytesMeantBy(text);
        if (!bytes) return std::vector<DeviceId>{};
        if (auto found = ofBoard(db, *bytes); !found.empty()) return found;
        if (bytes->size() != 20 && bytes->size() != 32) return std::vector<DeviceId>{};
        return ofThumbprint(db, *bytes);
    });
}

}  // namespace keystamp::db
