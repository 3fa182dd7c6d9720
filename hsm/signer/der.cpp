// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/der.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace keystamp::hsm::der {
namespace {

constexpr int kDeepest = 16;
constexpr std::uint8_t kConstructed = 0x20;

bool strictContent(const Element& element, int depth);

bool strictSequence(BytesView content, bool sorted, int depth) {
    if (depth > kDeepest) return false;
    Reader reader{content};
    BytesView before;
    while (!reader.atEnd()) {
        const auto element = reader.next();
        if (!element || !strictContent(*element, depth + 1)) return false;
        const BytesView whole = element->whole;
        if (sorted && std::lexicographical_compare(whole.begin(), whole.end(), before.begin(), before.end()))
            return false;
        before = whole;
    }
    return true;
}

bool strictOid(BytesView content) {
    bool first = true;  // of a subidentifier
    for (const std::uint8_t byte : content) {
        if (first && byte == 0x80) return false;
        first = (byte & 0x80) == 0;
    }
    return !content.empty() && first;
}

bool strictBits(BytesView content) {
    if (content.empty() || content[0] > 7) return false;
    if (content.size() == 1) return content[0] == 0;
    return (content.back() & ((1u << content[0]) - 1)) == 0;
}

bool strictContent(const Element& element, int depth) {
    const BytesView content = element.content;
    switch (element.tag) {
        case kBoolean:
            return content.size() == 1 && (content[0] == 0x00 || content[0] == 0xff);
        case kInteger:
            if (content.empty()) return false;
            return content.size() == 1 ||
                   !((content[0] == 0x00 && content[1] < 0x80) || (content[0] == 0xff && content[1] >= 0x80));
        case kBitString:
            return strictBits(content);
        case kNull:
            return content.empty();
        case kOid:
            return strictOid(content);
        case kSet:
            return strictSequence(content, true, depth);
        case kUtcTime:
        case kGeneralizedTime:
            return readTime(element).has_value();
        default:
            // a string, an octet string or a context's own tag; what is constructed holds elements
            return (element.tag & kConstructed) == 0 || strictSequence(content, false, depth);
    }
}

}  // namespace

Bytes wrap(Tag tag, BytesView content) { return wrap(tag, {content}); }

Bytes wrap(Tag tag, std::initializer_list<BytesView> contents) {
    std::size_t size = 0;
    for (const BytesView part : contents) size += part.size();
    Bytes out;
    out.reserve(size + 5);
    out.push_back(tag);
    if (size < 0x80) {
        out.push_back(static_cast<std::uint8_t>(size));
    } else {
        Bytes length;
        for (std::size_t left = size; left > 0; left >>= 8)
            length.insert(length.begin(), static_cast<std::uint8_t>(left));
        out.push_back(static_cast<std::uint8_t>(0x80 | length.size()));
        out.insert(out.end(), length.begin(), length.end());
    }
    for (const BytesView part : contents) out.insert(out.end(), part.begin(), part.end());
    return out;
}

Bytes positive(BytesView bigEndian) {
    while (bigEndian.size() > 1 && bigEndian[0] == 0) bigEndian = bigEndian.subspan(1);
    static constexpr std::uint8_t kZero[] = {0};
    if (bigEndian.empty()) return wrap(kInteger, kZero);
    return (bigEndian[0] & 0x80) != 0 ? wrap(kInteger, {kZero, bigEndian}) : wrap(kInteger, bigEndian);
}

Bytes time(UtcTime at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const std::tm parts = fmt::gmtime(std::chrono::system_clock::to_time_t(seconds));
    if (parts.tm_year + 1900 < 2050) return wrap(kUtcTime, asBytes(fmt::format("{:%y%m%d%H%M%S}Z", parts)));
    return wrap(kGeneralizedTime, asBytes(fmt::format("{:%Y%m%d%H%M%S}Z", parts)));
}

bool isStrict(BytesView bytes) {
    Reader reader{bytes};
    const auto element = reader.next();
    return element && reader.atEnd() && strictContent(*element, 0);
}

std::optional<UtcTime> readTime(const Element& element) {
    const std::string_view text = asText(element.content);
    const bool utc = element.tag == kUtcTime;
    if (text.size() != (utc ? 13u : 15u) || text.back() != 'Z') return std::nullopt;
    const auto digits = text.substr(0, text.size() - 1);
    if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t length) {
        unsigned value = 0;
        for (const char c : digits.substr(at, length)) value = value * 10 + static_cast<unsigned>(c - '0');
        return value;
    };
    const std::size_t rest = utc ? 2 : 4;
    const unsigned yearDigits = number(0, rest);
    const int year = static_cast<int>(!utc ? yearDigits : yearDigits >= 50 ? 1900 + yearDigits : 2000 + yearDigits);
    const std::chrono::year_month_day day{std::chrono::year{year}, std::chrono::month{number(rest, 2)},
                                          std::chrono::day{number(rest + 2, 2)}};
    const unsigned hour = number(rest + 4, 2);
    const unsigned minute = number(rest + 6, 2);
    const unsigned second = number(rest + 8, 2);
    if (!day.ok() || hour > 23 || minute > 59 || second > 59 || (!utc && year < 2050)) return std::nullopt;
    return std::chrono::sys_days{day} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

}  // namespace keystamp::hsm::der
