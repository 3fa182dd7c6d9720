// SPDX-License-Identifier: Apache-2.0
#include "station/label/symbol.h"

#include <zint.h>

#include <memory>

#include "core/releaser.h"
#include "db/barcode_modules.h"

namespace keystamp::label {
namespace {

using SymbolPtr = std::unique_ptr<zint_symbol, Releaser<ZBarcode_Delete>>;

int symbologyOf(Element::Kind kind) {
    switch (kind) {
        case Element::Kind::DataMatrix: return BARCODE_DATAMATRIX;
        case Element::Kind::Qr: return BARCODE_QRCODE;
        case Element::Kind::Code128:
        case Element::Kind::Text:
        case Element::Kind::Box: break;
    }
    return BARCODE_CODE128;
}

}  // namespace

Result<std::vector<std::vector<bool>>> symbolOf(const Element& element) {
    const SymbolPtr symbol{ZBarcode_Create()};
    if (!symbol) return Error{ErrorCode::Internal, "no memory for a symbol", 0, "ZBarcode_Create"};
    symbol->symbology = symbologyOf(element.kind);
    symbol->input_mode = UNICODE_MODE;
    if (element.kind == Element::Kind::DataMatrix) symbol->option_3 = DM_SQUARE;  // as printers make it
    const auto* bytes = reinterpret_cast<const unsigned char*>(element.content.data());
    if (const int code = ZBarcode_Encode(symbol.get(), bytes, static_cast<int>(element.content.size())); code >= ZINT_ERROR) {
        return Error{ErrorCode::Internal, symbol->errtxt, code, "ZBarcode_Encode"};
    }
    return db::modulesOf(*symbol);
}

}  // namespace keystamp::label
