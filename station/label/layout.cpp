// SPDX-License-Identifier: Apache-2.0
#include "station/label/layout.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "core/bytes.h"
#include "station/label/commands.h"

namespace keystamp::label {
namespace {

using Kind = Element::Kind;

/// The comma-separated parameters of a command.
class Parameters {
public:
    explicit Parameters(std::string_view text) {
        for (std::size_t from = 0; from <= text.size();) {
            const std::size_t comma = std::min(text.find(',', from), text.size());
            m_all.push_back(text.substr(from, comma - from));
            from = comma + 1;
        }
    }
    int number(std::size_t n, int otherwise) const {
        int value = otherwise;
        if (n < m_all.size()) std::from_chars(m_all[n].data(), m_all[n].data() + m_all[n].size(), value);
        return std::clamp(value, 0, 32'000);
    }

private:
    std::vector<std::string_view> m_all;
};

std::string withoutEscapes(const std::string& text, char mark) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = text[at] == mark && at + 2 < text.size() ? fromHex(text.substr(at + 1, 2)) : Result<Bytes>{Error{}};
        if (byte) {
            out += static_cast<char>(byte->front());
            at += 2;
        } else {
            out += text[at];
        }
    }
    return out;
}

struct Font {
    int height, width;
};

/// A field between ^FO and ^FS, and what holds for all that follow.
class Reader {
public:
    void take(const Command& command) {
        if (command.prefix != '^') return;
        const std::string& code = command.code;
        const Parameters given{command.data};
        if (code == "FO" || code == "FT") {
            m_field = Element{};
            m_field.x = given.number(0, 0);
            m_field.y = given.number(1, 0);
            m_onBaseline = code == "FT";
            m_font = m_usual;
        } else if (code.front() == 'A' && code != "AN") {
            m_font = {given.number(1, m_usual.height), given.number(2, 0)};
        } else if (code == "CF") {
            m_usual = {given.number(1, m_usual.height), given.number(2, 0)};
        } else if (code == "FB") {
            m_field.block = given.number(0, 0);
            m_field.lines = std::max(1, given.number(1, 1));
        } else if (code == "BY") {
            m_bars = {given.number(2, m_bars.height), given.number(0, m_bars.width)};
        } else if (code == "BX") {
            symbol(Kind::DataMatrix, given.number(1, 4), 0);
        } else if (code == "BQ") {
            symbol(Kind::Qr, given.number(2, 3), 0);
        } else if (code == "BC") {
            symbol(Kind::Code128, m_bars.width, given.number(1, m_bars.height));
        } else if (code == "GB") {
            m_field.kind = Kind::Box;
            m_field.thickness = std::max(1, given.number(2, 1));
            m_field.width = std::max(m_field.thickness, given.number(0, 1));
            m_field.height = std::max(m_field.thickness, given.number(1, 1));
        } else if (code == "FH") {
            m_mark = command.data.empty() || command.data.front() == '\n' ? '_' : command.data.front();
        } else if (code == "FD") {
            m_field.content = m_mark ? withoutEscapes(command.data, *m_mark) : command.data;
        } else if (code == "FS") {
            finish();
        }
    }
    std::vector<Element> elements() { return std::move(m_all); }

private:
    void symbol(Kind kind, int module, int height) {
        m_field.kind = kind;
        m_field.module = std::max(1, module);
        m_field.height = height;
    }
    void finish() {
        if (m_field.kind == Kind::Text) {
            m_field.height = m_font.height;
            m_field.width = m_font.width;
        }
        // a QR code's data begins with its error correction and input mode: "QA,"
        if (m_field.kind == Kind::Qr) m_field.content = m_field.content.substr(std::min<std::size_t>(3, m_field.content.size()));
        if (m_onBaseline) m_field.y = std::max(0, m_field.y - m_field.height);
        if (m_field.kind == Kind::Box || !m_field.content.empty()) m_all.push_back(std::move(m_field));
        m_field = Element{};
        m_mark.reset();
    }

    std::vector<Element> m_all;
    Element m_field;
    bool m_onBaseline = false;
    std::optional<char> m_mark;
    Font m_usual{9, 0}, m_font{9, 0}, m_bars{10, 2};
};

}  // namespace

std::vector<Element> layoutOf(const std::string& zpl) {
    Reader reader;
    for (const Command& command : commandsOf(zpl)) {
        if (!command.code.empty()) reader.take(command);
    }
    return reader.elements();
}

std::vector<std::string> codesOf(const std::string& zpl) {
    std::vector<std::string> codes;
    for (Element& one : layoutOf(zpl)) {
        if (one.kind != Kind::Text && one.kind != Kind::Box) codes.push_back(std::move(one.content));
    }
    return codes;
}

}  // namespace keystamp::label
