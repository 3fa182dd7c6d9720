// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

#include "core/id_pattern.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {
namespace {

constexpr std::uint64_t kMostUnits = 200'000;  // what an IoT Central application holds
constexpr std::uint64_t kHighestNumber = 1'000'000'000'000'000;

Error refuse(std::string detail) { return Error{ErrorCode::BadUsage, std::move(detail)}; }

bool isAlphanumeric(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

Result<void> checkName(const std::string& name) {
    const auto fits = [](char c) {
        return (isAlphanumeric(c) && std::isupper(static_cast<unsigned char>(c)) == 0) || c == '-';
    };
    if (name.empty() || name.size() > 63 || name.front() == '-' || !std::all_of(name.begin(), name.end(), fits)) {
        return refuse("batch name \"" + name +
                      "\": 1 to 63 lower-case letters, digits and hyphens, the first no hyphen");
    }
    return {};
}

// DPS calls it 0ne and eight hexadecimal digits, but promises no form
Result<void> checkScopeId(const std::string& scopeId) {
    if (scopeId.size() < 4 || scopeId.size() > 32 || !std::all_of(scopeId.begin(), scopeId.end(), isAlphanumeric)) {
        return refuse("scope ID \"" + scopeId +
                      "\": 4 to 32 letters and digits, as the DPS overview page shows it (0ne...)");
    }
    return {};
}

Result<void> checkPattern(const db::Batch& batch) {
    const auto pattern = IdPattern::parse(batch.pattern);
    if (!pattern) return pattern.error();
    if (batch.first > kHighestNumber) return refuse(fmt::format("--first {}: at most {}", batch.first, kHighestNumber));
    const std::uint64_t last = batch.first + batch.cap() - 1;
    for (const std::uint64_t number : {batch.first, last}) {
        if (const auto id = pattern->at(number); !id) return id.error();
    }
    // {seq:06} promises six digits; a label printer will have been set up for them
    constexpr std::string_view kPadded = "{seq:0";
    if (const auto at = batch.pattern.find(kPadded); at != std::string::npos) {
        const std::size_t width = std::stoul(batch.pattern.substr(at + kPadded.size()));
        if (fmt::format("{}", last).size() > width) {
            return refuse(fmt::format("pattern {}: number {} (first + count + spare) does not fit {} digits",
                                      batch.pattern, last, width));
        }
    }
    return {};
}

Result<void> checkOrder(const BatchOrder& order) {
    const db::Batch& batch = order.batch;
    if (auto good = checkName(batch.name); !good) return good;
    if (auto good = checkScopeId(batch.scopeId); !good) return good;
    if (batch.count < 1 || batch.count > kMostUnits)
        return refuse(fmt::format("count {}: 1 to {}", batch.count, kMostUnits));
    if (batch.spare > kMostUnits) return refuse(fmt::format("spare {}: at most {}", batch.spare, kMostUnits));
    if (batch.pattern.empty() == order.ids.empty()) return refuse("a batch has either a list of IDs or a pattern");
    if ((batch.mode == Mode::Imported) != (order.keys != nullptr)) return refuse("keys come with a batch of mode imported, and only there");
    if (!batch.pattern.empty()) return checkPattern(batch);
    if (batch.match) return refuse("--match goes with --pattern");
    if (batch.count > order.ids.size()) {
        return refuse(fmt::format("count {}: the list has only {} IDs", batch.count, order.ids.size()));
    }
    return {};
}

Result<void> checkSealing(const hsm::SignerStatus& status) {
    if (!status.sealingProblem.empty()) return Error{ErrorCode::SignerRefused, status.sealingProblem};
    if (status.sealingKeyWanted) return {};
    return Error{ErrorCode::KeyMissing, "imported keys are kept under an AES key of the HSM; name one by sealing_key in [signer], it is made with "
                                        "the first batch of them"};
}

// Said before a passphrase is asked for and a grant is written that nothing could be issued under.
Result<void> checkSlot(hsm::Signer& signer, const db::Batch& batch) {
    const auto status = signer.status();
    if (!status) return status.error();
    if (batch.mode == Mode::Imported) return checkSealing(*status);
    for (const auto& slot : status->slots) {
        if (slot.slot != batch.slot) continue;
        if (batch.mode == Mode::X509 && !slot.usable) {
            return Error{ErrorCode::KeyMissing, fmt::format("{} CA: {}", name(batch.slot), slot.problem)};
        }
        if (batch.mode == Mode::Sas && !slot.groupKey) {
            return Error{ErrorCode::KeyMissing,
                         fmt::format("{} group key; bring it in with `keystamp sas import`", name(batch.slot))};
        }
        return {};
    }
    return Error{ErrorCode::BadConfig, fmt::format("the signer has no slot {}", name(batch.slot))};
}

hsm::Grant grantFor(const db::Batch& batch, const std::vector<db::ListedId>& ids) {
    hsm::Grant grant;
    grant.batch = batch.name;
    grant.mode = batch.mode;
    grant.slot = batch.slot;
    grant.cap = batch.cap();
    if (!batch.pattern.empty()) {
        grant.pattern = batch.pattern;
        grant.first = batch.first;
        grant.last = batch.first + batch.cap() - 1;
    }
    grant.ids.reserve(ids.size());
    for (const auto& entry : ids) grant.ids.push_back(entry.id);
    return grant;
}

// Again is no error, so that a repeated createBatch completes it.
Result<void> seal(hsm::Signer& signer, const std::string& batch, const db::KeyList& list) {
    std::vector<hsm::ImportedKey> some;
    for (std::size_t n = 0; n < list.ids().size(); ++n) {
        some.push_back({list.ids()[n].id, list.key(n)});
        if (some.size() < hsm::kMostKeysAtOnce && n + 1 < list.ids().size()) continue;
        if (auto sealed = signer.sealKeys(batch, some); !sealed) return sealed;
        some.clear();
    }
    return {};
}

}  // namespace

std::uint64_t defaultSpare(std::uint64_t count) { return std::max<std::uint64_t>(5, (count + 9) / 10); }

Result<Slot> activeSlot(Station& station) {
    const auto status = station.signer->status();
    if (!status) return status.error();
    return status->active;
}

Result<void> completeOrder(Station& station, BatchOrder& order, const BatchWishes& wishes) {
    db::Batch& batch = order.batch;
    const bool imported = batch.mode == Mode::Imported;
    batch.count = wishes.count.value_or(order.ids.size());
    batch.spare = wishes.spare.value_or(imported ? 0 : defaultSpare(batch.count));
    const auto active = activeSlot(station);
    if (!active) return active.error();
    batch.slot = wishes.slot.value_or(imported ? Slot::Primary : *active);
    return checkBatchOrder(station, order);
}

Result<void> checkBatchOrder(Station& station, const BatchOrder& order) {
    if (auto good = checkOrder(order); !good) return good;
    if (order.batch.sampleOf != 0 && order.batch.mode == Mode::Imported) return refuse("--sample is for x509 and sas: an imported key is the cloud's own");
    if (order.batch.sampleOf > kMostUnits) return refuse(fmt::format("--sample: of {} units at most", kMostUnits));
    const auto before = station.journal->batch(order.batch.name);
    if (before) return Error{ErrorCode::BatchExists, order.batch.name};
    if (before.error().code != ErrorCode::UnknownBatch) return before.error();
    return checkSlot(*station.signer, order.batch);
}

Result<void> createBatch(Station& station, const BatchOrder& order, const hsm::Authority& authority) {
    if (auto good = checkBatchOrder(station, order); !good) return good;
    db::Batch batch = order.batch;
    batch.createdBy = authority.supervisor;
    batch.createdAt = utcNow();
    if (auto granted = station.signer->openGrant(grantFor(batch, order.ids), authority); !granted) return granted;
    if (order.keys != nullptr) {
        if (auto sealed = seal(*station.signer, batch.name, *order.keys); !sealed) return sealed;
    }
    return station.journal->createBatch(batch, order.ids);
}

Result<db::Batch> extendBatch(Station& station, const BatchExtension& extension, const hsm::Authority& authority) {
    if (!isReason(extension.reason)) return refuse("--reason: why, for the record");
    const auto progress = station.journal->batch(extension.batch);
    if (!progress) return progress.error();
    db::Batch batch = progress->batch;
    if (batch.state == db::BatchState::Closed) return Error{ErrorCode::BatchNotOpen, batch.name + " is closed, which is for good"};
    if (extension.count < 1 || extension.count > kMostUnits) return refuse(fmt::format("count {}: 1 to {}", extension.count, kMostUnits));
    if ((batch.mode == Mode::Imported && !extension.ids.empty()) != (extension.keys != nullptr)) {
        return refuse("new IDs of an imported batch come with their keys, and those of others without");
    }
    std::vector<db::ListedId> ids;
    if (batch.pattern.empty()) {
        auto listed = station.journal->listedIds(batch.name);
        if (!listed) return listed.error();
        ids = *std::move(listed);
        if (!extension.ids.empty() && extension.ids.size() != extension.count) {
            return refuse(fmt::format("count {}: the list has {} IDs", extension.count, extension.ids.size()));
        }
        std::set<std::string_view> known;
        for (const db::ListedId& one : ids) known.insert(one.id.text());
        for (const db::ListedId& more : extension.ids) {
            if (known.contains(more.id.text())) return Error{ErrorCode::BadCsv, more.id.text() + " is in the batch already"};
        }
        ids.insert(ids.end(), extension.ids.begin(), extension.ids.end());
    } else if (!extension.ids.empty()) {
        return refuse(batch.name + " makes its IDs by a pattern; leave --ids out");
    }
    // a list without new IDs may issue more often for the ones it has
    (batch.pattern.empty() && extension.ids.empty() ? batch.spare : batch.count) += extension.count;
    if (!batch.pattern.empty()) {
        if (auto good = checkPattern(batch); !good) return good.error();
    }
    if (auto granted = station.signer->extendGrant(grantFor(batch, ids), authority); !granted) return granted.error();
    if (extension.keys != nullptr) {
        if (auto sealed = seal(*station.signer, batch.name, *extension.keys); !sealed) return sealed.error();
    }
    const auto extended =
        station.journal->extendBatch(batch.name, batch.count, batch.spare, extension.ids, extension.reason, authority.supervisor);
    if (!extended) return extended.error();
    return batch;
}

Result<void> releaseBatch(Station& station, const std::string& batch, const hsm::Authority& authority, std::optional<std::uint64_t> shown) {
    const auto progress = station.journal->batch(batch);
    if (!progress) return progress.error();
    if (!progress->extension) return refuse("no extension of " + batch + " waits for its release");
    if (shown && *shown != progress->extension->cap()) {
        return refuse(fmt::format("the extension of {} that was shown was replaced by one to {} in all; look at that one first", batch,
                                  progress->extension->cap()));
    }
    if (auto released = station.signer->releaseGrant(batch, progress->extension->cap(), authority); !released) return released;
    return station.journal->releaseBatch(batch, authority.supervisor);
}

}  // namespace keystamp::workflow
