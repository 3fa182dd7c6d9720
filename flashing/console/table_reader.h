// SPDX-License-Identifier: Apache-2.0
// Private to console: reads keys of one TOML table and remembers the first thing that is wrong, so that its callers read like the file.
#pragma once

// Its assertions fail on texts that are no TOML ("[[#"); without them it throws, as it should.
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>

#include <initializer_list>
#include <optional>
#include <string>

#include "core/error.h"
#include "flashing/console/pattern.h"
#include "flashing/console/wording.h"

namespace keystamp::flashing::console {

class TableReader {
public:
    /// `table`: how an error calls it, "info" or "" for the file's own keys.
    TableReader(std::string file, std::string table, const toml::table& content, std::optional<Error>& error)
        : m_file(std::move(file)), m_table(std::move(table)), m_content(content), m_error(error) {}

    /// Any other key is an error.
    void only(std::initializer_list<std::string_view> known);
    bool has(std::string_view key) const { return m_content.contains(key); }
    const toml::node* node(std::string_view key) const { return m_content.get(key); }
    int line() const { return static_cast<int>(m_content.source().begin.line); }

    std::string text(std::string_view key, std::string otherwise = {});
    std::string needed(std::string_view key);
    unsigned number(std::string_view key, unsigned otherwise, unsigned least, unsigned most);
    bool flag(std::string_view key, bool otherwise);
    std::optional<Pattern> pattern(std::string_view key);
    Wording wording(std::string_view key);

    void refuse(std::string_view key, std::string_view why);
    void refuseAt(const toml::node& node, std::string_view key, std::string_view why);

private:
    template <typename T>
    T value(std::string_view key, T otherwise, std::string_view why);

    std::string m_file, m_table;
    const toml::table& m_content;
    std::optional<Error>& m_error;
};

}  // namespace keystamp::flashing::console
