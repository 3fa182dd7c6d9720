// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/flash.h"

#include <algorithm>

#include "flashing/esp32/nvs.h"
#include "flashing/esp32/secure_cert.h"

namespace keystamp::flashing::esp32 {
namespace {

constexpr std::size_t kPagesRead = 4;  ///< an identity takes one or two
constexpr int kDenials = 2;            ///< before what is said of the flash is believed
constexpr std::size_t kBytesRead = kPagesRead * kNvsPage;

void eraseIn(std::span<std::uint8_t> bytes) { std::fill(bytes.begin(), bytes.end(), std::uint8_t{0xFF}); }

}  // namespace

Md5 sumOf(BytesView image, const Partition& partition) { return md5Of({image, Bytes(partition.size - image.size(), 0xFF)}); }

Result<Md5> Flash::sum(const Partition& partition, Deadline deadline) { return m_loader.md5(partition.offset, partition.size, deadline); }

Result<bool> Flash::holds(std::uint32_t offset, const Md5& wanted, std::size_t size, int tries, Deadline deadline) {
    for (; tries > 0; --tries) {
        const auto held = m_loader.md5(offset, static_cast<std::uint32_t>(size), deadline);
        if (!held) return held.error();
        if (*held == wanted) return true;
    }
    return false;
}

Result<std::vector<Partition>> Flash::table(std::uint32_t at, Deadline deadline) {
    if (!m_table.empty()) {
        const auto same = holds(at, md5Of({m_table}), m_table.size(), 1, deadline);
        if (!same) return same.error();
        if (*same) return readTable(m_table);
    }
    Bytes table;
    do {
        const std::size_t read = table.size();
        table.resize(read + 2 * kTableEntry, 0xFF);
        const std::span<std::uint8_t> part = std::span{table}.subspan(read);
        if (auto done = m_loader.readFlash(at + static_cast<std::uint32_t>(read), part, deadline); !done) return done.error();
    } while (table.size() < kTableMost && !endsTable(BytesView{table}.last(kTableEntry)));
    const auto same = holds(at, md5Of({table}), table.size(), kDenials, deadline);
    if (!same) return same.error();
    if (!*same) return Error{ErrorCode::BoardNonsense, "the partition table arrived garbled"};
    m_table = std::move(table);
    return readTable(m_table);
}

Result<Flash::Reading> Flash::usedPages(const Partition& partition, Deadline deadline) {
    const std::size_t pages = partition.size / kNvsPage;
    Reading reading;
    reading.image = Secret{std::min<std::size_t>(partition.size, kBytesRead)};
    eraseIn(reading.image.bytes());
    for (std::size_t page = 0; page < pages; ++page) {
        std::array<std::uint8_t, kReadMost> first{};
        const auto offset = static_cast<std::uint32_t>(partition.offset + page * kNvsPage);
        if (auto read = m_loader.readFlash(offset, first, deadline); !read) return read.error();
        const std::size_t used = nvsUsed(first);
        if (used == 0) continue;
        reading.beyond = reading.beyond || page >= kPagesRead;
        if (page >= kPagesRead) continue;
        const std::span<std::uint8_t> into = reading.image.bytes().subspan(page * kNvsPage, used);
        std::copy(first.begin(), first.end(), into.begin());
        if (auto read = m_loader.readFlash(offset + kReadMost, into.subspan(kReadMost), deadline); !read) return read.error();
    }
    return reading;
}

Result<Flash::Reading> Flash::entries(const Partition& partition, Deadline deadline) {
    Reading reading;
    reading.image = Secret{std::min<std::size_t>(partition.size, kBytesRead)};
    const auto image = reading.image.bytes();
    eraseIn(image);
    std::size_t have = 0;
    for (std::size_t at = 0, size = 0;; at += size) {
        const std::size_t wanted = std::min(at + kTlvHeader, image.size());
        const std::size_t more = wanted > have ? (wanted - have + kReadMost - 1) / kReadMost * kReadMost : 0;
        const auto offset = static_cast<std::uint32_t>(partition.offset + have);
        if (auto read = m_loader.readFlash(offset, image.subspan(have, more), deadline); !read) return read.error();
        have += more;
        size = tlvSize(BytesView{image}.subspan(std::min(at, wanted)));
        if (size == 0) {
            reading.beyond = at >= image.size() && image.size() < partition.size;
            return reading;
        }
    }
}

/// Once more where the chip's MD5 is not of what was read: the link may have spoiled either. What is read twice is there.
Result<Flash::Reading> Flash::settled(const Partition& partition, Md5 held, const std::function<Result<Reading>()>& once, Deadline deadline) {
    const Md5 blank = sumOf({}, partition);
    if (held == blank) {
        // That it is erased is most of the flash's answer: the question may have been spoilt, and asked about another place.
        const auto again = sum(partition, deadline);
        if (!again) return again.error();
        if (*again == blank) return Reading{{}, false, true};
        held = *again;
    }
    std::optional<Md5> before;
    bool beyondBefore = false;
    for (;;) {
        auto reading = once();
        if (!reading) return reading;
        const Md5 read = sumOf(reading->image.view(), partition);
        reading->same = !reading->beyond && read == held;
        const bool again = before && (reading->beyond ? beyondBefore : read == *before);
        if (reading->same || again) return reading;
        if (before) return Error{ErrorCode::BoardNonsense, "what its flash holds arrived garbled"};
        before = read;
        beyondBefore = reading->beyond;
        const auto sum = this->sum(partition, deadline);
        if (!sum) return sum.error();
        held = *sum;
    }
}

Result<Flash::Reading> Flash::readNvs(const Partition& partition, Md5 held, Deadline deadline) {
    return settled(partition, held, [&] { return usedPages(partition, deadline); }, deadline);
}

Result<Flash::Reading> Flash::readSecureCert(const Partition& partition, Md5 held, Deadline deadline) {
    return settled(partition, held, [&] { return entries(partition, deadline); }, deadline);
}

Result<void> Flash::writeOnce(const Partition& partition, const Secret& image, Deadline deadline) {
    const auto blocks = static_cast<std::uint32_t>((image.size() + kFlashBlock - 1) / kFlashBlock);
    if (auto begun = m_loader.beginWrite(m_chip, partition.offset, partition.size, blocks, deadline); !begun) return begun;
    for (std::uint32_t i = 0; i < blocks; ++i) {
        Secret block{kFlashBlock};
        eraseIn(block.bytes());
        const BytesView part = image.view().subspan(i * kFlashBlock, std::min(kFlashBlock, image.size() - i * kFlashBlock));
        std::copy(part.begin(), part.end(), block.bytes().begin());
        if (auto written = m_loader.writeBlock(i, block.view(), deadline); !written) return written;
    }
    const auto same = holds(partition.offset, sumOf(image.view(), partition), partition.size, kDenials, deadline);
    if (!same) return same.error();
    if (*same) return {};
    return Error{ErrorCode::BoardRefused, "its flash does not hold what was written to it"};
}

Result<void> Flash::write(const Partition& partition, const Secret& image, Deadline deadline) {
    auto written = writeOnce(partition, image, deadline);
    // Once may be the link: not even where to write to has a checksum on it.
    const bool again = !written && written.error().code != ErrorCode::LinkLost && !deadline.passed();
    return again ? writeOnce(partition, image, deadline) : written;
}

Result<void> Flash::erase(const Partition& partition, Deadline deadline) {
    return m_loader.beginWrite(m_chip, partition.offset, partition.size, 0, deadline);
}

}  // namespace keystamp::flashing::esp32
