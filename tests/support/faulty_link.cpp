// SPDX-License-Identifier: Apache-2.0
#include "tests/support/faulty_link.h"

#include <algorithm>
#include <limits>
#include <thread>

namespace keystamp::test {
namespace {

using flashing::Link;

constexpr std::size_t kNoise = 64 * 1024;

class FaultyLink : public Link {
public:
    FaultyLink(std::unique_ptr<Link> link, LinkFault fault, std::size_t at, std::size_t* passed)
        : m_link(std::move(link)), m_fault(fault), m_at(at), m_passed(passed) {}

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        for (;;) {
            if (m_unplugged) return unplugged();
            if (!m_extra.empty()) return takeExtra(into);
            const auto got = m_link->read(into, deadline);
            if (!got) return got;
            Bytes bytes = toBytes(into.first(*got));
            pass(bytes, true);
            if (bytes.empty()) continue;
            m_extra.insert(m_extra.begin(), bytes.begin(), bytes.end());
        }
    }
    Result<void> write(BytesView given, Deadline deadline) override {
        Bytes bytes = toBytes(given);
        pass(bytes, false);
        if (auto sent = m_link->write(bytes, deadline); !sent) return sent;
        return m_unplugged ? Result<void>{unplugged()} : Result<void>{};
    }
    void discardInput() override {
        m_extra.clear();
        m_link->discardInput();
    }
    bool hasLines() const override { return m_link->hasLines(); }
    Result<void> setLines(bool dtr, bool rts) override { return m_link->setLines(dtr, rts); }
    Result<void> setBaud(int baud) override { return m_link->setBaud(baud); }

private:
    static Error unplugged() { return Error{ErrorCode::LinkLost, "unplugged"}; }

    std::size_t takeExtra(std::span<std::uint8_t> into) {
        const std::size_t size = std::min(into.size(), m_extra.size());
        std::copy_n(m_extra.begin(), size, into.begin());
        m_extra.erase(m_extra.begin(), m_extra.begin() + static_cast<std::ptrdiff_t>(size));
        return size;
    }

    void pass(Bytes& bytes, bool fromBoard) {
        const std::size_t before = m_count;
        m_count += bytes.size();
        if (m_passed != nullptr) *m_passed = m_count;
        if (m_struck || m_at < before || m_at >= m_count) return;
        m_struck = true;
        const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(m_at - before);
        switch (m_fault) {
            case LinkFault::Drop: bytes.erase(at); return;
            case LinkFault::Corrupt: *at = static_cast<std::uint8_t>(*at ^ 0x11); return;
            case LinkFault::Duplicate: bytes.insert(at, *at); return;
            case LinkFault::Delay: std::this_thread::sleep_for(std::chrono::milliseconds{700}); return;
            case LinkFault::Flood: {
                const Bytes noise = randomBytes(kNoise);
                if (fromBoard) bytes.insert(at, noise.begin(), noise.end());
                else m_extra.insert(m_extra.end(), noise.begin(), noise.end());
                return;
            }
            case LinkFault::Unplug:
                bytes.erase(at, bytes.end());
                m_unplugged = true;
                return;
        }
    }

    std::unique_ptr<Link> m_link;
    const LinkFault m_fault;
    const std::size_t m_at;
    std::size_t* m_passed;
    std::size_t m_count = 0;
    bool m_struck = false;
    bool m_unplugged = false;
    Bytes m_extra;  ///< to be read first
};

}  // namespace

std::string nameOf(LinkFault fault) {
    switch (fault) {
        case LinkFault::Drop: return "drop";
        case LinkFault::Corrupt: return "corrupt";
        case LinkFault::Duplicate: return "duplicate";
        case LinkFault::Delay: return "delay";
        case LinkFault::Flood: return "flood";
        case LinkFault::Unplug: return "unplug";
    }
    return {};
}

std::unique_ptr<Link> faulty(std::unique_ptr<Link> link, LinkFault fault, std::size_t at, std::size_t* passed) {
    return std::make_unique<FaultyLink>(std::move(link), fault, at, passed);
}

}  // namespace keystamp::test
