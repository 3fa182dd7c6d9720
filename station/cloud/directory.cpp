// SPDX-License-Identifier: Apache-2.0
#include "station/cloud/directory.h"

#include <algorithm>

#include "station/cloud/directories.h"

namespace keystamp::cloud {

std::string_view name(PushTarget::Kind kind) {
    switch (kind) {
        case PushTarget::Kind::IotCentral: return "iot-central";
        case PushTarget::Kind::Dps: return "dps";
    }
    return {};
}

std::unique_ptr<Directory> directoryOf(const PushTarget& target, const PushWay& way) {
    return target.kind == PushTarget::Kind::Dps ? dpsDirectory(target, way) : centralDirectory(target, way);
}

Result<void> checkServiceToken(const Secret& token) {
    const std::string_view text = token.text();
    const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (printable && (text.starts_with("SharedAccessSignature ") || text.starts_with("Bearer "))) return {};
    return Error{ErrorCode::BadUsage, "this is no token: one begins with \"SharedAccessSignature \" (an API token of IoT Central, a service's SAS) or \"Bearer \", all in one line"};
}

bool isOfOneDevice(const Error& error) {
    return error.code == ErrorCode::CloudRefused && error.native != 401 && error.native != 403 && error.native != 429;
}

}  // namespace keystamp::cloud
