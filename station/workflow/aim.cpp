// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/aim.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keystamp::workflow {
namespace {

struct Row {
    char letter;
    std::string_view name;
    char gs1 = 0;  ///< the modifier that means GS1
};

constexpr std::array kRows{
    Row{'A', "Code 39"},     Row{'B', "Telepen"},    Row{'C', "Code 128", '1'},  Row{'D', "Code One"},
    Row{'E', "EAN or UPC"},  Row{'F', "Codabar"},    Row{'G', "Code 93"},        Row{'H', "Code 11"},
    Row{'I', "ITF"},         Row{'J', "DotCode", '1'}, Row{'K', "Code 16K", '1'},  Row{'L', "PDF417"},
    Row{'M', "MSI"},         Row{'N', "Anker Code"}, Row{'O', "Codablock", '5'}, Row{'P', "Plessey"},
    Row{'Q', "QR Code", '3'}, Row{'R', "2 of 5"},     Row{'S', "2 of 5"},         Row{'T', "Code 49", '1'},
    Row{'U', "MaxiCode"},    Row{'X', "other"},      Row{'Z', "no barcode"},     Row{'c', "Channel Code"},
    Row{'d', "Data Matrix", '2'}, Row{'e', "DataBar", '0'}, Row{'h', "Han Xin"}, Row{'o', "OCR"},
    Row{'s', "SuperCode"},   Row{'z', "Aztec", '1'},
};

}  // namespace

Result<Symbology> symbologyOf(std::string_view text) {
    if (!text.starts_with(']')) return Symbology{};
    const auto at = std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return text.size() > 1 && row.letter == text[1]; });
    if (at == kRows.end() || text.size() < 3) {
        return Error{ErrorCode::ScanForeign, fmt::format("\"{}\" names no kind of barcode", text.substr(0, 3))};
    }
    return Symbology{text.substr(0, 3), at->name, text[2] == at->gs1};
}

}  // namespace keystamp::workflow
