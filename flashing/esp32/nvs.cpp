// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/nvs.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "flashing/little.h"

namespace keystamp::flashing::esp32 {
namespace {

constexpr std::uint32_t kActive = 0xFFFFFFFE;
constexpr std::uint32_t kFull = 0xFFFFFFFC;
constexpr std::uint8_t kVersion2 = 0xFE;
constexpr std::size_t kBitmap = 32;
constexpr std::size_t kFirstEntry = 64;
constexpr std::size_t kEntry = 32;
constexpr std::size_t kEntries = 126;
constexpr std::uint8_t kU8 = 0x01;
constexpr std::uint8_t kString = 0x21;
constexpr std::uint8_t kOurs = 1;  ///< index of the one namespace

constexpr unsigned kWritten = 0b10;
constexpr unsigned kEmpty = 0b11;

std::uint32_t headerCrc(BytesView page) { return espCrc({page.subspan(4, 24)}); }
std::uint32_t entryCrc(BytesView entry) { return espCrc({entry.first(4), entry.subspan(8, 24)}); }
unsigned stateOf(BytesView page, std::size_t entry) { return (page[kBitmap + entry / 4] >> (2 * (entry % 4))) & 3U; }

std::size_t entriesFor(std::size_t bytes) { return (bytes + kEntry - 1) / kEntry; }

/// Fills pages one after another.
class Writer {
public:
    explicit Writer(std::span<std::uint8_t> image) : m_image(image) {
        std::fill(image.begin(), image.end(), std::uint8_t{0xFF});
    }

    /// False where no page is left. `text` is empty for a namespace.
    bool add(std::uint8_t space, std::uint8_t type, const std::string& name, BytesView text) {
        const std::size_t bytes = type == kString ? text.size() + 1 : 0;
        const std::size_t span = 1 + entriesFor(bytes);
        if ((m_pages == 0 || m_next + span > kEntries) && !newPage()) return false;
        const auto entry = page().subspan(kFirstEntry + m_next * kEntry, span * kEntry);
        entry[0] = space;
        entry[1] = type;
        entry[2] = static_cast<std::uint8_t>(span);
        std::fill_n(entry.begin() + 8, 16, std::uint8_t{0});
        std::copy(name.begin(), name.end(), entry.begin() + 8);
        if (type == kString) putText(entry, text);
        else entry[24] = kOurs;
        putLittle(entry, 4, entryCrc(entry), 4);
        for (std::size_t i = 0; i < span; ++i) markWritten(m_next + i);
        m_next += span;
        return true;
    }
    std::size_t used() const { return (m_pages - 1) * kNvsPage + kFirstEntry + m_next * kEntry; }

private:
    std::span<std::uint8_t> page() { return m_image.subspan((m_pages - 1) * kNvsPage, kNvsPage); }

    bool newPage() {
        if ((m_pages + 1) * kNvsPage > m_image.size()) return false;
        if (m_pages > 0) putLittle(page(), 0, kFull, 4);
        ++m_pages;
        m_next = 0;
        const auto fresh = page();
        putLittle(fresh, 0, kActive, 4);
        putLittle(fresh, 4, static_cast<std::uint32_t>(m_pages - 1), 4);
        fresh[8] = kVersion2;
        putLittle(fresh, 28, headerCrc(fresh), 4);
        return true;
    }
    static void putText(std::span<std::uint8_t> entry, BytesView text) {
        const auto value = entry.subspan(kEntry);
        std::copy(text.begin(), text.end(), value.begin());
        value[text.size()] = 0;
        putLittle(entry, 24, static_cast<std::uint32_t>(text.size() + 1), 2);
        putLittle(entry, 28, espCrc({BytesView{value}.first(text.size() + 1)}), 4);
    }
    void markWritten(std::size_t entry) {
        auto& bits = page()[kBitmap + entry / 4];
        bits = static_cast<std::uint8_t>(bits & ~(1U << (2 * (entry % 4))));
    }

    std::span<std::uint8_t> m_image;
    std::size_t m_pages = 0;
    std::size_t m_next = 0;  ///< entry of the page
};

std::string keyOf(BytesView entry) {
    const auto* text = reinterpret_cast<const char*>(entry.data() + 8);
    return {text, ::strnlen(text, 16)};
}

/// Reads pages one after another.
class Reader {
public:
    explicit Reader(const std::string& nameSpace) : m_nameSpace(nameSpace) {}

