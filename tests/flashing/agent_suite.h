// SPDX-License-Identifier: Apache-2.0
// The suite of agent_test.cpp, which every port of the agent is put through: INSTANTIATE it with the port.
#pragma once

#include <gtest/gtest.h>

#include "tests/flashing/agent_bench.h"

namespace keystamp::test {

struct AgentPort {
    std::unique_ptr<AgentBench> (*blankBoard)();
    int mangledRequests;  ///< as many as it answers in a reasonable time
};
inline void PrintTo(const AgentPort&, std::ostream* out) { *out << "a port"; }

class Agent : public testing::TestWithParam<AgentPort> {
protected:
    std::unique_ptr<AgentBench> m_made = GetParam().blankBoard();
    AgentBench& bench = *m_made;
};

inline nlohmann::json identityOf(const Stream& stream) {
    return {{"mode", stream.mode}, {"id", stream.id}, {"scope", stream.scope}};
}
inline nlohmann::json commitOf(const Stream& stream) {
    return {{"len", stream.stream.size()}, {"sha", bytesOf(sha256(stream.stream))}};
}

}  // namespace keystamp::test
