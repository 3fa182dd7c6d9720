// SPDX-License-Identifier: Apache-2.0
// A batch's recorded devices and a cloud's own list of devices: those that it lacks are told to it.
#pragma once

#include <functional>

#include "station/cloud/directory.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {

struct PushedDevice {
    DeviceId id;
    std::string why;
};

/// Of a trial: what would be done.
struct PushReport {
    std::uint64_t devices = 0;  ///< recorded in the batch
    std::uint64_t created = 0, approved = 0, right = 0;
    std::uint64_t byGroup = 0;  ///< have no entry of their own there
    std::vector<PushedDevice> left;    ///< blocked, or other than expected: nothing was done to them
    std::vector<PushedDevice> failed;  ///< the service did not take them; the others were done
    std::optional<Error> ended{};      ///< before all were done, by this
    std::uint64_t seen() const { return created + approved + right + byGroup + left.size() + failed.size(); }
};

struct PushOrder {
    std::string batch;
    bool apply = false;  ///< else nothing is changed there
    std::string who;
};

/// How many of how many.
using PushProgress = std::function<void(std::uint64_t, std::uint64_t)>;

/// Of each RECORDED unit the cloud is asked what it has, then told of what it lacks: so it may be killed anywhere and be run again, and a second run
/// does the rest. A device that somebody blocked there stays so. What came of it is in the audit log before this returns, where anything may have been
/// changed. UnknownBatch. Blocks as long as it takes; one thread.
Result<PushReport> pushBatch(Station& station, const PushOrder& order, cloud::Directory& directory, const std::atomic<bool>& stop, const PushProgress& progress = {});

}  // namespace keystamp::workflow
