// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/esp32_board.h"

#include <fmt/format.h>

#include <algorithm>

#include "flashing/esp32/identity.h"
#include "flashing/esp32/loader.h"
#include "flashing/esp32/partitions.h"

namespace keystamp::flashing::esp32 {
namespace {

constexpr int kRomBaud = 115200;
constexpr std::size_t kPagesRead = 4;  ///< an identity takes one or two
constexpr std::uint8_t kData = 1;
constexpr std::uint8_t kNvsSubtype = 2;

/// Of the partition: the image, then erased flash.
Md5 md5OfPartition(BytesView image, std::size_t partition) { return md5Of({image, Bytes(partition - image.size(), 0xFF)}); }

class Esp32Board : public Board {
public:
    Esp32Board(const Chip& chip, Layout layout, std::unique_ptr<Link> link)
        : m_wanted(chip), m_layout(std::move(layout)), m_link(std::move(link)), m_loader(*m_link) {}

    bool lost() const override { return m_link->lost(); }

    Result<BoardInfo> info(Deadline deadline) override {
        m_uid.clear();
        auto info = look(deadline);
        // Reading takes long, and another board, put on meanwhile, says no where this one would not.
        const bool refused = !info && info.error().code == ErrorCode::BoardRefused;
        if (m_uid.empty() || !(info || refused)) return info;
        if (auto same = sameChip(ErrorCode::BoardNonsense, deadline); !same) return same.error();
        return info;
    }

    Result<BoardInfo> look(Deadline deadline) {
        if (auto entered = enter(deadline); !entered) return entered.error();
        BoardInfo info;
        if (auto read = readChip(info, deadline); !read) return read.error();
        if (auto found = findPartition(deadline); !found) return found.error();
        auto read = readPartition(deadline);
        if (read && !read->same) {
            auto again = readPartition(deadline);
            if (again && !again->same && again->md5 != read->md5) return Error{ErrorCode::BoardNonsense, "what its flash holds arrived garbled"};
            read = std::move(again);
        }
        if (!read) return read.error();
        m_foreign = read->contents.foreign;
        if (read->same) readIdentity(m_layout, read->contents, info);
        return info;
    }

    Result<void> begin(Mode, const DeviceId&, const std::string&, Deadline deadline) override {
        if (!m_partition) {
            if (auto read = info(deadline); !read) return read.error();
        }
        if (!m_foreign) return {};
        return Error{ErrorCode::BoardRefused,
                     fmt::format("partition '{}' holds other settings than an identity; give the identity a partition of its own",
                                 m_partition->label)};
    }

    Result<Bytes> makeKey(Deadline) override {
        return Error{ErrorCode::BoardRefused, "the ROM loader makes no keys"};
    }

    Result<void> write(const Credential& credential, Deadline deadline) override {
        if (auto begun = begin(credential.kind, credential.id, credential.scopeId, deadline); !begun) return begun;
        // Nothing locks this flash: a finished board that was put on since would lose its identity.
        if (auto same = sameChip(ErrorCode::WrongUid, deadline); !same) return same;
        const auto image = imageOf(m_layout, credential, m_partition->size);
        if (!image) return image.error();
        auto written = writeImage(*image, deadline);
        // Once may be the link: not even where to write to has a checksum on it.
        const bool again = !written && written.error().code != ErrorCode::LinkLost && !deadline.passed();
        return again ? writeImage(*image, deadline) : written;
    }

    Result<Bytes> prove(BytesView, Deadline) override {
        return Error{ErrorCode::BoardRefused, "the ROM loader proves nothing"};
    }

    /// Fuses are never blown here: the product starts, and stays as open as it was.
    Result<void> lock(Deadline deadline) override { return m_loader.runApplication(deadline); }

    Result<void> erase(Deadline deadline) override {
        if (!m_partition) {
            if (auto read = info(deadline); !read) return read.error();
        }
        if (auto same = sameChip(ErrorCode::WrongUid, deadline); !same) return same;
        return m_loader.beginWrite(m_wanted, m_partition->offset, m_partition->size, 0, deadline);
    }

private:
    Result<void> enter(Deadline deadline) {
        if (m_baud != kRomBaud) {
            if (auto set = m_link->setBaud(kRomBaud); !set) return set;
            m_baud = kRomBaud;
        }
        return m_loader.enter(deadline);
    }

