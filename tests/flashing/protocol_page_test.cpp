// SPDX-License-Identifier: Apache-2.0
// The session that flashing/PROTOCOL.md shows is what the agent really says, byte for byte.
#include <gtest/gtest.h>

#include <sstream>

#include "core/file.h"
#include "tests/flashing/host_bench.h"

namespace keystamp {
namespace {

struct Exchange {
    std::string request;
    std::string reply;
};

/// Lines of the page that begin with > or <, and the lines of hexadecimal that continue them.
std::vector<Exchange> shownSession() {
    std::vector<Exchange> shown;
    std::istringstream page{*readFile(KEYSTAMP_PROTOCOL_PAGE)};
    std::string* to = nullptr;
    for (std::string line; std::getline(page, line);) {
        std::istringstream words{line};
        std::string mark, hex;
        words >> mark;
        if (line.starts_with("    > ")) {
            shown.emplace_back();
            to = &shown.back().request;
        } else if (line.starts_with("    < ")) {
            to = &shown.back().reply;
        } else if (to != nullptr && line.starts_with("      ")) {
            *to += mark;
        } else {
            to = nullptr;
        }
        if (to != nullptr && words >> hex) *to += hex;
    }
    return shown;
}

TEST(ProtocolPage, TheSessionItShowsIsWhatTheAgentSays) {
    test::HostBench bench(*fromHex("4b5301020304"));
    bench.port.firmware = "0.1.0";
    const auto shown = shownSession();
    ASSERT_EQ(shown.size(), 8u);
    for (const Exchange& each : shown) {
        EXPECT_EQ(toHex(bench.exchange(*fromHex(each.request))), each.reply) << "the request is " << each.request;
    }
    EXPECT_TRUE(bench.agent.store.locked) << "it ends with the lock";
}

}  // namespace
}  // namespace keystamp
