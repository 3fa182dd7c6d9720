// SPDX-License-Identifier: Apache-2.0
#include "core/words.h"

#include <string>

namespace keystamp {

std::string_view name(Mode mode) {
    switch (mode) {
        case Mode::X509: return "x509";
        case Mode::Sas: return "sas";
        case Mode::Imported: return "imported";
    }
    return "";
}

Result<Mode> parseMode(std::string_view text) {
    if (text == "x509") return Mode::X509;
    if (text == "sas") return Mode::Sas;
    if (text == "imported") return Mode::Imported;
    return Error{ErrorCode::BadUsage, "mode \"" + std::string{text} + "\" is none of x509, sas and imported"};
}

std::string_view name(Slot slot) { return slot == Slot::Primary ? "primary" : "secondary"; }

Result<Slot> parseSlot(std::string_view text) {
    if (text == "primary") return Slot::Primary;
    if (text == "secondary") return Slot::Secondary;
    return Error{ErrorCode::BadUsage, "slot \"" + std::string{text} + "\" is neither primary nor secondary"};
}

}  // namespace keystamp
