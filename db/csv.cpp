// SPDX-License-Identifier: Apache-2.0
#include "db/csv.h"

#include <fmt/format.h>

#include "db/id_lines.h"

namespace keystamp::db {

std::string csvField(std::string_view text) {
    const bool plain = text.find_first_of("\",\r\n") == std::string_view::npos &&
                       (text.empty() || (text.front() != ' ' && text.back() != ' '));
    if (plain) return std::string{text};
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string spelledOut(std::string_view text) {
    std::string shown;
    const bool utf8 = isUtf8(text);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !utf8)) {
            shown += fmt::format("\\x{:02x}", byte);
        } else {
            shown += c;
        }
    }
    return shown;
}

std::string csvText(std::string_view text) {
    const bool formula = !text.empty() && std::string_view{"=+-@"}.find(text.front()) != std::string_view::npos;
    return csvField((formula ? "'" : "") + spelledOut(text));
}

Result<std::vector<std::string>> parseCsvLine(std::string_view line) {
    const auto refuse = [](std::string why) { return Error{ErrorCode::BadCsv, std::move(why)}; };
    std::vector<std::string> fields{""};
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] == '"' && fields.back().empty()) {
            for (++at;; ++at) {
                if (at == line.size()) return refuse("a quote is not closed on its line");
                if (line[at] != '"') {
                    fields.back() += line[at];
                } else if (at + 1 < line.size() && line[at + 1] == '"') {
                    fields.back() += line[++at];
                } else {
                    break;
                }
            }
            if (++at < line.size() && line[at] != ',') return refuse("text follows a closing quote");
        } else if (line[at] == ',') {
            fields.emplace_back();
            ++at;
        } else if (line[at] == '"') {
            return refuse("a quote inside a field that does not begin with one");
        } else if (line[at] == '\0') {
            return refuse("a NUL byte");
        } else {
            fields.back() += line[at++];
        }
    }
    return fields;
}

std::vector<std::string_view> fieldsIn(std::string_view line) {
    std::vector<std::string_view> fields;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '"') quoted = !quoted;
        if (line[at] != ',' || quoted) continue;
        fields.push_back(line.substr(begin, at - begin));
        begin = at + 1;
    }
    fields.push_back(line.substr(begin));
    return fields;
}

std::string_view withoutQuotes(std::string_view field) {
    const auto begin = field.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    field = field.substr(begin, field.find_last_not_of(" \t") - begin + 1);
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') field = field.substr(1, field.size() - 2);
    return field;
}

std::string withoutSecrets(const std::vector<std::string_view>& fields, const std::vector<bool>& secret) {
    std::string rest;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i != 0) rest += ',';
        if (i >= secret.size() || !secret[i]) rest += fields[i];
    }
    return rest;
}

bool holdsKeys(std::string_view column) { return folded(column).starts_with("iotc_saskey_"); }

bool isUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 0x6 ? 2 : lead >> 4 == 0xe ? 3 : lead >> 3 == 0x1e ? 4 : 0;
        if (length == 0 || at + length > text.size()) return false;
        std::uint32_t point = length == 1 ? lead : lead & (0x7fu >> length);
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            if (next >> 6 != 0x2) return false;
            point = point << 6 | (next & 0x3fu);
        }
        // overlong forms, surrogates, beyond Unicode
        if ((length == 2 && point < 0x80) || (length == 3 && point < 0x800) || (length == 4 && point < 0x10000)) return false;
        if ((point >= 0xd800 && point < 0xe000) || point > 0x10ffff) return false;
        at += length;
    }
    return true;
}

}  // namespace keystamp::db
