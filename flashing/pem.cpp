// SPDX-License-Identifier: Apache-2.0
#include "flashing/pem.h"

#include <fmt/format.h>

#include <algorithm>

namespace keystamp::flashing {
namespace {

constexpr std::size_t kLine = 64;

std::string beginOf(std::string_view label) { return fmt::format("-----BEGIN {}-----\n", label); }
std::string endOf(std::string_view label) { return fmt::format("-----END {}-----\n", label); }

}  // namespace

Secret pemOf(std::string_view label, const Secret& base64) {
    const std::string begin = beginOf(label), end = endOf(label);
    const std::size_t lines = (base64.size() + kLine - 1) / kLine;
    Secret text{begin.size() + base64.size() + lines + end.size()};
    auto at = std::copy(begin.begin(), begin.end(), text.bytes().begin());
    for (std::size_t line = 0; line < base64.size(); line += kLine) {
        const BytesView part = base64.view().subspan(line, std::min(kLine, base64.size() - line));
        at = std::copy(part.begin(), part.end(), at);
        *at++ = '\n';
    }
    std::copy(end.begin(), end.end(), at);
    return text;
}

Secret pemOf(const std::vector<Bytes>& certificates) {
    std::vector<Secret> parts;
    std::size_t size = 0;
    for (const Bytes& each : certificates) {
        parts.push_back(pemOf(kCertificateLabel, Secret::copyOf(toBase64(each))));
        size += parts.back().size();
    }
    Secret all{size};
    auto at = all.bytes().begin();
    for (const Secret& part : parts) at = std::copy(part.view().begin(), part.view().end(), at);
    return all;
}

Secret derOf(std::string_view text, std::string_view label) {
    const std::string begin = beginOf(label);
    const auto stop = text.find(endOf(label));
    if (!text.starts_with(begin) || stop == std::string_view::npos) return {};
    Secret base64{stop - begin.size()};
    std::size_t size = 0;
    for (const char each : text.substr(begin.size(), base64.size())) {
        if (each != '\n') base64.bytes()[size++] = static_cast<std::uint8_t>(each);
    }
    base64.shrink(size);
    auto der = Secret::fromBase64(base64.text());
    return der ? *std::move(der) : Secret{};
}

}  // namespace keystamp::flashing
