// SPDX-License-Identifier: Apache-2.0
// A regular expression over what a board says. A line engineer wrote the one, nobody knows who the other: PCRE2, whose work on
// one text is bounded, where std::regex recurses with each character. `^` and `$` are the ends of a line (CR, LF or both), `\z` of all.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace keystamp::flashing::console {

/// Copies share what was compiled; any thread.
class Pattern {
public:
    /// BadConfig with the reason and the place in `text`.
    static Result<Pattern> compile(const std::string& text);

    /// Groups, 0 the whole; views into what was searched. One that took no part is nothing.
    using Found = std::vector<std::optional<std::string_view>>;
    /// Nothing: it is not there. BoardNonsense: the text is such that looking for it takes too long.
    Result<std::optional<Found>> find(std::string_view in, std::size_t from = 0) const;

    unsigned groups() const;
    /// Whether it is found where nothing stands.
    bool fitsNothing() const;

private:
    std::shared_ptr<void> m_code;
};

}  // namespace keystamp::flashing::console
