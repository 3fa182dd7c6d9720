// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/device_id.h"

namespace keystamp {

/// A pattern of device IDs with one running number: `acme-{seq:06}` is acme-000001, acme-000002 ... `{seq}` does not pad.
/// Station and signer both hold IDs against it, so it stands in the core.
class IdPattern {
public:
    /// BadUsage unless there is exactly one `{seq}` or `{seq:0W}` (W 1 to 18) and the IDs it makes are device IDs.
    static Result<IdPattern> parse(std::string_view text);

    /// BadDeviceId where the number makes the ID longer than 64.
    Result<DeviceId> at(std::uint64_t number) const;
    /// The running number of an ID that this pattern makes; nothing for any other.
    std::optional<std::uint64_t> numberOf(const DeviceId& id) const;
    const std::string& text() const { return m_text; }

private:
    IdPattern() = default;
    std::string m_text;
    std::string m_before;
    std::string m_after;
    std::size_t m_width = 1;
};

}  // namespace keystamp
