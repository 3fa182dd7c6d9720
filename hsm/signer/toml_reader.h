// SPDX-License-Identifier: Apache-2.0
// Private to hsm: walks one TOML file and keeps the first thing that is wrong with it, so that reading stays a list of
// keys. Names are dotted for the person who reads of them; their last word is the key. Not thread safe.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/result.h"

namespace keystamp::hsm {

/// BadConfig with file and line; a file that cannot be read is line 0's.
Result<toml::table> parseToml(const std::string& file);

class TomlReader {
public:
    explicit TomlReader(std::string file);

    bool failed() const { return m_problem.has_value(); }
    const Error& problem() const { return *m_problem; }
    void refuse(const toml::source_region& at, std::string_view key, std::string_view why);
    /// What was wrong with a file that this one names.
    void refuse(const Error& problem);

    /// A table of the signer's own: any key that is not listed is a misspelt one.
    const toml::table* table(const toml::table& from, std::string_view name,
                             std::initializer_list<std::string_view> keys, bool needed);
    /// Refuses every key that is not listed; `name` is the table's, empty for the file itself.
    void onlyKeys(const toml::table& table, std::string_view name, std::initializer_list<std::string_view> keys);

    std::string text(const toml::table* from, std::string_view name, std::string fallback, bool needed = false);
    std::int64_t number(const toml::table* from, std::string_view name, std::int64_t fallback, std::int64_t least,
                        std::int64_t most);
    Bytes ckaId(const toml::table* from, std::string_view name, bool needed);
    /// A list of at least one of the words `known`, none twice, as the enumerators whose numbers are their places; `fallback`
    /// where it is left out.
    template <typename Word>
    std::set<Word> words(const toml::table* from, std::string_view name, std::span<const std::string_view> known,
                         const std::set<Word>& fallback) {
        const auto found = places(from, name, known);
        if (!found) return fallback;
        std::set<Word> all;
        for (const std::size_t place : *found) all.insert(static_cast<Word>(place));
        return all;
    }
    /// Absolute, from the file's folder; empty stays empty.
    std::string path(const std::string& relative) const;

private:
    std::optional<std::set<std::size_t>> places(const toml::table* from, std::string_view name,
                                                std::span<const std::string_view> known);
    template <typename T>
    T read(const toml::table* from, std::string_view name, T fallback, std::string_view why, bool needed);

    std::string m_file;
    std::filesystem::path m_folder;
    std::optional<Error> m_problem;
};

}  // namespace keystamp::hsm
