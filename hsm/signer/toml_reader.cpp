// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/toml_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/file.h"
#include "core/toml_text.h"

namespace keystamp::hsm {
namespace {

constexpr std::size_t kLargest = 1U << 20;

std::string_view lastWord(std::string_view name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

Result<toml::table> parseToml(const std::string& file) {
    const auto text = readFile(file, kLargest);
    if (text) {
        if (const auto readable = checkTomlText(*text, file); !readable) return readable.error();
    }
    try {
        return text ? toml::parse(*text, file) : toml::parse_file(file);  // which says why it cannot be read
    } catch (const toml::parse_error& problem) {
        return Error{ErrorCode::BadConfig,
                     fmt::format("{}:{}: {}", file, problem.source().begin.line, problem.description())};
    }
}

TomlReader::TomlReader(std::string file)
    : m_file(std::move(file)), m_folder(std::filesystem::path(m_file).parent_path()) {}

void TomlReader::refuse(const toml::source_region& at, std::string_view key, std::string_view why) {
    refuse(Error{ErrorCode::BadConfig, fmt::format("{}:{}: {}: {}", m_file, at.begin.line, key, why)});
}

void TomlReader::refuse(const Error& problem) {
    if (!failed()) m_problem = problem;
}

const toml::table* TomlReader::table(const toml::table& from, std::string_view name,
                                     std::initializer_list<std::string_view> keys, bool needed) {
    const auto* node = from.get(lastWord(name));
    if (node == nullptr) {
        if (needed) refuse(from.source(), name, "this table is missing");
        return nullptr;
    }
    if (!node->is_table()) {
        refuse(node->source(), name, "must be a table");
        return nullptr;
    }
    onlyKeys(*node->as_table(), name, keys);
    return node->as_table();
}

void TomlReader::onlyKeys(const toml::table& table, std::string_view name,
                          std::initializer_list<std::string_view> keys) {
    for (const auto& [key, value] : table) {
        if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
        refuse(value.source(), name.empty() ? std::string{key.str()} : fmt::format("{}.{}", name, key.str()),
               "no such key");
    }
}

std::string TomlReader::text(const toml::table* from, std::string_view name, std::string fallback, bool needed) {
    return read<std::string>(from, name, std::move(fallback), "must be text", needed);
}

std::int64_t TomlReader::number(const toml::table* from, std::string_view name, std::int64_t fallback,
                                std::int64_t least, std::int64_t most) {
    const auto value = read<std::int64_t>(from, name, fallback, "must be a whole number", false);
    if (value >= least && value <= most) return value;
    refuse(from->get(lastWord(name))->source(), name, fmt::format("must be {} to {}", least, most));
    return fallback;
}

Bytes TomlReader::ckaId(const toml::table* from, std::string_view name, bool needed) {
    const auto hex = text(from, name, {}, needed);
    if (hex.empty()) return {};
    auto id = fromHex(hex);
    if (id && id->size() <= 64) return std::move(id).value();
    refuse(from->get(lastWord(name))->source(), name, "must be a CKA_ID in hexadecimal, 64 bytes at most");
    return {};
}

std::optional<std::set<std::size_t>> TomlReader::places(const toml::table* from, std::string_view name,
                                                        std::span<const std::string_view> known) {
    const auto* node = from == nullptr ? nullptr : from->get(lastWord(name));
    if (node == nullptr) return std::nullopt;
    const auto* list = node->as_array();
    const std::string expected = fmt::format("a list of {}", fmt::join(known, ", "));
    if (list == nullptr || list->empty()) {
        refuse(node->source(), name, "must be " + expected);
        return std::nullopt;
    }
    std::set<std::size_t> found;
    for (const auto& entry : *list) {
        const auto word = entry.value_exact<std::string>();
        const auto at = word ? std::find(known.begin(), known.end(), *word) : known.end();
        if (at == known.end())
            refuse(entry.source(), name,
                   fmt::format("{} is none of {}", word ? "\"" + *word + "\"" : "this", expected));
        else if (!found.insert(static_cast<std::size_t>(at - known.begin())).second)
            refuse(entry.source(), name, fmt::format("\"{}\" is there twice", *word));
    }
    return found;
}

std::string TomlReader::path(const std::string& relative) const {
    return relative.empty() ? relative : (m_folder / relative).lexically_normal().string();
}

template <typename T>
T TomlReader::read(const toml::table* from, std::string_view name, T fallback, std::string_view why, bool needed) {
    if (from == nullptr) return fallback;
    const auto* node = from->get(lastWord(name));
    if (node == nullptr) {
        if (needed) refuse(from->source(), name, "this key is missing");
        return fallback;
    }
    if (auto value = node->value_exact<T>()) return std::move(*value);
    refuse(node->source(), name, why);
    return fallback;
}

}  // namespace keystamp::hsm
