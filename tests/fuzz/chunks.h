// SPDX-License-Identifier: Apache-2.0
// An input that is a list of chunks, each led by "|KS|" and a letter that says what it is.
#pragma once

#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "core/bytes.h"

namespace keystamp::fuzz {

inline void must(bool holds) {
    if (!holds) std::abort();
}

using Chunks = std::vector<std::pair<char, BytesView>>;

inline Chunks chunksOf(BytesView input) {
    constexpr std::string_view kMark = "|KS|";
    const std::string_view all = asText(input);
    Chunks chunks;
    for (std::size_t at = all.find(kMark); at != std::string_view::npos;) {
        const std::size_t begin = at + kMark.size();
        at = all.find(kMark, begin);
        const std::string_view chunk = all.substr(begin, at == std::string_view::npos ? at : at - begin);
        if (!chunk.empty()) chunks.emplace_back(chunk.front(), asBytes(chunk.substr(1)));
    }
    return chunks;
}

}  // namespace keystamp::fuzz
