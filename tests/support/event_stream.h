// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <linux/input.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace keystamp::test {

/// The events of a recording in evemu's format (lines `E: seconds type code value`) from tests/data/scanners.
inline std::vector<input_event> eventsOf(const std::string& name) {
    std::vector<input_event> events;
    std::ifstream file{std::string{KEYSTAMP_SOURCE} + "/tests/data/scanners/" + name + ".evemu"};
    for (std::string line; std::getline(file, line);) {
        input_event event{};
        unsigned type = 0, code = 0;
        if (std::sscanf(line.c_str(), "E: %*f %x %x %d", &type, &code, &event.value) != 3) continue;
        event.type = static_cast<std::uint16_t>(type);
        event.code = static_cast<std::uint16_t>(code);
        events.push_back(event);
    }
    return events;
}

}  // namespace keystamp::test
