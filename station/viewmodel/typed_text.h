// SPDX-License-Identifier: Apache-2.0
// Lines that are filled by keys on the screen (TextKeys), a keyboard or a scan.
#pragma once

#include <QString>
#include <QVariantList>
#include <array>

namespace keystamp::viewmodel {

inline constexpr qsizetype kLongestTyped = 128;

/// A key of the screen at the end of a line: printable ASCII, by its code.
inline void addTyped(QString& line, int code) {
    if (code >= 0x20 && code <= 0x7E && line.size() < kLongestTyped) line += QChar(code);
}

/// Maps of `line`, `name` and `value`, as pages show them.
template <std::size_t kCount>
QVariantList linesOf(const std::array<QString, kCount>& names, const std::array<QString, kCount>& values) {
    QVariantList all;
    for (std::size_t line = 0; line < kCount; ++line) {
        all.push_back(QVariantMap{{QStringLiteral("line"), static_cast<int>(line)}, {QStringLiteral("name"), names[line]}, {QStringLiteral("value"), values[line]}});
    }
    return all;
}

}  // namespace keystamp::viewmodel
