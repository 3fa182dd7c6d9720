// SPDX-License-Identifier: Apache-2.0
// Which slot is active, which CAs have issued, and what was asked of a root for a slot.
#include "hsm/signer/ledger.h"

namespace keystamp::hsm {

Result<Slot> Ledger::activeSlot() {
    Slot slot = Slot::Primary;
    const auto done = read([&](Sql& sql) -> Result<void> {
        Query row = sql.query("SELECT slot FROM active ORDER BY n DESC LIMIT 1");
        if (row.step() && row.text(0) == name(Slot::Secondary)) slot = Slot::Secondary;
        return {};
    });
    if (!done) return done.error();
    return slot;
}

Result<void> Ledger::rollTo(Slot slot, const std::string& supervisor) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        sql.query("INSERT INTO active(slot, supervisor, time) VALUES(?1, ?2, ?3)").with(name(slot), supervisor, m_clock()).run();
        addAct(sql, made, supervisor, "ca-roll", name(slot));
        return {};
    });
}

Result<void> Ledger::rememberCa(const FormerCa& ca) {
    return m_commits.run([&](Sql& sql) -> Result<void> {
        sql.query("INSERT INTO issuer(sha256, slot, chain, time) VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
            .with(ca.sha256, name(ca.slot), ca.chainPem, m_clock())
            .run();
        return {};
    });
}

Result<std::vector<FormerCa>> Ledger::issuers() {
    std::vector<FormerCa> found;
    const auto done = read([&](Sql& sql) -> Result<void> {
        Query rows = sql.query("SELECT slot, sha256, chain FROM issuer ORDER BY time");
        while (rows.step()) {
            const Slot slot = rows.text(0) == name(Slot::Secondary) ? Slot::Secondary : Slot::Primary;
            found.push_back({slot, rows.digest(1), rows.text(2)});
        }
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<void> Ledger::requested(Slot slot, const std::string& about, const std::string& supervisor) {
    return supervised("ca-request", "ca-request", slot, about, supervisor);
}

Result<void> Ledger::proven(Slot slot, const std::string& code, const std::string& supervisor) {
    return supervised("ca-prove", "prove", slot, code, supervisor);
}

Result<void> Ledger::supervised(std::string_view act, std::string_view purpose, Slot slot, const std::string& about,
                                const std::string& supervisor) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        addAct(sql, made, supervisor, act, about);
        addSignature(sql, made, purpose, name(slot), about);
        return {};
    });
}

}  // namespace keystamp::hsm
