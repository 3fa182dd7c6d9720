// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scan_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "station/workflow/aim.h"
#include "station/workflow/scan_text.h"

namespace keystamp::workflow {
namespace {

/// One that repeats itself is a scan that came twice, unless it is short enough to be chance.
constexpr std::size_t kShortestDoubled = 12;

// The engine that takes time in proportion to the text, whatever expression a configuration has: it knows no back references.
constexpr auto kKind = std::regex::ECMAScript | std::regex_constants::__polynomial;

struct Piece {
    bool reference = false;
    std::string text;  ///< characters as they are; of a reference what stands in its braces
    bool ofGs1() const { return reference && text.size() > 1; }
};

/// Nothing where a brace is not closed.
std::optional<std::vector<Piece>> piecesOf(std::string_view take) {
    std::vector<Piece> pieces;
    while (!take.empty()) {
        const bool reference = take.front() == '{';
        const std::size_t end = take.find(reference ? '}' : '{');
        if (reference && end == std::string_view::npos) return std::nullopt;
        pieces.push_back({reference, std::string{reference ? take.substr(1, end - 1) : take.substr(0, end)}});
        take.remove_prefix(end == std::string_view::npos ? take.size() : end + (reference ? 1 : 0));
    }
    return pieces;
}

std::vector<Piece> takenBy(const ScanFormat& format) {
    if (!format.take.empty()) return *piecesOf(format.take);
    const bool group = !format.match.empty() && std::regex{format.match, kKind}.mark_count() > 0;
    return {{true, group ? "1" : "0"}};
}

bool asksForGs1(const ScanFormat& format, const std::vector<Piece>& pieces) {
    return !format.need.empty() || std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.ofGs1(); });
}

Error foreign(std::string detail) { return {ErrorCode::ScanForeign, std::move(detail)}; }

Result<std::string_view> withoutFrame(std::string_view sent, const ScanFormat& format) {
    if (!sent.starts_with(format.prefix)) return foreign("it does not begin with the prefix \"" + visible(format.prefix) + "\"");
    sent.remove_prefix(format.prefix.size());
    if (!sent.ends_with(format.suffix)) return Error{ErrorCode::ScanCut, "it does not end with the suffix \"" + visible(format.suffix) + "\""};
    sent.remove_suffix(format.suffix.size());
    return sent;
}

bool isDoubled(std::string_view text) {
    return text.size() >= kShortestDoubled && text.size() % 2 == 0 && text.substr(0, text.size() / 2) == text.substr(text.size() / 2);
}

Result<void> checkNeeds(const ScanReading& reading, const ScanFormat& format) {
    for (const auto& [ai, value] : format.need) {
        const std::string* found = valueOf(reading.elements, ai);
        if (found == nullptr) return foreign(fmt::format("it has no ({})", ai));
        if (!value.empty() && *found != value) return foreign(fmt::format("its ({}) is {}, not {}", ai, *found, value));
    }
    return {};
}

Result<std::string> fill(const std::vector<Piece>& pieces, const ScanReading& reading, const ScanFormat& format) {
    const std::string whole = reading.gs1 && !reading.elements.empty() ? bracketed(reading.elements) : reading.payload;
    std::smatch groups;
    if (!format.match.empty() && !std::regex_match(whole, groups, std::regex{format.match, kKind})) {
        return foreign("\"" + visible(whole) + "\" does not fit " + format.match);
    }
    std::string text;
    for (const Piece& piece : pieces) {
        if (!piece.reference) {
            text += piece.text;
        } else if (piece.ofGs1()) {
            const std::string* value = valueOf(reading.elements, piece.text);
            if (value == nullptr) return foreign("it has no (" + piece.text + ")");
            text += *value;
        } else {
            text += format.match.empty() ? whole : groups[static_cast<std::size_t>(piece.text.front() - '0')].str();
        }
    }
    return cleanScan(text);
}

Result<void> read(std::string_view sent, const ScanFormat& format, ScanReading& reading) {
    auto plain = cleanPayload(sent);
    if (!plain) return plain.error();
    reading.payload = *plain;
    const auto framed = withoutFrame(*plain, format);
    if (!framed) return framed.error();
    reading.payload = std::string{*framed};
    const std::vector<Piece> pieces = takenBy(format);
    const bool asked = asksForGs1(format, pieces);

    const auto symbology = symbologyOf(*framed);
    if (!symbology) return symbology.error();
    reading.payload.erase(0, symbology->identifier.size());
    if (!symbology->identifier.empty()) {
        reading.symbology = std::string{symbology->identifier} + (symbology->gs1 ? " GS1 " : " ") + std::string{symbology->name};
        if (asked && !symbology->gs1) return foreign("it is no GS1 barcode: " + reading.symbology);
    }
    reading.gs1 = asked || symbology->gs1 || reading.payload.starts_with(kGs);
    if (reading.gs1) {
        if (isDoubled(reading.payload)) return Error{ErrorCode::ScanTwice, "both halves of it are the same"};
        auto elements = parseGs1(reading.payload);
        if (!elements) return elements.error();
        reading.elements = *std::move(elements);
        if (auto has = checkNeeds(reading, format); !has) return has;
    } else if (format.match.empty() && isDoubled(reading.payload)) {
        return Error{ErrorCode::ScanTwice, "both halves of it are the same"};
    }
    auto text = fill(pieces, reading, format);
    if (!text) return text.error();
    reading.text = *std::move(text);
    return {};
}

}  // namespace

std::optional<FormatFault> faultOf(const ScanFormat& format) {
    std::size_t groups = 0;
    try {
        if (!format.match.empty()) groups = std::regex{format.match, kKind}.mark_count();
    } catch (const std::regex_error& problem) {
        return FormatFault{"match", std::string{"is no regular expression: "} + problem.what()};
    }
    const auto pieces = piecesOf(format.take);
    if (!pieces) return FormatFault{"take", "has a brace that is not closed"};
    for (const Piece& piece : *pieces) {
        if (!piece.reference) continue;
        const bool digit = piece.text.size() == 1 && piece.text.front() >= '0' && piece.text.front() <= '9';
        if (digit && static_cast<std::size_t>(piece.text.front() - '0') > groups) {
            return FormatFault{"take", "names {" + piece.text + "}, and match has " + fmt::format("{}", groups) + " groups"};
        }
        if (!digit && gs1Format(piece.text) == nullptr) return FormatFault{"take", "names {" + piece.text + "}, which is no GS1 application identifier"};
    }
    for (const auto& [ai, value] : format.need) {
        if (gs1Format(ai) == nullptr) return FormatFault{"need", "names " + ai + ", which is no GS1 application identifier"};
        if (value.empty()) continue;
        if (const auto good = parseGs1(ai + value); !good) return FormatFault{"need", "could never be met: " + good.error().detail};
    }
    return std::nullopt;
}

ScanReading readScan(std::string_view sent, const ScanFormat& format) {
    ScanReading reading;
    if (const auto done = read(sent, format, reading); !done) reading.error = done.error();
    return reading;
}

}  // namespace keystamp::workflow
