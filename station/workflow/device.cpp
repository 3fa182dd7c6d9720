// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/device.h"

namespace keystamp::workflow {

Result<Device> findDevice(const db::Journal& journal, const std::string& text) {
    const auto found = journal.find(text);
    if (!found) return found.error();
    if (found->empty()) return Error{ErrorCode::UnknownUnit, text};
    auto units = journal.history(found->front());
    if (!units) return units.error();
    auto jobs = journal.jobsOf(found->front());
    if (!jobs) return jobs.error();
    return Device{found->front(), *std::move(units), *std::move(jobs), {found->begin() + 1, found->end()}};
}

}  // namespace keystamp::workflow
