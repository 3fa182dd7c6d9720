// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "core/result.h"

namespace keystamp {

/// A device ID = DPS registration ID = certificate CN: `^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$`. The narrowest of what DPS,
/// IoT Central, IoT Hub and an X.509 CN (64, RFC 5280 ub-common-name) accept, and never a spreadsheet formula.
class DeviceId {
public:
    /// Folds to lower case, so two scans that differ only in case are one device. BadDeviceId names the offending place.
    static Result<DeviceId> parse(std::string_view text);

    const std::string& text() const { return m_text; }
    auto operator<=>(const DeviceId&) const = default;

private:
    explicit DeviceId(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

}  // namespace keystamp
