// SPDX-License-Identifier: Apache-2.0
// The agent's tests on an emulated micro:bit, and a power cut before any change of its flash.
#pragma once

#include <atomic>
#include <functional>

#include "flashing/smp/framing.h"
#include "tests/flashing/agent_bench.h"
#include "tests/flashing/microbit.h"

namespace keystamp::test {

class MicrobitBench : public AgentBench {
public:
    MicrobitBench();

    Bytes exchange(BytesView message) override;
    void powerCycle() override;
    Bytes uid() const override { return board.uid(); }
    Bytes flash() override { return board.flashPages(); }
    Bytes ram() override { return board.ram(); }

    /// How the power goes.
    enum class Cut { Reset, KillQemu };
    /// Does `act` in a thread of its own and cuts the power when the board is about to change its flash (a word, an erase)
    /// for the `nth` time, from 1 on. False where it did not come to that many: then `act` is done.
    template <typename Act>
    bool cutAtFlashChange(unsigned nth, Cut how, const Act& act) {
        return runWithCut(nth, how, [&] { act(static_cast<AgentBench&>(*this)); });
    }

    Microbit board;

private:
    bool runWithCut(unsigned nth, Cut how, const std::function<void()>& act);
    void reconnect();

    std::unique_ptr<flashing::Link> m_link;
    std::atomic<bool> m_powerGone = false;
    std::uint8_t m_sentinels = 0;
};

}  // namespace keystamp::test
