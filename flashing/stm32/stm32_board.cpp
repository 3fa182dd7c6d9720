// SPDX-License-Identifier: Apache-2.0
#include "flashing/stm32/stm32_board.h"

#include <fmt/format.h>

#include <algorithm>

#include "flashing/same_chip.h"
#include "flashing/stm32/chips.h"
#include "flashing/stm32/loader.h"
#include "flashing/stm32/page.h"
#include "flashing/stm32/protocol.h"

namespace keystamp::flashing::stm32 {
namespace {

constexpr std::size_t kUid = 12;

class Stm32Board : public Board {
public:
    Stm32Board(Place place, std::unique_ptr<Link> link) : m_place(place), m_link(std::move(link)), m_loader(*m_link, m_place) {}

    bool lost() const override { return m_link->lost(); }

    Result<BoardInfo> info(Deadline deadline) override {
        m_uid.clear();
        if (auto entered = m_loader.enter(deadline); !entered) return entered.error();
        BoardInfo info;
        if (auto read = readChip(info, deadline); !read) return read.error();
        const auto page = readPageOf(deadline);
        if (!page) return page.error();
        // Reading takes long, and another board may have been put on meanwhile.
        if (auto same = sameChip(ErrorCode::BoardNonsense, deadline); !same) return same.error();
        m_foreign = page->foreign ? fmt::format("the page at {:#010x} holds what this station did not write; erase it if it may go", m_place.page) : "";
        info.credential = page->credential;
        info.deviceId = page->deviceId;
        info.scopeId = page->scopeId;
        info.readsBack = true;
        info.showsByReading = true;
        return info;
    }

    Result<void> begin(Mode, const DeviceId&, const std::string&, Deadline deadline) override { return mayBeErased(deadline); }

    Result<Bytes> makeKey(Deadline) override { return Error{ErrorCode::BoardRefused, "the ROM loader makes no keys"}; }

    Result<void> write(const Credential& credential, Deadline deadline) override {
        if (auto may = mayBeErased(deadline); !may) return may;
        const auto page = makePage(credential, room());
        if (!page) return page.error();
        if (readPage(page->view()).credential != credentialDigest(credential)) return Error{ErrorCode::Internal, "what would be written is not the credential"};
        // Nothing locks this flash: a finished board that was put on since would lose its identity.
        if (auto same = sameChip(ErrorCode::WrongUid, deadline); !same) return same;
        if (auto erased = erasePages(deadline); !erased) return erased;
        // The header comes last: until then there is no identity.
        for (std::size_t at = kPageHeader; at < page->size();) {
            const std::size_t part = std::min(kMost, page->size() - at);
            if (auto written = m_loader.write(m_place.page + static_cast<std::uint32_t>(at), page->view().subspan(at, part), deadline); !written) return written;
            at += part;
        }
        return m_loader.write(m_place.page, page->view().first(kPageHeader), deadline);
    }

    Result<Bytes> prove(BytesView, Deadline) override { return Error{ErrorCode::BoardRefused, "the ROM loader proves nothing"}; }

    /// Read-out protection is the product's to switch on: it starts, and stays as open as it was.
    Result<void> lock(Deadline deadline) override { return m_loader.go(deadline); }

    Result<void> erase(Deadline deadline) override {
        if (auto may = mayBeErased(deadline); !may) return may;
        if (auto same = sameChip(ErrorCode::WrongUid, deadline); !same) return same;
        return erasePages(deadline);
    }

private:
    Result<void> mayBeErased(Deadline deadline) {
        if (m_uid.empty()) {
            if (auto read = info(deadline); !read) return read.error();
        }
        return m_foreign.empty() ? Result<void>{} : Error{ErrorCode::BoardRefused, m_foreign};
    }

    /// Once is hearsay: what says which flash is written to is asked twice.
    Result<void> readChip(BoardInfo& info, Deadline deadline) {
        const auto id = m_loader.productId(deadline);
        if (!id) return id.error();
        const auto again = m_loader.productId(deadline);
        if (!again) return again.error();
        if (*again != *id) return Error{ErrorCode::BoardNonsense, "it says one product ID and then another"};
        const Chip* chip = chipOf(*id);
        if (auto known = settle(*id, chip); !known) return known;
        auto uid = readUid(deadline);
        if (!uid) return uid.error();
        const auto uidAgain = readUid(deadline);
        if (!uidAgain) return uidAgain.error();
        if (*uidAgain != *uid) return Error{ErrorCode::BoardNonsense, "it says one UID and then another"};
        if (std::all_of(uid->begin(), uid->end(), [&](std::uint8_t byte) { return byte == uid->front(); })) {
            return Error{ErrorCode::BadConfig, fmt::format("at {:#010x} there is no UID; set uid of [driver.stm32] to its address in this chip's reference manual", m_uidAt)};
        }
        info.uid = *std::move(uid);
        m_uid = info.uid;
        info.family = chip != nullptr ? chip->name : fmt::format("STM32 {:03x}", *id);
        info.firmware = fmt::format("ROM loader {}.{}; flash readable", m_loader.version() >> 4, m_loader.version() & 0xF);
        info.locks = false;
        return {};
    }

