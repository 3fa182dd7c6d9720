// SPDX-License-Identifier: Apache-2.0
// The C agent on the host port, in this process and without a link; its flash can fail at any byte.
#pragma once

#include "flashing/agent/agent.h"
#include "flashing/agent/port/host/host_port.h"
#include "tests/flashing/agent_bench.h"

namespace keystamp::test {

class HostBench : public AgentBench {
public:
    explicit HostBench(Bytes uid = {0xAA, 1, 2, 3});
    ~HostBench() override;

    Bytes exchange(BytesView message) override;
    /// Flash faults are over.
    void powerCycle() override;
    Bytes uid() const override;
    Bytes flash() override;
    Bytes ram() override;

    ks_port port{};
    ks_agent agent{};
    Bytes out;

protected:
    bool powerGone() const override { return port.power_gone; }
};

}  // namespace keystamp::test
