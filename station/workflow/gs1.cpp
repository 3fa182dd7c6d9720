// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/gs1.h"

#include <fmt/format.h>

#include <algorithm>

namespace keystamp::workflow {
namespace {

constexpr std::size_t kShortestAi = 2;
constexpr std::size_t kLongestAi = 4;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// GS1 General Specifications, figures 7.11-1 and 7.11-2.
bool isOf(char set, char c) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (isDigit(c) || set == 'N') return isDigit(c);
    if (set == 'Y') return upper || c == '#' || c == '-' || c == '/';
    return upper || (c >= 'a' && c <= 'z') || std::string_view{"!\"%&'()*+,-./:;<=>?_"}.find(c) != std::string_view::npos;
}

/// Section 7.9.1: weights 3 and 1 in turn, 3 beside the check digit.
char checkDigit(std::string_view digits) {
    int sum = 0;
    int weight = 3;
    for (auto at = digits.rbegin(); at != digits.rend(); ++at, weight = 4 - weight) sum += (*at - '0') * weight;
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

/// The identifier that the text begins with. None is another one's beginning.
std::string_view leadingAi(std::string_view text) {
    for (std::size_t length = kShortestAi; length <= std::min(kLongestAi, text.size()); ++length) {
        if (gs1Format(text.substr(0, length)) != nullptr) return text.substr(0, length);
    }
    return {};
}

Result<void> check(const Gs1Element& element) {
    const Gs1Format& format = *gs1Format(element.ai);
    const std::string_view value = element.value;
    const auto cut = [&](std::string_view what, std::size_t limit) {
        return Error{ErrorCode::ScanCut, fmt::format("({}) has {} characters, {} {}", element.ai, value.size(), what, limit)};
    };
    if (value.size() < format.shortest) return cut("not", format.shortest);
    if (value.size() > format.longest) return cut("a separator was lost: at most", format.longest);
    for (std::size_t n = 0; n < value.size(); ++n) {
        if (isOf(n < format.digits ? 'N' : format.set, value[n])) continue;
        return Error{ErrorCode::ScanMisread, fmt::format("({}) cannot have \"{}\" as its character {}", element.ai, value[n], n + 1)};
    }
    if (format.checked == 0) return {};
    const char read = value[format.checked - 1];
    if (const char right = checkDigit(value.substr(0, format.checked - 1)); read != right) {
        return Error{ErrorCode::ScanMisread, fmt::format("the check digit of ({}) is {}, and its digits want {}", element.ai, read, right)};
    }
    return {};
}

Result<void> add(std::vector<Gs1Element>& elements, Gs1Element element) {
    if (valueOf(elements, element.ai) != nullptr) return Error{ErrorCode::ScanTwice, fmt::format("({}) stands in it twice", element.ai)};
    if (auto good = check(element); !good) return good;
    elements.push_back(std::move(element));
    return {};
}

Error noIdentifier(std::string_view text) {
    if (text.size() < kShortestAi) return Error{ErrorCode::ScanCut, "it ends in the middle of an application identifier"};
    return Error{ErrorCode::ScanForeign, fmt::format("\"{}\" begins with no GS1 application identifier", text.substr(0, kLongestAi))};
}

Result<std::vector<Gs1Element>> parseSent(std::string_view text) {
    std::vector<Gs1Element> elements;
    while (!text.empty()) {
        if (text.front() == kGs) {  // FNC1 in first place, or behind an element of fixed length
            text.remove_prefix(1);
            continue;
        }
        const std::string_view ai = leadingAi(text);
        if (ai.empty()) return noIdentifier(text.substr(0, text.find(kGs)));
        text.remove_prefix(ai.size());
        const Gs1Format& format = *gs1Format(ai);
        const std::size_t end = std::min(text.find(kGs), format.fixed ? std::min(format.longest, text.size()) : text.size());
        if (auto added = add(elements, {std::string{ai}, std::string{text.substr(0, end)}}); !added) return added.error();
        text.remove_prefix(end);
    }
    return elements;
}

/// The identifier in brackets that the text begins with.
std::string_view bracketedAi(std::string_view text) {
    const auto close = text.find(')');
    if (text.empty() || text.front() != '(' || close == std::string_view::npos) return {};
    const std::string_view ai = text.substr(1, close - 1);
    return gs1Format(ai) != nullptr ? ai : std::string_view{};
}

Result<std::vector<Gs1Element>> parseWritten(std::string_view text) {
    std::vector<Gs1Element> elements;
    while (!text.empty()) {
        const std::string_view ai = bracketedAi(text);
        if (ai.empty()) return noIdentifier(text.substr(1));
        text.remove_prefix(ai.size() + 2);
        std::size_t end = 0;  // brackets may also stand in data
        while (end < text.size() && bracketedAi(text.substr(end)).empty()) ++end;
        if (auto added = add(elements, {std::string{ai}, std::string{text.substr(0, end)}}); !added) return added.error();
        text.remove_prefix(end);
    }
    return elements;
}

}  // namespace

Result<std::vector<Gs1Element>> parseGs1(std::string_view text) {
    auto elements = text.starts_with('(') ? parseWritten(text) : parseSent(text);
    if (elements && elements->empty()) return Error{ErrorCode::ScanCut, "nothing stands in it"};
    return elements;
}

std::string bracketed(const std::vector<Gs1Element>& elements) {
    std::string text;
    for (const auto& [ai, value] : elements) text += fmt::format("({}){}", ai, value);
    return text;
}

const std::string* valueOf(const std::vector<Gs1Element>& elements, std::string_view ai) {
    const auto at = std::find_if(elements.begin(), elements.end(), [&](const Gs1Element& element) { return element.ai == ai; });
    return at == elements.end() ? nullptr : &at->value;
}

}  // namespace keystamp::workflow
