// SPDX-License-Identifier: Apache-2.0
// A link under which one board is taken off and another put on when the test says so.
#pragma once

#include <memory>

#include "flashing/link/link.h"

namespace keystamp::test {

/// Leads to the first board until it is taken off for the second.
class HandsOnTheFixture : public flashing::Link {
public:
    HandsOnTheFixture(std::unique_ptr<Link> first, std::unique_ptr<Link> second, const bool& swapped) : m_first(std::move(first)), m_second(std::move(second)), m_swapped(swapped) {}
    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override { return now().read(into, deadline); }
    Result<void> write(BytesView bytes, Deadline deadline) override { return now().write(bytes, deadline); }
    void discardInput() override { now().discardInput(); }
    bool hasLines() const override { return m_first->hasLines(); }
    Result<void> setLines(bool dtr, bool rts) override { return now().setLines(dtr, rts); }
    Result<void> setBaud(int baud) override { return now().setBaud(baud); }
    Result<void> setParity(flashing::Parity parity) override { return now().setParity(parity); }

private:
    Link& now() { return m_swapped ? *m_second : *m_first; }
    std::unique_ptr<Link> m_first, m_second;
    const bool& m_swapped;
};

}  // namespace keystamp::test
