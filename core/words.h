// SPDX-License-Identifier: Apache-2.0
// Words of the trade that more than one room speaks, with their spelling in files and on the command line.
#pragma once

#include <string_view>

#include "core/result.h"

namespace keystamp {

/// How a device shows who it is: a leaf certificate, or a symmetric key.
enum class Mode { X509, Sas };
std::string_view name(Mode mode);  ///< "x509", "sas"
Result<Mode> parseMode(std::string_view text);

/// The two CA certificates and group keys that an enrolment group holds, so that one can be rolled while the other works.
enum class Slot { Primary, Secondary };
std::string_view name(Slot slot);  ///< "primary", "secondary"
Result<Slot> parseSlot(std::string_view text);

}  // namespace keystamp
