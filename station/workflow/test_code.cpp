// SPDX-License-Identifier: Apache-2.0
#include <zint.h>

#include <cerrno>
#include <memory>

#include "core/releaser.h"
#include "db/barcode_modules.h"
#include "station/workflow/keyboard_layout.h"

namespace keystamp::workflow {
namespace {

using SymbolPtr = std::unique_ptr<zint_symbol, Releaser<ZBarcode_Delete>>;

Result<SymbolPtr> encoded() {
    SymbolPtr symbol{ZBarcode_Create()};
    if (!symbol) return Error{ErrorCode::Internal, "no memory for a symbol", 0, "ZBarcode_Create"};
    symbol->symbology = BARCODE_DATAMATRIX;
    symbol->option_3 = DM_SQUARE;
    const auto* text = reinterpret_cast<const unsigned char*>(kTestCode.data());
    if (const int code = ZBarcode_Encode(symbol.get(), text, static_cast<int>(kTestCode.size())); code != 0) {
        return Error{ErrorCode::Internal, symbol->errtxt, code, "ZBarcode_Encode"};
    }
    return symbol;
}

}  // namespace

Result<std::vector<std::string>> testCodeModules() {
    const auto symbol = encoded();
    if (!symbol) return symbol.error();
    std::vector<std::string> rows;
    for (const auto& row : db::modulesOf(**symbol)) {
        std::string modules;
        for (const bool dark : row) modules += dark ? '1' : '0';
        rows.push_back(std::move(modules));
    }
    return rows;
}

Result<void> drawTestCode(const std::string& path) {
    const auto symbol = encoded();
    if (!symbol) return symbol.error();
    if (path.size() >= sizeof((*symbol)->outfile)) return Error{ErrorCode::BadUsage, path + ": the name is too long"};
    path.copy((*symbol)->outfile, path.size());
    (*symbol)->outfile[path.size()] = '\0';
    (*symbol)->scale = 4;  // a module is 8 points
    (*symbol)->whitespace_width = (*symbol)->whitespace_height = 4;
    if (const int code = ZBarcode_Print(symbol->get(), 0); code != 0) return Error{ErrorCode::IoFault, path + ": " + (*symbol)->errtxt, 0, "ZBarcode_Print"};
    return {};
}

}  // namespace keystamp::workflow