    /// Where things are on this chip; what was configured comes first, and must agree with what is known.
    Result<void> settle(std::uint16_t id, const Chip* chip) {
        const auto bad = [](std::string why) { return Error{ErrorCode::BadConfig, std::move(why)}; };
        if (chip == nullptr && (!m_place.uid || !m_place.pageSize || !m_place.erase)) {
            return bad(fmt::format("product ID {:03x} is not in this station's table; set uid, page_size and erase of [driver.stm32]", id));
        }
        if (chip != nullptr && m_place.pageSize.value_or(chip->pageSize) != chip->pageSize) {
            return bad(fmt::format("an {} has pages of {:#x}, not {:#x}", chip->name, chip->pageSize, *m_place.pageSize));
        }
        m_pageSize = chip != nullptr ? chip->pageSize : *m_place.pageSize;
        m_uidAt = m_place.uid ? *m_place.uid : chip->uid;
        if (m_place.page % m_pageSize != 0) return bad(fmt::format("page {:#010x} does not begin a page of {:#x}", m_place.page, m_pageSize));
        return {};
    }

    std::uint32_t room() const { return m_place.pages * m_pageSize; }

    /// The header's last: a page without it, and with what somebody wrote behind it, would be foreign.
    Result<void> erasePages(Deadline deadline) {
        const std::uint32_t first = m_place.erase.value_or((m_place.page - kFlash) / m_pageSize);
        for (std::uint32_t left = m_place.pages; left > 0; --left) {
            if (auto erased = m_loader.erase(first + left - 1, deadline); !erased) return erased;
        }
        return {};
    }

    Result<Bytes> readUid(Deadline deadline) {
        Bytes uid(kUid);
        if (auto read = m_loader.read(m_uidAt, uid, deadline); !read) return read.error();
        return uid;
    }

    /// As `otherwise` where another one than was read lies there now.
    Result<void> sameChip(ErrorCode otherwise, Deadline deadline) {
        return flashing::sameChip(m_uid, otherwise, [&] { return readUid(deadline); });
    }

    /// READ has no checksum: what is not whole is read until it is the same twice.
    Result<PageContents> readPageOf(Deadline deadline) {
        std::optional<Secret> before;
        for (int tries = 0; tries < 3; ++tries) {
            auto page = readOnce(deadline);
            if (!page) return page.error();
            PageContents contents = readPage(page->view());
            if (contents.blank || contents.credential || (before && before->equals(*page))) return contents;
            before = *std::move(page);
        }
        return Error{ErrorCode::BoardNonsense, "its page reads differently each time"};
    }

    Result<Secret> readOnce(Deadline deadline) {
        Secret page{room()};
        if (auto read = m_loader.read(m_place.page, page.bytes().first(kPageHeader), deadline); !read) return read.error();
        const std::size_t said = pageBytes(page.view());
        const std::size_t size = said != 0 ? std::min<std::size_t>(said, room()) : room();
        page.shrink(size);
        if (auto read = m_loader.read(m_place.page + kPageHeader, page.bytes().subspan(kPageHeader), deadline); !read) return read.error();
        return page;
    }

    const Place m_place;
    std::unique_ptr<Link> m_link;
    Loader m_loader;
    std::uint32_t m_pageSize = 0;
    std::uint32_t m_uidAt = 0;
    Bytes m_uid;            ///< of the chip that was read last
    std::string m_foreign;  ///< why the board may not be written to
};

}  // namespace

Result<void> checkStm32Options(const std::string&, const DriverOptions& options) {
    if (auto place = Place::of(options); !place) return place.error();
    return {};
}

Result<std::unique_ptr<Board>> openStm32Board(const std::string&, std::unique_ptr<Link> link, const DriverOptions& options) {
    auto place = Place::of(options);
    if (!place) return place.error();
    return std::unique_ptr<Board>{std::make_unique<Stm32Board>(*place, std::move(link))};
}

}  // namespace keystamp::flashing::stm32
