// SPDX-License-Identifier: Apache-2.0
// What the audit key signs: heads of the log, and manifests that name the last one.
#include <limits>

#include "hsm/signer/policy.h"
#include "hsm/signer/service.h"

namespace keystamp::hsm {
namespace {

Result<void> checkHead(const TreeHead& head) {
    if (head.origin.empty() || head.origin.size() > 256 || head.origin.find_first_of("\r\n") != std::string::npos) {
        return Error{ErrorCode::BadUsage, "a log's name is one line of 1 to 256 bytes"};
    }
    if (head.size > std::numeric_limits<std::int64_t>::max()) return Error{ErrorCode::BadUsage, "no log has so many rows"};
    return {};
}

}  // namespace

Result<SignedCheckpoint> Service::signCheckpoint(const TreeHead& head, const std::vector<Digest>& proof) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    if (auto good = checkHead(head); !good) return good.error();
    const std::lock_guard lock{m_auditMutex};
    const auto last = m_ledger.lastCheckpoint();
    if (!last) return last.error();
    // nothing signed yet: any log extends the empty one
    const TreeHead before = *last ? (*last)->head : TreeHead{head.origin, 0, MerkleFrontier{}.root()};
    if (before.origin != head.origin) return Error{ErrorCode::RecordsAltered, "this signer keeps the log of " + before.origin};
    if (!isExtension(before.size, before.root, head.size, head.root, proof)) {
        return Error{ErrorCode::RecordsAltered, "the log of " + std::to_string(head.size) + " rows does not extend the " +
                                                    std::to_string(before.size) + " rows of the last checkpoint"};
    }
    return signHead(**keys, head);
}

Result<Bytes> Service::signAudited(const Keys& keys, const std::string& purpose, const std::string& about, std::string_view text) {
    if (auto good = keys.passed("audit"); !good) return good.error();
    if (const auto noted = m_ledger.noteSignature(purpose, "audit", about); !noted) return noted.error();
    return signWithAuditKey(*keys.token, m_config.auditKey, text);
}

Result<SignedCheckpoint> Service::signHead(const Keys& keys, const TreeHead& head) {
    auto signature = signAudited(keys, "checkpoint", head.origin + " " + std::to_string(head.size), checkpointText(head));
    if (!signature) return signature.error();
    SignedCheckpoint checkpoint{head, std::move(*signature)};
    if (const auto kept = m_ledger.saveCheckpoint(checkpoint); !kept) return kept.error();
    return checkpoint;
}

// A log that lost rows may go on, but never silently: what is signed says itself what it broke with, and the ledger keeps who agreed.
Result<SignedCheckpoint> Service::signSetBackLog(const TreeHead& head, const LogRow& admission, const Authority& authority) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    if (auto good = checkHead(head); !good) return good.error();
    const std::lock_guard lock{m_auditMutex};
    const auto last = m_ledger.lastCheckpoint();
    if (!last) return last.error();
    if (!*last) return Error{ErrorCode::BadUsage, "no checkpoint was signed yet: nothing can have been lost of it"};
    if ((*last)->head.origin != head.origin) return Error{ErrorCode::RecordsAltered, "this signer keeps the log of " + (*last)->head.origin};
    if (auto honest = checkAdmission(head, admission, (*last)->head, authority.supervisor); !honest) return honest.error();
    if (auto allowed = m_passphrases.check(authority); !allowed) return allowed.error();
    const std::string about = head.origin + ": " + std::to_string((*last)->head.size) + " rows given up, " + std::to_string(head.size) + " signed";
    if (auto kept = m_ledger.recordAct(authority.supervisor, "log-set-back", about); !kept) return kept.error();
    return signHead(**keys, head);
}

Result<std::optional<SignedCheckpoint>> Service::lastCheckpoint() { return m_ledger.lastCheckpoint(); }

Result<Bytes> Service::signManifest(const std::string& json) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    const std::lock_guard lock{m_auditMutex};
    const auto last = m_ledger.lastCheckpoint();
    if (!last) return last.error();
    const auto batch = checkManifest(json, *last);
    if (!batch) return batch.error();
    // what was never granted here has no manifest from here
    if (const auto granted = m_ledger.counts(*batch); !granted) return granted.error();
    return signAudited(**keys, "manifest", toHex(sha256(json)), json);
}

}  // namespace keystamp::hsm
