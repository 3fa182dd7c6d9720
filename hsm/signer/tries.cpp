// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/tries.h"

#include <algorithm>

namespace keystamp::hsm {

std::chrono::seconds waitAfter(std::uint64_t failures) {
    if (failures < 3) return std::chrono::seconds{0};
    return std::chrono::seconds{std::min<std::int64_t>(300, std::int64_t{2} << std::min<std::uint64_t>(failures - 3, 10))};
}

std::chrono::seconds leftToWait(const Tries& tries, UtcTime now) {
    if (!tries.last || *tries.last > now) return std::chrono::seconds{0};
    return std::max(std::chrono::seconds{0}, std::chrono::ceil<std::chrono::seconds>(*tries.last + waitAfter(tries.failures) - now));
}

}  // namespace keystamp::hsm
