// SPDX-License-Identifier: Apache-2.0
#include "station/cli/stick.h"

#include "station/workflow/media.h"

namespace keystamp::cli {

Result<std::string> placeFor(const std::string& given) {
    if (!given.empty()) return given;
    const auto media = workflow::removableMedia();
    if (media.size() == 1) return media.front().folder;
    if (media.empty()) return Error{ErrorCode::BadUsage, "there is no memory stick to write to: put one in, or name a folder by --out"};
    std::string names;
    for (const auto& one : media) names += "\n  --out " + one.folder;
    return Error{ErrorCode::BadUsage, "there is more than one memory stick; say which:" + names};
}

}  // namespace keystamp::cli