    Result<void> writeImage(const Secret& image, Deadline deadline) {
        const auto blocks = static_cast<std::uint32_t>((image.size() + kFlashBlock - 1) / kFlashBlock);
        if (auto begun = m_loader.beginWrite(m_wanted, m_partition->offset, m_partition->size, blocks, deadline); !begun) return begun;
        for (std::uint32_t i = 0; i < blocks; ++i) {
            Secret block{kFlashBlock};
            std::fill(block.bytes().begin(), block.bytes().end(), std::uint8_t{0xFF});
            const BytesView part = image.view().subspan(i * kFlashBlock, std::min(kFlashBlock, image.size() - i * kFlashBlock));
            std::copy(part.begin(), part.end(), block.bytes().begin());
            if (auto written = m_loader.writeBlock(i, block.view(), deadline); !written) return written;
        }
        const auto same = isInFlash(m_partition->offset, image.view(), m_partition->size, deadline);
        if (!same) return same.error();
        if (*same) return {};
        return Error{ErrorCode::BoardRefused, "its flash does not hold what was written to it"};
    }

    /// Whether the flash holds these bytes, and is erased from there on to `size`. Asked twice before it is denied.
    Result<bool> isInFlash(std::uint32_t offset, BytesView bytes, std::size_t size, Deadline deadline) {
        const Md5 wanted = md5OfPartition(bytes, size);
        for (int tries = 0; tries < 2; ++tries) {
            const auto held = m_loader.md5(offset, static_cast<std::uint32_t>(size), deadline);
            if (!held) return held.error();
            if (*held == wanted) return true;
        }
        return false;
    }

    Result<void> readChip(BoardInfo& info, Deadline deadline) {
        auto chip = m_loader.identify(deadline);
        if (chip && *chip != &m_wanted) chip = m_loader.identify(deadline);  // once is hearsay
        if (!chip) return chip.error();
        if (*chip != &m_wanted) {
            return Error{ErrorCode::BadConfig, fmt::format("this is an {}; the fixture's driver is {}", (*chip)->name, m_wanted.driver)};
        }
        const auto security = m_loader.security(m_wanted, deadline);
        if (!security) return security.error();
        if (security->secureDownload) {
            return Error{ErrorCode::BoardRefused, "it is in secure download mode, in which it says neither its MAC nor what it holds; "
                                                  "give boards their identity before that mode is switched on"};
        }
        auto mac = readMac(deadline);
        if (!mac) return mac.error();
        const auto again = readMac(deadline);
        if (!again) return again.error();
        if (*again != *mac) return Error{ErrorCode::BoardNonsense, "it says one MAC and then another"};
        info.uid = *std::move(mac);
        m_uid = info.uid;
        info.family = m_wanted.name;
        info.firmware = fmt::format("ROM; flash readable; secure boot {}; flash encryption {}", security->secureBoot ? "on" : "off",
                                    security->encrypted ? "on" : "off");
        info.readsBack = true;
        info.locks = false;
        return changeBaud(deadline);
    }

    Result<Bytes> readMac(Deadline deadline) {
        const auto low = m_loader.readRegister(m_wanted.mac, deadline);
        if (!low) return low.error();
        const auto high = m_loader.readRegister(m_wanted.mac + 4, deadline);
        if (!high) return high.error();
        Bytes mac;
        for (const std::uint32_t shift : {8U, 0U}) mac.push_back(static_cast<std::uint8_t>(*high >> shift));
        for (const std::uint32_t shift : {24U, 16U, 8U, 0U}) mac.push_back(static_cast<std::uint8_t>(*low >> shift));
        return mac;
    }

    /// As `otherwise` where another one than was read lies there now.
    Result<void> sameChip(ErrorCode otherwise, Deadline deadline) {
        const auto mac = readMac(deadline);
        if (!mac) return mac.error();
        if (*mac == m_uid) return {};
        return Error{otherwise, fmt::format("board {} was taken off for {} in the middle", toHex(m_uid), toHex(*mac))};
    }

    Result<void> changeBaud(Deadline deadline) {
        if (m_layout.baud != 0 && m_layout.baud != m_baud && m_link->hasLines()) {
            if (auto changed = m_loader.changeBaud(m_layout.baud, deadline); !changed) return changed;
            m_baud = m_layout.baud;
        }
        return m_loader.attachFlash(deadline);
    }

