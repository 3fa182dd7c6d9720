// SPDX-License-Identifier: Apache-2.0
#include "station/label/host_status.h"

#include <algorithm>
#include <string>
#include <vector>

namespace keystamp::label {
namespace {

constexpr char kStx = 0x02, kEtx = 0x03;
// Places in the first and second string.
constexpr std::size_t kPaperOut = 1, kPaused = 2, kHeadUp = 2, kRibbonOut = 3;

std::vector<std::string_view> strings(std::string_view answer) {
    std::vector<std::string_view> all;
    for (std::size_t from = answer.find(kStx); from != std::string_view::npos; from = answer.find(kStx, from)) {
        const std::size_t end = answer.find(kEtx, from);
        if (end == std::string_view::npos) break;
        all.push_back(answer.substr(from + 1, end - from - 1));
        from = end;
    }
    return all;
}

bool isSet(std::string_view text, std::size_t place) {
    for (; place > 0; --place) {
        const std::size_t comma = text.find(',');
        if (comma == std::string_view::npos) return false;
        text.remove_prefix(comma + 1);
    }
    return text.starts_with('1');
}

}  // namespace

bool isWholeStatus(std::string_view answer) { return std::count(answer.begin(), answer.end(), kEtx) >= 3; }

Result<void> judgeStatus(std::string_view answer) {
    const auto said = strings(answer);
    if (said.size() < 2 || std::count(said[0].begin(), said[0].end(), ',') < 5 || std::count(said[1].begin(), said[1].end(), ',') < 3) {
        return Error{ErrorCode::PrinterOff, "it answers ~HS with something else"};
    }
    if (isSet(said[1], kHeadUp)) return Error{ErrorCode::PrinterOpen, {}};
    if (isSet(said[0], kPaperOut)) return Error{ErrorCode::PrinterEmpty, "labels"};
    if (isSet(said[1], kRibbonOut)) return Error{ErrorCode::PrinterEmpty, "ribbon"};
    if (isSet(said[0], kPaused)) return Error{ErrorCode::PrinterPaused, {}};
    return {};
}

}  // namespace keystamp::label
