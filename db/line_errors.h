// SPDX-License-Identifier: Apache-2.0
// What is wrong with a file, line by line: the first ten are told, the others counted.
#pragma once

#include <fmt/format.h>

#include <string>

#include "core/error.h"

namespace keystamp::db {

class LineErrors {
public:
    void add(std::size_t line, const std::string& why) { add({}, line, why); }
    /// Of one file among others.
    void add(const std::string& source, std::size_t line, const std::string& why) {
        if (++m_count > kShown) return;
        m_text += fmt::format("{}{}{}line {}: {}", m_text.empty() ? "" : "; ", source, source.empty() ? "" : ": ", line, why);
    }
    bool none() const { return m_count == 0; }
    /// BadCsv; `source` is how the file is called.
    Error of(const std::string& source) const { return {ErrorCode::BadCsv, source + ": " + text()}; }
    /// BadCsv; each line has named its file.
    Error ofAll() const { return {ErrorCode::BadCsv, text()}; }

private:
    std::string text() const { return m_text + (m_count > kShown ? fmt::format("; and {} more", m_count - kShown) : ""); }

    static constexpr std::size_t kShown = 10;
    std::string m_text;
    std::size_t m_count = 0;
};

}  // namespace keystamp::db
