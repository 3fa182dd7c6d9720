// SPDX-License-Identifier: Apache-2.0
#include "hsm/messages.h"

#include <algorithm>

namespace keystamp::hsm::messages {

using wire::Body;

Bytes bytes(const Body& field) { return field.get_binary(); }

Digest digest(const Body& field) {
    const auto& found = field.get_binary();
    Digest value{};
    // a digest of another length equals no other digest
    if (found.size() == value.size()) std::copy(found.begin(), found.end(), value.begin());
    return value;
}

UtcTime time(const Body& field) { return UtcTime{std::chrono::milliseconds{field.get<std::int64_t>()}}; }
Body fromTime(UtcTime time) { return time.time_since_epoch().count(); }

Body fromGrant(const Grant& grant) {
    return {{"batch", grant.batch},     {"mode", std::string{name(grant.mode)}}, {"slot", std::string{name(grant.slot)}},
            {"cap", grant.cap},         {"pattern", grant.pattern},              {"first", grant.first},
            {"last", grant.last},       {"ids", fromIds(grant.ids)}};
}

Result<Grant> toGrant(const Body& body) {
    const auto mode = parseMode(body.at("mode").get<std::string>());
    if (!mode) return mode.error();
    const auto slot = parseSlot(body.at("slot").get<std::string>());
    if (!slot) return slot.error();
    Grant grant;
    grant.batch = body.at("batch").get<std::string>();
    grant.mode = *mode;
    grant.slot = *slot;
    grant.cap = body.at("cap").get<std::uint64_t>();
    grant.pattern = body.at("pattern").get<std::string>();
    grant.first = body.at("first").get<std::uint64_t>();
    grant.last = body.at("last").get<std::uint64_t>();
    auto ids = toIds(body.at("ids"));
    if (!ids) return ids.error();
    grant.ids = std::move(*ids);
    return grant;
}

namespace {

Body fromProfile(const LeafProfile& profile) {
    return {{"hours", profile.validity.count()}, {"backdate_hours", profile.backdate.count()},
            {"organisation", profile.organisation}, {"purposes", profile.purposes}, {"keys", profile.keys}};
}

LeafProfile toProfile(const Body& body) {
    return {std::chrono::hours{body.at("hours").get<std::int64_t>()}, std::chrono::hours{body.at("backdate_hours").get<std::int64_t>()},
            body.at("organisation").get<std::string>(), body.at("purposes").get<std::vector<std::string>>(),
            body.at("keys").get<std::vector<std::string>>()};
}

}  // namespace

Body fromStatus(const SignerStatus& status) {
    Body slots = Body::array();
    for (const CaInfo& ca : status.slots) {
        slots.push_back({{"slot", std::string{name(ca.slot)}},
                         {"usable", ca.usable},
                         {"problem", ca.problem},
                         {"subject", ca.subject},
                         {"key_type", ca.keyType},
                         {"certificate", wire::binary(ca.certificate)},
                         {"chain", ca.chainPem},
                         {"sha256", wire::binary(ca.sha256)},
                         {"not_before", fromTime(ca.notBefore)},
                         {"not_after", fromTime(ca.notAfter)},
                         {"group_key", ca.groupKey},
                         {"group_key_wanted", ca.groupKeyWanted},
                         {"awaited", ca.awaited},
                         {"held_half", ca.heldHalf}});
    }
    Body former = Body::array();
    for (const FormerCa& ca : status.former) {
        former.push_back({{"slot", std::string{name(ca.slot)}}, {"sha256", wire::binary(ca.sha256)}, {"chain", ca.chainPem}});
    }
    return {{"logged_in", status.loggedIn},     {"demo", status.demo},
            {"supervised", status.supervised},
            {"former", std::move(former)},
            {"state", status.state},            {"token_label", status.tokenLabel},
            {"token_serial", status.tokenSerial}, {"module", status.module},
            {"slots", std::move(slots)},        {"root", status.rootPem},
            {"active", std::string{name(status.active)}}, {"profile", fromProfile(status.profile)},
            {"lacks", status.lacks},            {"sas_problem", status.sasProblem},
            {"sealing_problem", status.sealingProblem}, {"sealing_key_wanted", status.sealingKeyWanted},
            {"sealing_key", status.sealingKey}, {"keys_held", status.keysHeld},
            {"self_test", status.selfTest},
            {"audit_key", status.auditKeyPem},  {"worker", status.worker},
            {"worker_starts", status.workerStarts}};
}

Result<SignerStatus> toStatus(const Body& body) {
    SignerStatus status;
    body.at("logged_in").get_to(status.loggedIn);
    body.at("demo").get_to(status.demo);
    body.at("supervised").get_to(status.supervised);
    body.at("state").get_to(status.state);
    body.at("token_label").get_to(status.tokenLabel);
    body.at("token_serial").get_to(status.tokenSerial);
    body.at("module").get_to(status.module);
    body.at("root").get_to(status.rootPem);
    body.at("lacks").get_to(status.lacks);
    body.at("sas_problem").get_to(status.sasProblem);
    body.at("sealing_problem").get_to(status.sealingProblem);
    body.at("sealing_key_wanted").get_to(status.sealingKeyWanted);
    body.at("sealing_key").get_to(status.sealingKey);
    body.at("keys_held").get_to(status.keysHeld);
    body.at("self_test").get_to(status.selfTest);
    body.at("audit_key").get_to(status.auditKeyPem);
    body.at("worker").get_to(status.worker);
    body.at("worker_starts").get_to(status.workerStarts);
    const auto active = parseSlot(body.at("active").get<std::string>());
    if (!active) return active.error();
    status.active = *active;
    status.profile = toProfile(body.at("profile"));
    for (const Body& entry : body.at("former")) {
        const auto slot = parseSlot(entry.at("slot").get<std::string>());
        if (!slot) return slot.error();
        status.former.push_back({*slot, digest(entry.at("sha256")), entry.at("chain").get<std::string>()});
    }
    for (const Body& entry : body.at("slots")) {
        const auto slot = parseSlot(entry.at("slot").get<std::string>());
        if (!slot) return slot.error();
        CaInfo ca;
        ca.slot = *slot;
        entry.at("usable").get_to(ca.usable);
        entry.at("problem").get_to(ca.problem);
        entry.at("subject").get_to(ca.subject);
        entry.at("key_type").get_to(ca.keyType);
        ca.certificate = bytes(entry.at("certificate"));
        entry.at("chain").get_to(ca.chainPem);
        ca.sha256 = digest(entry.at("sha256"));
        ca.notBefore = time(entry.at("not_before"));
        ca.notAfter = time(entry.at("not_after"));
        entry.at("group_key").get_to(ca.groupKey);
        entry.at("awaited").get_to(ca.awaited);
        entry.at("held_half").get_to(ca.heldHalf);
        entry.at("group_key_wanted").get_to(ca.groupKeyWanted);
        status.slots.push_back(std::move(ca));
    }
    return status;
}

Body fromCaRequest(const CaRequest& request) {
    return {{"slot", std::string{name(request.slot)}}, {"key", request.key}, {"subject", request.subject}};
}

Result<CaRequest> toCaRequest(const Body& body) {
    const auto slot = parseSlot(body.at("slot").get<std::string>());
    if (!slot) return slot.error();
    return CaRequest{*slot, body.at("key").get<std::string>(), body.at("subject").get<std::string>()};
}

Body fromCaRequested(const CaRequested& made) {
    return {{"csr", wire::binary(made.csr)}, {"subject", made.subject}, {"key_type", made.keyType}, {"id", made.ckaId}, {"new_key", made.newKey}};
}

CaRequested toCaRequested(const Body& body) {
    return {bytes(body.at("csr")), body.at("subject").get<std::string>(), body.at("key_type").get<std::string>(),
            body.at("id").get<std::string>(), body.at("new_key").get<bool>()};
}

Body fromHalfTaken(const HalfTaken& taken) {
    return {{"complete", taken.complete}, {"waits_for", taken.waitsFor}, {"left", taken.left.count()}};
}

HalfTaken toHalfTaken(const Body& body) {
    return {body.at("complete").get<bool>(), body.at("waits_for").get<int>(), std::chrono::seconds{body.at("left").get<std::int64_t>()}};
}

Body fromCrl(const Crl& crl) {
    return {{"crl", wire::binary(crl.crl)}, {"number", crl.number}, {"revoked", crl.revoked}, {"next_update", fromTime(crl.nextUpdate)}};
}

Crl toCrl(const Body& body) {
    return {bytes(body.at("crl")), body.at("number").get<std::uint64_t>(), body.at("revoked").get<std::uint64_t>(), time(body.at("next_update"))};
}

Body fromLeaf(const Leaf& leaf) {
    return {{"certificate", wire::binary(leaf.certificate)}, {"chain", leaf.chainPem}, {"slot", std::string{name(leaf.slot)}}};
}

Result<Leaf> toLeaf(const Body& body) {
    const auto slot = parseSlot(body.at("slot").get<std::string>());
    if (!slot) return slot.error();
    return Leaf{bytes(body.at("certificate")), body.at("chain").get<std::string>(), *slot};
}

Body fromRecord(const SerialRecord& record) {
    Body body{{"fate", static_cast<int>(record.fate)}, {"void", record.isVoid}};
    if (record.leaf) body["leaf"] = fromLeaf(*record.leaf);
    return body;
}

Result<SerialRecord> toRecord(const Body& body) {
    const int fate = body.at("fate").get<int>();
    if (fate < 0 || fate > static_cast<int>(SerialFate::Issued)) return Error{ErrorCode::Internal, "an unknown fate of a serial"};
    SerialRecord record{static_cast<SerialFate>(fate), std::nullopt, body.at("void").get<bool>()};
    if (body.contains("leaf")) {
        auto leaf = toLeaf(body.at("leaf"));
        if (!leaf) return leaf.error();
        record.leaf = std::move(*leaf);
    }
    return record;
}

Body fromIssuances(const std::vector<Issuance>& issuances) {
    Body rows = Body::array();
    for (const Issuance& one : issuances) {
        Body row{{"number", one.number}, {"id", one.id.text()}, {"job", one.job}, {"slot", std::string{name(one.slot)}}};
        if (!one.serial.empty()) {
            row["serial"] = wire::binary(one.serial);
            row["key_hash"] = wire::binary(one.keyHash);
            row["certificate"] = wire::binary(one.certificate);
            row["void"] = one.isVoid;
        }
        rows.push_back(std::move(row));
    }
    return {{"issuances", std::move(rows)}};
}

Result<std::vector<Issuance>> toIssuances(const Body& body) {
    std::vector<Issuance> found;
    for (const Body& row : body.at("issuances")) {
        auto id = DeviceId::parse(row.at("id").get<std::string>());
        if (!id) return id.error();
        const auto slot = parseSlot(row.at("slot").get<std::string>());
        if (!slot) return slot.error();
        Issuance one{row.at("number").get<std::uint64_t>(), *std::move(id), row.at("job").get<std::string>(), *slot, {}, {}, {}, false};
        if (row.contains("serial")) {
            one.serial = bytes(row.at("serial"));
            one.keyHash = digest(row.at("key_hash"));
            one.certificate = bytes(row.at("certificate"));
            one.isVoid = row.at("void").get<bool>();
        }
        found.push_back(std::move(one));
    }
    return found;
}

Body fromHead(const TreeHead& head) {
    return {{"origin", head.origin}, {"size", head.size}, {"root", wire::binary(head.root)}};
}

TreeHead toHead(const Body& body) {
    return {body.at("origin").get<std::string>(), body.at("size").get<std::uint64_t>(), digest(body.at("root"))};
}

Body fromCheckpoint(const SignedCheckpoint& checkpoint) {
    Body body = fromHead(checkpoint.head);
    body["signature"] = wire::binary(checkpoint.signature);
    return body;
}

SignedCheckpoint toCheckpoint(const Body& body) { return {toHead(body), bytes(body.at("signature"))}; }

Body fromCounts(const LedgerCounts& counts) {
    return {{"cap", counts.cap},       {"reserved", counts.reserved},       {"intents", counts.intents},
            {"issued", counts.issued}, {"interrupted", counts.interrupted}, {"derived", counts.derived},
            {"imported", counts.imported}, {"held", counts.held},       {"awaited", counts.awaited}};
}

LedgerCounts toCounts(const Body& body) {
    LedgerCounts counts;
    body.at("cap").get_to(counts.cap);
    body.at("reserved").get_to(counts.reserved);
    body.at("intents").get_to(counts.intents);
    body.at("issued").get_to(counts.issued);
    body.at("interrupted").get_to(counts.interrupted);
    body.at("derived").get_to(counts.derived);
    body.at("imported").get_to(counts.imported);
    body.at("held").get_to(counts.held);
    body.at("awaited").get_to(counts.awaited);
    return counts;
}

Body fromIds(const std::vector<DeviceId>& ids) {
    Body body = Body::array();
    for (const DeviceId& id : ids) body.push_back(id.text());
    return body;
}

Result<std::vector<DeviceId>> toIds(const Body& body) {
    std::vector<DeviceId> ids;
    ids.reserve(body.size());
    for (const Body& text : body) {
        auto id = DeviceId::parse(text.get_ref<const std::string&>());
        if (!id) return id.error();
        ids.push_back(std::move(*id));
    }
    return ids;
}

std::vector<Slot> toSlots(const Body& body) {
    std::vector<Slot> slots;
    for (const Body& text : body) {
        const auto slot = parseSlot(text.get<std::string>());
        if (!slot) return {};
        slots.push_back(*slot);
    }
    return slots;
}

Body fromSlots(const std::vector<Slot>& slots) {
    Body body = Body::array();
    for (const Slot slot : slots) body.push_back(std::string{name(slot)});
    return body;
}

Secret pack(const std::vector<BytesView>& keys) {
    std::size_t size = 0;
    for (const BytesView key : keys) size += 1 + key.size();
    Secret packed(size);
    auto at = packed.bytes().begin();
    for (const BytesView key : keys) {
        *at++ = static_cast<std::uint8_t>(key.size());
        at = std::copy(key.begin(), key.end(), at);
    }
    return packed;
}

Result<std::vector<Secret>> unpack(const Secret& packed) {
    std::vector<Secret> keys;
    BytesView rest = packed.view();
    while (!rest.empty()) {
        const std::size_t size = rest.front();
        if (rest.size() - 1 < size) return Error{ErrorCode::BadUsage, "a key is not whole"};
        if (keys.size() == kMostKeysAtOnce) return Error{ErrorCode::BadUsage, "a key too much"};
        keys.push_back(Secret::copyOf(rest.subspan(1, size)));
        rest = rest.subspan(1 + size);
    }
    return keys;
}

Result<std::vector<ImportedKey>> unpackKeys(const std::vector<DeviceId>& ids, const Secret& packed) {
    auto found = unpack(packed);
    if (!found) return found.error();
    if (found->size() != ids.size()) return Error{ErrorCode::BadUsage, std::to_string(found->size()) + " keys for " + std::to_string(ids.size()) + " IDs"};
    std::vector<ImportedKey> keys;
    for (std::size_t n = 0; n < ids.size(); ++n) keys.push_back({ids[n], std::move((*found)[n])});
    return keys;
}

std::chrono::milliseconds timeForDeriving(std::size_t keys) { return std::chrono::milliseconds{25} * std::min(keys, 2 * kMostDerivedAtOnce); }

}  // namespace keystamp::hsm::messages
