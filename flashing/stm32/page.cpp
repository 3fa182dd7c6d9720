// SPDX-License-Identifier: Apache-2.0
#include "flashing/stm32/page.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <vector>

#include "flashing/leaf_key.h"
#include "flashing/little.h"

namespace keystamp::flashing::stm32 {
namespace {

constexpr std::string_view kMagic = "KSID";
constexpr std::string_view kMark = "keystamp identity, not finished\n";
static_assert(kMark.size() == kPageMark);
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kBody = kPageHeader + kPageMark;
constexpr std::size_t kFieldHeader = 4;

enum Kind : std::uint8_t { kSas = 1, kX509 = 2 };
enum Tag : std::uint32_t { kDeviceId = 1, kScopeId = 2, kSasKey = 3, kPrivateKey = 4, kCertificate = 5 };

struct Field {
    Tag tag;
    BytesView value;
};

std::size_t padded(std::size_t size, std::size_t to) { return (size + to - 1) / to * to; }

std::uint32_t crcOf(BytesView bytes) { return static_cast<std::uint32_t>(::crc32(0, bytes.data(), static_cast<unsigned>(bytes.size()))); }

bool isErased(BytesView bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0xFF; });
}

/// Begun and not finished: nothing but the mark and what came after it, or a part of the mark and nothing.
bool isUnfinished(BytesView page) {
    if (!isErased(page.first(kPageHeader))) return asText(page).starts_with(kMagic);
    const BytesView mark = page.subspan(kPageHeader, kPageMark);
    if (asText(mark) == kMark) return true;
    const auto partly = [](std::uint8_t byte, char wanted) { return byte == 0xFF || byte == static_cast<std::uint8_t>(wanted); };
    return std::equal(mark.begin(), mark.end(), kMark.begin(), partly) && isErased(page.subspan(kBody));
}

struct Identity {
    BytesView deviceId, scopeId, sasKey, privateKey, leaf;
};

/// Nothing where the fields do not follow one another to the end.
std::optional<Identity> fieldsOf(BytesView body) {
    Identity found;
    while (!body.empty()) {
        if (body.size() < kFieldHeader) return {};
        const std::uint32_t tag = little(body, 0, 2);
        const std::size_t size = little(body, 2, 2);
        if (size > body.size() - kFieldHeader) return {};
        const BytesView value = body.subspan(kFieldHeader, size);
        if (tag == kDeviceId) found.deviceId = value;
        if (tag == kScopeId) found.scopeId = value;
        if (tag == kSasKey) found.sasKey = value;
        if (tag == kPrivateKey) found.privateKey = value;
        if (tag == kCertificate && found.leaf.empty()) found.leaf = value;
        body = body.subspan(std::min(kFieldHeader + padded(size, 4), body.size()));
    }
    return found;
}

std::optional<Digest> credentialOf(std::uint8_t kind, const Identity& identity) {
    if (kind == kSas && !identity.sasKey.empty()) return sha256(identity.sasKey);
    const bool whole = kind == kX509 && isLeafOf(identity.leaf, asText(identity.deviceId)) && isKeyOf(Secret::copyOf(identity.privateKey), identity.leaf);
    return whole ? std::optional{sha256(identity.leaf)} : std::nullopt;
}

}  // namespace

Result<Secret> makePage(const Credential& credential, std::size_t room) {
    const bool sas = credential.kind == Mode::Sas;
    std::vector<Field> fields{{kDeviceId, asBytes(credential.id.text())}, {kScopeId, asBytes(credential.scopeId)}};
    fields.push_back(sas ? Field{kSasKey, credential.sasKey.view()} : Field{kPrivateKey, credential.privateKey.view()});
    if (!sas) std::transform(credential.chain.begin(), credential.chain.end(), std::back_inserter(fields), [](const Bytes& each) { return Field{kCertificate, each}; });
    std::size_t body = 0;
    for (const Field& each : fields) body += kFieldHeader + padded(each.value.size(), 4);
    const std::size_t size = padded(kBody + body, kPageHeader);
    if (size > std::min(room, kIdentityMost)) {
        return Error{ErrorCode::BadConfig, fmt::format("an identity of {} bytes does not fit into {}; keep more pages for it, and set pages of [driver.stm32]", size, room)};
    }
    Secret page{size};
    const auto bytes = page.bytes();
    std::copy(kMark.begin(), kMark.end(), bytes.begin() + kPageHeader);
    auto at = bytes.subspan(kBody);
    for (const Field& each : fields) {
        putLittle(at, 0, each.tag, 2);
        putLittle(at, 2, static_cast<std::uint32_t>(each.value.size()), 2);
        std::copy(each.value.begin(), each.value.end(), at.begin() + kFieldHeader);
        at = at.subspan(kFieldHeader + padded(each.value.size(), 4));
    }
    std::fill(at.begin(), at.end(), std::uint8_t{0xFF});
    std::copy(kMagic.begin(), kMagic.end(), bytes.begin());
    bytes[4] = kVersion;
    bytes[5] = sas ? kSas : kX509;
    putLittle(bytes, 8, static_cast<std::uint32_t>(body), 4);
    putLittle(bytes, 12, crcOf(page.view().subspan(kBody, body)), 4);
    putLittle(bytes, kPageHeader - 4, crcOf(page.view().first(kPageHeader - 4)), 4);
    return page;
}

std::size_t pageBytes(BytesView header) {
    const bool whole = header.size() >= kPageHeader && asText(header).starts_with(kMagic) && header[4] == kVersion &&
                       crcOf(header.first(kPageHeader - 4)) == little(header, kPageHeader - 4, 4) && little(header, 8, 4) <= kIdentityMost - kBody;
    return whole ? kBody + little(header, 8, 4) : 0;
}

PageContents readPage(BytesView page) {
    PageContents found;
    found.blank = isErased(page);
    if (found.blank) return found;
    const std::size_t size = pageBytes(page);
    if (size == 0 || size > page.size()) {
        found.foreign = page.size() < kBody || !isUnfinished(page);
        return found;
    }
    const BytesView body = page.subspan(kBody, size - kBody);
    const auto identity = crcOf(body) == little(page, 12, 4) ? fieldsOf(body) : std::nullopt;
    if (!identity) return found;
    found.credential = credentialOf(page[5], *identity);
    if (!found.credential) return found;
    found.deviceId = asText(identity->deviceId);
    found.scopeId = asText(identity->scopeId);
    return found;
}

}  // namespace keystamp::flashing::stm32
