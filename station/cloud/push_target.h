// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace keystamp::cloud {

/// Where devices are told of.
struct PushTarget {
    enum class Kind { IotCentral, Dps };
    Kind kind = Kind::IotCentral;
    std::string host;           ///< host, or host:port
    std::string deviceTemplate; ///< IoT Central's, that devices are associated with; empty: none
};
std::string_view name(PushTarget::Kind kind);  ///< "iot-central", "dps"

}  // namespace keystamp::cloud
