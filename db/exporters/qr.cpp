// SPDX-License-Identifier: Apache-2.0
#include "db/exporters/qr.h"

#include <zint.h>

#include <memory>

#include "core/releaser.h"
#include "db/barcode_modules.h"

namespace keystamp::db::exporters {
namespace {

constexpr int kCorrectionM = 2;
using SymbolPtr = std::unique_ptr<zint_symbol, Releaser<ZBarcode_Delete>>;

}  // namespace

Result<std::vector<std::vector<bool>>> qrCode(const std::string& text) {
    const SymbolPtr symbol{ZBarcode_Create()};
    if (!symbol) return Error{ErrorCode::Internal, "no memory for a QR code", 0, "ZBarcode_Create"};
    symbol->symbology = BARCODE_QRCODE;
    symbol->input_mode = DATA_MODE;  // as it stands: no escapes, no change of character set
    symbol->option_1 = kCorrectionM;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (const int code = ZBarcode_Encode(symbol.get(), bytes, static_cast<int>(text.size())); code >= ZINT_ERROR) {
        return Error{ErrorCode::Internal, symbol->errtxt, code, "ZBarcode_Encode"};
    }
    return modulesOf(*symbol);
}

}  // namespace keystamp::db::exporters
