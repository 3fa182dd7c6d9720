// SPDX-License-Identifier: Apache-2.0
// The table of board families: a new one is a folder and a line.
#include <algorithm>
#include <array>

#include "flashing/agent_board.h"
#include "flashing/board.h"

namespace keystamp::flashing {
namespace {

struct Driver {
    std::string_view name;
    std::unique_ptr<Board> (*open)(std::unique_ptr<Link>);
};

constexpr std::array kDrivers{
    Driver{"agent", openAgentBoard},
};

}  // namespace

Result<std::unique_ptr<Board>> openBoard(const std::string& driver, std::unique_ptr<Link> link) {
    const auto found = std::find_if(kDrivers.begin(), kDrivers.end(), [&](const Driver& each) { return each.name == driver; });
    if (found != kDrivers.end()) return found->open(std::move(link));
    std::string known;
    for (const Driver& each : kDrivers) known += (known.empty() ? "" : ", ") + std::string{each.name};
    return Error{ErrorCode::BadConfig, "no driver '" + driver + "'; there is " + known};
}

std::vector<std::string> drivers() {
    std::vector<std::string> names;
    names.reserve(kDrivers.size());
    for (const Driver& each : kDrivers) names.emplace_back(each.name);
    return names;
}

}  // namespace keystamp::flashing
