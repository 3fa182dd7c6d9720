// SPDX-License-Identifier: Apache-2.0
// Private to the fakes: when a scripted fault strikes.
#pragma once

#include <vector>

namespace keystamp::test {

/// The fault that strikes this call, if one does: it lets `skip` calls go well, then strikes `times` calls (-1: all).
template <typename Fault, typename Call>
const Fault* strike(std::vector<Fault>& faults, Call call) {
    for (Fault& fault : faults) {
        if (fault.call != call || fault.times == 0) continue;
        if (fault.skip > 0) {
            --fault.skip;
            continue;
        }
        if (fault.times > 0) --fault.times;
        return &fault;
    }
    return nullptr;
}

}  // namespace keystamp::test
