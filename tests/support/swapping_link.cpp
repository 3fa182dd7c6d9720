// SPDX-License-Identifier: Apache-2.0
#include "tests/support/swapping_link.h"

#include <utility>

namespace keystamp::test {
namespace {

using flashing::Link;

class SwappingLink : public Link {
public:
    SwappingLink(std::unique_ptr<Link> first, std::unique_ptr<Link> second, std::size_t at, std::size_t* steps)
        : m_first(std::move(first)), m_second(std::move(second)), m_at(at), m_counted(steps) {}

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        if (std::exchange(m_waits, true) == false) step();
        return now().read(into, deadline);
    }
    Result<void> write(BytesView bytes, Deadline deadline) override {
        step();
        m_waits = false;
        return now().write(bytes, deadline);
    }
    void discardInput() override { now().discardInput(); }
    bool hasLines() const override { return m_first->hasLines(); }
    Result<void> setLines(bool dtr, bool rts) override { return now().setLines(dtr, rts); }
    Result<void> setBaud(int baud) override { return now().setBaud(baud); }
    Result<void> setParity(flashing::Parity parity) override { return now().setParity(parity); }

private:
    void step() {
        ++m_steps;
        if (m_counted != nullptr) *m_counted = m_steps;
    }
    Link& now() { return m_steps < m_at ? *m_first : *m_second; }

    std::unique_ptr<Link> m_first, m_second;
    const std::size_t m_at;
    std::size_t* m_counted;
    std::size_t m_steps = 0;
    bool m_waits = true;  ///< for an answer; its first read is the step
};

}  // namespace

std::unique_ptr<Link> swapping(std::unique_ptr<Link> first, std::unique_ptr<Link> second, std::size_t at, std::size_t* steps) {
    return std::make_unique<SwappingLink>(std::move(first), std::move(second), at, steps);
}

}  // namespace keystamp::test
