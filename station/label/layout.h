// SPDX-License-Identifier: Apache-2.0
// What is on a label and where: read from the very bytes that go to the printer, so that picture and print cannot differ in what they say.
// Understood are texts (^A ^CF ^FB), Data Matrix, QR code and Code 128 (^BX ^BQ ^BC ^BY), lines and boxes (^GB), at ^FO or ^FT; what else a
// template has is printed and not shown.
#pragma once

#include <string>
#include <vector>

namespace keystamp::label {

/// Lengths in dots.
struct Element {
    enum class Kind { Text, DataMatrix, Qr, Code128, Box } kind = Kind::Text;
    int x = 0, y = 0;
    std::string content;         ///< of a text or symbol, UTF-8
    int height = 0, width = 0;   ///< of the characters, the symbol's bars or the box; of a text width 0: as the font has it
    int module = 0;              ///< a symbol's narrowest dark or light
    int thickness = 0;           ///< of a box's border
    int block = 0, lines = 1;    ///< a text is wrapped to that width and so many lines; 0: it is not
};
std::vector<Element> layoutOf(const std::string& zpl);
/// What a scanner reads from this label: the content of its symbols.
std::vector<std::string> codesOf(const std::string& zpl);

}  // namespace keystamp::label
