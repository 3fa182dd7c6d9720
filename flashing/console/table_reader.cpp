// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/table_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace keystamp::flashing::console {

void TableReader::only(std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : m_content) {
        if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
        std::string names;
        for (const std::string_view each : known) names += (names.empty() ? "" : ", ") + std::string{each};
        refuseAt(node, key.str(), "is not a key here; there is " + names);
    }
}

template <typename T>
T TableReader::value(std::string_view key, T otherwise, std::string_view why) {
    const toml::node* found = node(key);
    if (found == nullptr) return otherwise;
    if (auto exact = found->value_exact<T>()) return *std::move(exact);
    refuseAt(*found, key, why);
    return otherwise;
}

std::string TableReader::text(std::string_view key, std::string otherwise) {
    return value<std::string>(key, std::move(otherwise), "must be text in quotes");
}

std::string TableReader::needed(std::string_view key) {
    std::string found = text(key);
    if (found.empty()) refuse(key, "is needed");
    return found;
}

unsigned TableReader::number(std::string_view key, unsigned otherwise, unsigned least, unsigned most) {
    const auto found = value<std::int64_t>(key, otherwise, "must be a whole number");
    if (found >= least && found <= most) return static_cast<unsigned>(found);
    refuse(key, fmt::format("must be from {} to {}", least, most));
    return otherwise;
}

bool TableReader::flag(std::string_view key, bool otherwise) { return value<bool>(key, otherwise, "must be true or false"); }

std::optional<Pattern> TableReader::pattern(std::string_view key) {
    if (!has(key)) return {};
    auto compiled = Pattern::compile(text(key));
    if (compiled) return *std::move(compiled);
    refuse(key, "is " + compiled.error().detail);
    return {};
}

Wording TableReader::wording(std::string_view key) {
    auto parsed = Wording::parse(text(key));
    if (parsed) return *std::move(parsed);
    refuse(key, "is wrong: " + parsed.error().detail);
    return {};
}

void TableReader::refuse(std::string_view key, std::string_view why) {
    const toml::node* found = node(key);
    refuseAt(found != nullptr ? *found : m_content, key, why);
}

void TableReader::refuseAt(const toml::node& where, std::string_view key, std::string_view why) {
    if (m_error) return;
    const auto line = std::max<toml::source_index>(where.source().begin.line, 1);
    m_error = Error{ErrorCode::BadConfig, fmt::format("{}:{}: {}{}{} {}", m_file, line, m_table, m_table.empty() ? "" : ".", key, why)};
}

}  // namespace keystamp::flashing::console
