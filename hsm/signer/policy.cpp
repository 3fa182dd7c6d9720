// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/policy.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "core/id_pattern.h"

namespace keystamp::hsm {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::int64_t>::max();

Error bad(std::string why) { return Error{ErrorCode::BadUsage, "a grant " + std::move(why)}; }

Result<void> checkPattern(const Grant& grant) {
    const auto pattern = IdPattern::parse(grant.pattern);
    if (!pattern) return pattern.error();
    if (grant.first > grant.last || grant.last > kLargest) return bad("whose range of numbers is none");
    if (const auto longest = pattern->at(grant.last); !longest) return longest.error();
    return {};
}

}  // namespace

Result<void> checkGrant(const Grant& grant) {
    if (grant.batch.empty() || grant.batch.size() > 128) return bad("without a batch's name of 1 to 128 bytes");
    if (grant.cap == 0 || grant.cap > kLargest) return bad("without a cap");
    if (grant.pattern.empty() == grant.ids.empty()) return bad("needs either a pattern or a list of IDs");
    if (grant.mode == Mode::Imported && grant.ids.empty()) return bad("of imported keys needs a list of IDs");
    if (!grant.pattern.empty()) return checkPattern(grant);
    if (grant.first != 0 || grant.last != 0) return bad("of a list has no range of numbers");
    std::vector<DeviceId> sorted = grant.ids;
    // by their texts: clang-tidy 14 takes the 0 in a defaulted <=> for a pointer
    std::sort(sorted.begin(), sorted.end(), [](const DeviceId& one, const DeviceId& other) { return one.text() < other.text(); });
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end()) return bad("that lists " + twice->text() + " twice");
    return {};
}

Result<void> checkAct(const std::string& act, const std::string& about) {
    constexpr std::array<std::string_view, 4> kOfStations{"unit-", "batch-", "journal-", "person-"};
    const bool known = std::any_of(kOfStations.begin(), kOfStations.end(), [&](std::string_view begin) { return act.starts_with(begin); });
    const bool plain = std::all_of(act.begin(), act.end(), [](char c) { return c == '-' || ('a' <= c && c <= 'z'); });
    if (!known || !plain || act.size() > 64) return Error{ErrorCode::BadUsage, "an act of a station's is \"unit-...\", \"batch-...\", \"journal-...\" or \"person-...\""};
    if (about.size() > 1024) return Error{ErrorCode::BadUsage, "what an act is about has 1,024 bytes at most"};
    return {};
}

Result<void> checkJob(const std::string& job) {
    if (job.empty() || job.size() > 128) return Error{ErrorCode::BadUsage, "a job's name has 1 to 128 bytes"};
    return {};
}

bool patternCovers(const std::string& pattern, std::uint64_t first, std::uint64_t last, const DeviceId& id) {
    const auto parsed = IdPattern::parse(pattern);
    if (!parsed) return false;
    const auto number = parsed->numberOf(id);
    return number && first <= *number && *number <= last;
}

}  // namespace keystamp::hsm