    void page(BytesView page) {
        const std::size_t used = nvsUsed(page.first(std::min(page.size(), kFirstEntry)));
        if (used == 0) return;
        found.blank = false;
        if (page.size() < used || page[8] != kVersion2 || little(page, 28, 4) != headerCrc(page)) {
            found.broken = true;
            return;
        }
        for (std::size_t at = 0; at < kEntries;) {
            const unsigned state = stateOf(page, at);
            if (state == kEmpty) return;
            at += state == kWritten ? entry(page, at) : 1;
        }
    }
    NvsContents found;

private:
    /// How many entries it spans.
    std::size_t entry(BytesView page, std::size_t at) {
        const BytesView rest = page.subspan(kFirstEntry + at * kEntry);
        const std::size_t span = rest[2];
        if (span == 0 || span * kEntry > rest.size() || little(rest, 4, 4) != entryCrc(rest)) {
            found.broken = true;
            return kEntries;
        }
        if (rest[0] == 0) {
            found.foreign = found.foreign || rest[1] != kU8 || keyOf(rest) != m_nameSpace;
            if (keyOf(rest) == m_nameSpace) m_space = rest[24];
        } else if (rest[0] != m_space || rest[1] != kString) {
            found.foreign = true;
        } else {
            text(rest.first(span * kEntry));
        }
        return span;
    }
    void text(BytesView entry) {
        const std::size_t size = little(entry, 24, 2);
        const bool fits = size > 0 && size <= entry.size() - kEntry;
        const BytesView value = entry.subspan(kEntry, fits ? size : 0);
        if (!fits || value.back() != 0 || little(entry, 28, 4) != espCrc({value})) {
            found.broken = true;
            return;
        }
        found.texts.insert_or_assign(keyOf(entry), Secret::copyOf(value.first(size - 1)));
    }

    const std::string& m_nameSpace;
    std::uint8_t m_space = 0;  ///< 0: not seen yet
};

Result<void> checkName(const std::string& name) {
    if (!name.empty() && name.size() <= kNvsKeyMost) return {};
    return Error{ErrorCode::BadConfig, fmt::format("'{}': an NVS name has 1 to {} characters", name, kNvsKeyMost)};
}

}  // namespace

std::uint32_t espCrc(std::initializer_list<BytesView> parts) {
    uLong crc = 0xFFFFFFFF;
    for (const BytesView part : parts) crc = ::crc32(crc, part.data(), static_cast<uInt>(part.size()));
    return static_cast<std::uint32_t>(crc);
}

Result<Secret> makeNvs(const std::string& nameSpace, const std::vector<NvsText>& texts, std::size_t partition) {
    if (auto good = checkName(nameSpace); !good) return good.error();
    if (partition < kNvsLeast || partition % kNvsPage != 0) {
        return Error{ErrorCode::BadConfig, fmt::format("{} bytes: an NVS partition has three pages of {} or more", partition, kNvsPage)};
    }
    Secret image{std::min(partition - kNvsPage, 4 * kNvsPage)};
    Writer writer{image.bytes()};
    bool fits = writer.add(0, kU8, nameSpace, {});
    for (const NvsText& each : texts) {
        if (auto good = checkName(each.key); !good) return good.error();
        if (each.text.size() > kNvsTextMost) {
            return Error{ErrorCode::BadConfig, fmt::format("{} of {} characters: NVS holds {}", each.key, each.text.size(), kNvsTextMost)};
        }
        fits = fits && writer.add(kOurs, kString, each.key, each.text);
    }
    if (!fits) return Error{ErrorCode::BadConfig, fmt::format("the identity does not fit a partition of {} bytes", partition)};
    image.shrink(writer.used());
    return image;
}

std::size_t nvsUsed(BytesView first64) {
    const auto erased = [](std::uint8_t byte) { return byte == 0xFF; };
    if (std::all_of(first64.begin(), first64.end(), erased)) return 0;
    std::size_t used = 0;
    for (std::size_t i = 0; first64.size() >= kFirstEntry && i < kEntries; ++i) {
        if (stateOf(first64, i) != kEmpty) used = i + 1;
    }
    return kFirstEntry + used * kEntry;
}

NvsContents readNvs(const std::string& nameSpace, BytesView image) {
    Reader reader{nameSpace};
    for (std::size_t at = 0; at < image.size(); at += kNvsPage) reader.page(image.subspan(at, std::min(kNvsPage, image.size() - at)));
    return std::move(reader.found);
}

}  // namespace keystamp::flashing::esp32
