// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace keystamp::flashing::console {
namespace {

Error bad(std::string why) { return Error{ErrorCode::BadConfig, std::move(why)}; }

Secret joined(BytesView first, BytesView second) {
    Secret both{first.size() + second.size()};
    std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), both.bytes().begin()));
    return both;
}

Result<Secret> crlf(const Secret& value) {
    Secret text{2 * value.size()};
    std::size_t size = 0;
    for (const std::uint8_t each : value.view()) {
        if (each == '\n') text.bytes()[size++] = '\r';
        text.bytes()[size++] = each;
    }
    text.shrink(size);
    return text;
}

Result<Secret> nul(const Secret& value) {
    constexpr std::array<std::uint8_t, 1> kEnd{0};
    return joined(value.view(), kEnd);
}

Result<Secret> hex(const Secret& value) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    Secret text{2 * value.size()};
    for (std::size_t i = 0; i < value.size(); ++i) {
        text.bytes()[2 * i] = static_cast<std::uint8_t>(kDigits[value.view()[i] >> 4]);
        text.bytes()[2 * i + 1] = static_cast<std::uint8_t>(kDigits[value.view()[i] & 15]);
    }
    return text;
}

Result<Secret> upper(const Secret& value) {
    Secret text = value.clone();
    for (std::uint8_t& each : text.bytes()) each = static_cast<std::uint8_t>(std::toupper(each));
    return text;
}

Result<Secret> digest(const Secret& value) { return Secret::copyOf(BytesView{sha256(value.view())}); }
Result<Secret> base64(const Secret& value) { return value.toBase64(); }
Result<Secret> unbase64(const Secret& value) {
    auto bytes = Secret::fromBase64(value.text());
    return bytes ? std::move(bytes) : Result<Secret>{bad("is no base64")};
}

constexpr std::array<std::pair<std::string_view, Result<Secret> (*)(const Secret&)>, 7> kFilters{
    {{"crlf", crlf}, {"nul", nul}, {"hex", hex}, {"upper", upper}, {"sha256", digest}, {"base64", base64}, {"unbase64", unbase64}}};

}  // namespace

bool isSecret(const std::string& name) { return name == "sas_key" || name == "private_key_pem" || name == "piece"; }

Result<Wording::Part> Wording::placeOf(const std::string& inside) {
    Part part{"", inside.substr(0, inside.find('|')), {}, false};
    if (part.name.empty()) return bad("{" + inside + "} names no value");
    part.secret = isSecret(part.name);
    for (auto at = inside.find('|'); at != std::string::npos;) {
        const auto next = inside.find('|', at + 1);
        const std::string name = inside.substr(at + 1, next == std::string::npos ? next : next - at - 1);
        const auto known = std::find_if(kFilters.begin(), kFilters.end(), [&](const auto& each) { return each.first == name; });
        if (known == kFilters.end()) return bad(fmt::format("{{{}}} has no filter '{}'; there is crlf, nul, hex, upper, sha256, base64, unbase64", part.name, name));
        part.filters.push_back(known->second);
        part.secret = part.secret && known->second != digest;
        at = next;
    }
    return part;
}

Result<Wording> Wording::parse(const std::string& text) {
    Wording wording;
    std::string literal;
    const auto take = [&] {
        if (!literal.empty()) wording.m_parts.push_back({std::exchange(literal, {})});
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char each = text[at];
        if ((each == '{' || each == '}') && at + 1 < text.size() && text[at + 1] == each) {
            literal += each;
            ++at;
            continue;
        }
        if (each == '}') return bad("a '}' closes nothing; one of its own is written }}");
        if (each != '{') {
            literal += each;
            continue;
        }
        const auto end = text.find('}', at);
        if (end == std::string::npos) return bad("a '{' is not closed; one of its own is written {{");
        auto place = placeOf(text.substr(at + 1, end - at - 1));
        if (!place) return place.error();
        take();
        wording.m_parts.push_back(*std::move(place));
        at = end;
    }
    take();
    return wording;
}

Result<Secret> Wording::valueOf(const Part& part, const Values& values) {
    if (!part.literal.empty()) return Secret::copyOf(part.literal);
    const auto found = values.find(part.name);
    if (found == values.end()) return bad("{" + part.name + "} has no value here");
    Secret value = found->second.clone();
    for (const Filter filter : part.filters) {
        auto passed = filter(value);
        if (!passed) return bad("{" + part.name + "} " + passed.error().detail);
        value = *std::move(passed);
    }
    return value;
}

Result<Secret> Wording::render(const Values& values) const {
    Secret text;
    for (const Part& part : m_parts) {
        const auto value = valueOf(part, values);
        if (!value) return value.error();
        text = joined(text.view(), value->view());
    }
    return text;
}

std::string Wording::shown(const Values& values) const {
    std::string text;
    for (const Part& part : m_parts) {
        const auto value = part.secret ? Result<Secret>{bad("")} : valueOf(part, values);
        text += value ? std::string{value->text()} : "{" + part.name + "}";
    }
    return text;
}

std::vector<Secret> Wording::secrets(const Values& values) const {
    std::vector<Secret> all;
    for (const Part& part : m_parts) {
        if (!part.secret) continue;
        if (auto value = valueOf(part, values)) all.push_back(*std::move(value));
    }
    return all;
}

std::set<std::string> Wording::names() const {
    std::set<std::string> all;
    for (const Part& part : m_parts) {
        if (part.literal.empty()) all.insert(part.name);
    }
    return all;
}

bool Wording::holdsSecret() const {
    return std::any_of(m_parts.begin(), m_parts.end(), [](const Part& part) { return part.secret; });
}

}  // namespace keystamp::flashing::console
