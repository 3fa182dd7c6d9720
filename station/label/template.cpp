// SPDX-License-Identifier: Apache-2.0
#include "station/label/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "station/label/commands.h"

namespace keystamp::label {
namespace {

// A Data Matrix symbol of so many modules holds so many characters of an ID (ISO/IEC 16022); no ID is longer than 64.
constexpr std::size_t kLongestShortId = 36;
constexpr unsigned kModulesOfShortIds = 24, kModulesOfLongIds = 36;

struct Holder {
    std::string_view name;
    bool inSymbols;  ///< letters, digits and hyphens
    std::string (*value)(const db::Unit&);
};
constexpr std::array kHolders{
    Holder{"id", true, [](const db::Unit& unit) { return unit.id.text(); }},
    Holder{"uid", true, [](const db::Unit& unit) { return toHex(unit.uid); }},
    Holder{"scan", false, [](const db::Unit& unit) { return unit.scan; }},
    Holder{"batch", false, [](const db::Unit& unit) { return unit.batch; }},
    Holder{"fixture", false, [](const db::Unit& unit) { return unit.fixture; }},
    Holder{"date", true, [](const db::Unit& unit) { return dayOf(unit.recordedAt); }},
    Holder{"serial", true, [](const db::Unit& unit) { return toHexUpper(unit.serial); }},
    Holder{"thumbprint", true, [](const db::Unit& unit) { return unit.certificate.empty() ? std::string{} : toHexUpper(sha1(unit.certificate)); }},
};

const Holder* holderNamed(std::string_view name) {
    const auto at = std::find_if(kHolders.begin(), kHolders.end(), [&](const Holder& one) { return one.name == name; });
    return at == kHolders.end() ? nullptr : &*at;
}

/// The first `{word}` from `from` on; npos where there is none. Other braces are text.
struct Found {
    std::size_t at = std::string::npos, length = 0;
    std::string name;
};
Found nextHolder(const std::string& text, std::size_t from) {
    for (std::size_t open = text.find('{', from); open != std::string::npos; open = text.find('{', open + 1)) {
        const std::size_t close = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz", open + 1);
        if (close != std::string::npos && close > open + 1 && text[close] == '}') return {open, close - open + 1, text.substr(open + 1, close - open - 1)};
    }
    return {};
}

// ^ and ~ begin commands, a backslash has a meaning in ^FB, the underscore begins an escape.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\r' || c == '\n') continue;  // a printer reads over them
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x20 && byte < 0x7f && c != '^' && c != '~' && c != '\\' && c != '_';
        out += plain ? std::string(1, c) : fmt::format("_{:02X}", byte);
    }
    return out;
}

bool isSymbol(const Command& command) { return command.prefix == '^' && command.code.starts_with('B') && command.code != "BY"; }

Error refused(const std::string& file, const Command& command, std::string_view why) {
    return {ErrorCode::BadConfig, fmt::format("{}:{}: ^{} {}", file, command.line, command.code, why)};
}

std::string asItStands(const Command& command) { return command.prefix + command.code + command.data; }

}  // namespace

Result<Template> Template::parse(const std::string& zpl, const std::string& file) {
    Template made;
    std::string text;
    bool begun = false, ended = false, symbol = false, hex = false, named = false;
    for (const Command& command : commandsOf(zpl)) {
        const bool caret = command.prefix == '^';
        if (command.code == "CC" || command.code == "CT" || command.code == "CD") return refused(file, command, "may not change what ^, ~ and commas mean");
        if (caret && command.code == "XA") {
            if (begun) return refused(file, command, "stands twice: a template is one label");
            begun = true;
        }
        if (caret && command.code == "XZ") ended = begun;
        if (caret && command.code == "FH") hex = true;
        if (isSymbol(command)) symbol = true;
        Found found = nextHolder(command.data, 0);
        if (found.at == std::string::npos) {
            text += asItStands(command);
        } else {
            if (!caret || command.code != "FD") return refused(file, command, fmt::format("has {{{}}}, which may stand in field data (^FD) only", found.name));
            if (!begun || ended) return refused(file, command, "stands outside of the label (^XA to ^XZ)");
            if (hex) return refused(file, command, "has a place holder, and ^FH before it: leave ^FH out, it is put in");
            text += "^FH_^FD";
            std::size_t from = 0;
            for (; found.at != std::string::npos; found = nextHolder(command.data, from)) {
                const Holder* holder = holderNamed(found.name);
                if (holder == nullptr) return refused(file, command, fmt::format("has {{{}}}, which is no place holder", found.name));
                if (symbol && !holder->inSymbols) {
                    return refused(file, command, fmt::format("has {{{}}} in a symbol: it may hold characters that a symbol reads as escapes", found.name));
                }
                named = named || found.name == "id";
                made.m_parts.push_back({text + escaped(command.data.substr(from, found.at - from)), found.name});
                text.clear();
                from = found.at + found.length;
            }
            text += escaped(command.data.substr(from));
        }
        if (caret && command.code == "FS") symbol = hex = false;
    }
    if (!ended) return Error{ErrorCode::BadConfig, file + ":1: no label in it: it begins with ^XA and ends with ^XZ"};
    if (!named) return Error{ErrorCode::BadConfig, file + ":1: {id} is not in it: nothing would say whose label it is"};
    made.m_parts.push_back({text, {}});
    return made;
}

Template Template::standard(unsigned widthMm, unsigned heightMm, unsigned dotsPerMm) {
    const unsigned width = widthMm * dotsPerMm, height = heightMm * dotsPerMm, margin = 2 * dotsPerMm, line = 3 * dotsPerMm;
    const auto form = [&](unsigned modules) {
        const unsigned module = std::max(2u, std::min(height - 2 * margin, width / 2) / modules);
        const unsigned left = 2 * margin + modules * module;
        return *parse(fmt::format("^XA^CI28^PW{}^LL{}\n^FO{},{}^BXN,{},200^FD{{id}}^FS\n^FO{},{}^A0N,{},{}^FB{},5,0,L^FD{{id}}^FS\n"
                                  "^FO{},{}^A0N,{},{}^FD{{date}}^FS\n^XZ\n",
                                  width, height, margin, margin, module, left, margin, line, line, width - left - margin, left, height - margin - line,
                                  line, line),
                      "the built-in form");
    };
    Template made = form(kModulesOfShortIds);
    made.m_forLongIds = form(kModulesOfLongIds).m_parts;
    return made;
}

std::string Template::of(const db::Unit& unit) const {
    const bool isLong = !m_forLongIds.empty() && unit.id.text().size() > kLongestShortId;
    std::string zpl;
    for (const Part& part : isLong ? m_forLongIds : m_parts) {
        zpl += part.text;
        if (const Holder* holder = holderNamed(part.holder)) zpl += escaped(holder->value(unit));
    }
    return zpl;
}

}  // namespace keystamp::label
