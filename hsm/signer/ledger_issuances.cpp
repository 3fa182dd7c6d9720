// SPDX-License-Identifier: Apache-2.0
// What was asked of the HSM under each grant: for a journal that has lost rows.
#include "hsm/signer/ledger.h"

namespace keystamp::hsm {
namespace {

// +batch: by the row number, from where the last part ended, and not all of a batch sorted for each part
constexpr const char* kLeaves =
    "SELECT n, id, job, slot, serial, key_hash, certificate, void_at FROM serial"
    " WHERE +batch = ?1 AND n > ?2 AND state IN ('intended', 'issued', 'interrupted') ORDER BY n LIMIT ?3";
constexpr const char* kKeys =
    "SELECT n, id, job, slot FROM derivation AS one WHERE +batch = ?1 AND n > ?2 AND NOT EXISTS"
    " (SELECT 1 FROM derivation AS earlier WHERE earlier.batch = one.batch AND earlier.id = one.id AND earlier.n < one.n) ORDER BY n LIMIT ?3";

Result<Issuance> issuanceOf(const Query& row, bool leaf) {
    auto id = DeviceId::parse(row.text(1));
    if (!id) return id.error();
    Issuance one{row.count(0), *std::move(id), row.text(2), row.text(3) == name(Slot::Secondary) ? Slot::Secondary : Slot::Primary, {}, {}, {}, false};
    if (!leaf) return one;
    one.serial = row.blob(4);
    one.keyHash = row.digest(5);
    one.certificate = row.blob(6);
    one.isVoid = !row.text(7).empty();
    return one;
}

}  // namespace

Result<std::vector<Issuance>> Ledger::issuances(const std::string& batch, std::uint64_t after) {
    std::vector<Issuance> found;
    const auto done = read([&](Sql& sql) -> Result<void> {
        bool leaf = false;
        {
            Query grant = sql.query("SELECT mode FROM grant_ WHERE batch = ?1");
            if (!grant.with(batch).step()) return Error{ErrorCode::NotGranted, "batch " + batch};
            leaf = grant.text(0) == name(Mode::X509);
        }
        Query rows = sql.query(leaf ? kLeaves : kKeys);
        rows.with(batch, after, std::uint64_t{kIssuancesAtOnce});
        while (rows.step()) {
            auto one = issuanceOf(rows, leaf);
            if (!one) return one.error();
            found.push_back(*std::move(one));
        }
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<std::vector<std::string>> Ledger::usedBatches() {
    std::vector<std::string> found;
    const auto done = read([&](Sql& sql) -> Result<void> {
        Query rows = sql.query("SELECT batch FROM grant_ WHERE used > 0 ORDER BY batch");
        while (rows.step()) found.push_back(rows.text(0));
        return {};
    });
    if (!done) return done.error();
    return found;
}

}  // namespace keystamp::hsm
