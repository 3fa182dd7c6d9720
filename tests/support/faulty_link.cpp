// SPDX-License-Identifier: Apache-2.0
#include "tests/support/faulty_link.h"

#include <algorithm>
#include <thread>

#include "tests/support/uart_line.h"

namespace keystamp::test {
namespace {

using flashing::Link;

constexpr int kSlow = 57600;
constexpr std::size_t kSlice = 64;  ///< bytes that a throttled line hands on at a time

class FaultyLink : public Link {
public:
    FaultyLink(std::unique_ptr<Link> link, LinkFault fault, std::size_t at, std::size_t* passed)
        : m_link(std::move(link)), m_strike(fault, at), m_passed(passed) {}

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        for (;;) {
            if (m_strike.unplugged()) return unplugged();
            if (!m_waiting.empty()) return handOn(into);
            const auto got = m_link->read(into, deadline);
            if (!got) return got;
            Bytes bytes = toBytes(into.first(*got));
            pass(bytes, true);
            m_waiting.insert(m_waiting.begin(), bytes.begin(), bytes.end());
        }
    }
    Result<void> write(BytesView given, Deadline deadline) override {
        Bytes bytes = toBytes(given);
        pass(bytes, false);
        for (BytesView rest = bytes; !rest.empty();) {
            const BytesView part = rest.first(sliceOf(rest.size()));
            pace(m_toBoard, part.size());
            if (auto sent = m_link->write(part, deadline); !sent) return sent;
            rest = rest.subspan(part.size());
        }
        return m_strike.unplugged() ? Result<void>{unplugged()} : Result<void>{};
    }
    void discardInput() override {
        m_waiting.clear();
        m_link->discardInput();
    }
    bool hasLines() const override { return m_link->hasLines(); }
    Result<void> setLines(bool dtr, bool rts) override { return m_link->setLines(dtr, rts); }
    Result<void> setBaud(int baud) override { return m_link->setBaud(baud); }
    Result<void> setParity(flashing::Parity parity) override { return m_link->setParity(parity); }

private:
    static Error unplugged() { return Error{ErrorCode::LinkLost, "unplugged"}; }

    void pass(Bytes& bytes, bool fromBoard) {
        m_strike.pass(bytes, fromBoard, m_waiting);
        if (m_passed != nullptr) *m_passed = m_strike.passed();
        std::this_thread::sleep_for(m_strike.takeDelay());
    }

    std::size_t sliceOf(std::size_t most) const {
        if (m_strike.drips()) return 1;
        return m_strike.throttles() ? std::min(most, kSlice) : most;
    }

    void pace(UartLine& line, std::size_t bytes) const {
        if (m_strike.throttles()) std::this_thread::sleep_until(line.give(bytes, std::chrono::steady_clock::now()));
    }

    std::size_t handOn(std::span<std::uint8_t> into) {
        const std::size_t size = sliceOf(std::min(into.size(), m_waiting.size()));
        pace(m_fromBoard, size);
        std::copy_n(m_waiting.begin(), size, into.begin());
        m_waiting.erase(m_waiting.begin(), m_waiting.begin() + static_cast<std::ptrdiff_t>(size));
        return size;
    }

    std::unique_ptr<Link> m_link;
    Strike m_strike;
    std::size_t* m_passed;
    UartLine m_toBoard{kSlow}, m_fromBoard{kSlow};
    Bytes m_waiting;  ///< to be read
};

}  // namespace

std::unique_ptr<Link> faulty(std::unique_ptr<Link> link, LinkFault fault, std::size_t at, std::size_t* passed) {
    return std::make_unique<FaultyLink>(std::move(link), fault, at, passed);
}

}  // namespace keystamp::test