    /// Nothing is written before the board's own table says where.
    Result<void> findPartition(Deadline deadline) {
        Bytes table;
        do {
            const std::size_t at = table.size();
            table.resize(at + 2 * kTableEntry, 0xFF);
            const std::span<std::uint8_t> part = std::span{table}.subspan(at);
            if (auto read = m_loader.readFlash(m_layout.table + static_cast<std::uint32_t>(at), part, deadline); !read) return read;
        } while (table.size() < kTableMost && !endsTable(BytesView{table}.last(kTableEntry)));
        const auto same = isInFlash(m_layout.table, table, table.size(), deadline);
        if (!same) return same.error();
        if (!*same) return Error{ErrorCode::BoardNonsense, "the partition table arrived garbled"};
        const auto partitions = readTable(table);
        if (!partitions) return partitions.error();
        const auto found = std::find_if(partitions->begin(), partitions->end(), [&](const Partition& each) { return each.label == m_layout.partition; });
        if (found == partitions->end()) {
            std::string labels;
            for (const Partition& each : *partitions) labels += (labels.empty() ? "" : ", ") + each.label;
            return Error{ErrorCode::BadConfig, fmt::format("the board has no partition '{}'; it has {}", m_layout.partition, labels)};
        }
        if (auto good = checkPartition(*found); !good) return good;
        m_partition = *found;
        return {};
    }

    Result<void> checkPartition(const Partition& found) const {
        const auto wrong = [&](std::string_view what) {
            return Error{ErrorCode::BadConfig, fmt::format("partition '{}' of the board (offset 0x{:x}, size 0x{:x}) {}", found.label, found.offset, found.size, what)};
        };
        if (found.type != kData || found.subtype != kNvsSubtype) return wrong("is not of type data, nvs");
        if (m_layout.offset && *m_layout.offset != found.offset) return wrong(fmt::format("is configured at 0x{:x}", *m_layout.offset));
        if (m_layout.size && *m_layout.size != found.size) return wrong(fmt::format("is configured with size 0x{:x}", *m_layout.size));
        if (found.offset % kSector != 0 || found.size % kSector != 0) return wrong("is not of whole sectors");
        if (found.offset < m_layout.table + kSector) return wrong("lies over the partition table");
        if (found.size < 3 * kNvsPage || found.size > 0x10000) return wrong("is not from 0x3000 to 0x10000 long");
        return {};
    }

    struct Reading {
        NvsContents contents;
        Md5 md5{};          ///< of what was read, and erased flash behind it
        bool same = false;  ///< the chip's own MD5 agrees; else more lies there, as after a write that was cut short
    };
    Result<Reading> readPartition(Deadline deadline) {
        const std::size_t pages = m_partition->size / kNvsPage;
        Secret image{std::min(pages, kPagesRead) * kNvsPage};
        std::fill(image.bytes().begin(), image.bytes().end(), std::uint8_t{0xFF});
        bool beyond = false;
        for (std::size_t page = 0; page < pages; ++page) {
            std::array<std::uint8_t, kReadMost> first{};
            const auto offset = static_cast<std::uint32_t>(m_partition->offset + page * kNvsPage);
            if (auto read = m_loader.readFlash(offset, first, deadline); !read) return read.error();
            const std::size_t used = nvsUsed(first);
            if (used == 0) continue;
            beyond = beyond || page >= kPagesRead;
            if (page >= kPagesRead) continue;
            const std::span<std::uint8_t> into = image.bytes().subspan(page * kNvsPage, used);
            std::copy(first.begin(), first.end(), into.begin());
            if (auto read = m_loader.readFlash(offset + kReadMost, into.subspan(kReadMost), deadline); !read) return read.error();
        }
        Reading reading{readNvs(m_layout.nameSpace, image.view()), md5OfPartition(image.view(), m_partition->size), beyond};
        reading.contents.foreign = reading.contents.foreign || beyond;
        if (beyond) return reading;
        const auto same = isInFlash(m_partition->offset, image.view(), m_partition->size, deadline);
        if (!same) return same.error();
        reading.same = *same;
        return reading;
    }

    const Chip& m_wanted;
    const Layout m_layout;
    std::unique_ptr<Link> m_link;
    RomLoader m_loader;
    std::optional<Partition> m_partition;
    bool m_foreign = false;
    Bytes m_uid;  ///< of the chip that was read last
    int m_baud = kRomBaud;
};

}  // namespace

Result<void> checkEsp32Options(const std::string&, const DriverOptions& options) {
    if (auto layout = Layout::of(options); !layout) return layout.error();
    return {};
}

Result<std::unique_ptr<Board>> openEsp32Board(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options) {
    const Chip* chip = chipOfDriver(driver);
    auto layout = Layout::of(options);
    if (!layout) return layout.error();
    if (chip == nullptr) return Error{ErrorCode::BadConfig, driver};
    return std::unique_ptr<Board>{std::make_unique<Esp32Board>(*chip, *std::move(layout), std::move(link))};
}

}  // namespace keystamp::flashing::esp32
