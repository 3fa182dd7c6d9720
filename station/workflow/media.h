// SPDX-License-Identifier: Apache-2.0
// Where a manifest may be carried off on: memory sticks and cards that are mounted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"

namespace keystamp::workflow {

struct Medium {
    std::string folder;      ///< where it is mounted
    std::uint64_t free = 0;  ///< bytes
    std::string name() const;  ///< the folder's own: what a desktop or udisks names after the medium's label
};

/// Mounted, may be written to, and on a device that is removable or on USB. In the order of their folders. `root`: of /proc and /sys,
/// for tests.
std::vector<Medium> removableMedia(const std::string& root = "");

/// The CSV files that lie on it, in its own folder and in no other, by name.
std::vector<std::string> listsOn(const Medium& medium);

/// All that was written to the file system of `folder` is on it (syncfs). IoFault. May take as long as the stick is slow.
Result<void> flush(const std::string& folder);

}  // namespace keystamp::workflow
