// SPDX-License-Identifier: Apache-2.0
// Words of the trade that more than one room speaks, with their spelling in files and on the command line.
#pragma once

#include <string_view>

#include "core/result.h"

namespace keystamp {

/// How a device shows who it is: a leaf certificate, a symmetric key derived from a group key, or one that the cloud made.
enum class Mode { X509, Sas, Imported };
std::string_view name(Mode mode);  ///< "x509", "sas", "imported"
/// Whether it is a symmetric key, whoever made it: to a board both are the same.
constexpr bool isSymmetric(Mode mode) { return mode != Mode::X509; }
Result<Mode> parseMode(std::string_view text);

/// The two CA certificates and group keys that an enrolment group holds, so that one can be rolled while the other works.
enum class Slot { Primary, Secondary };
std::string_view name(Slot slot);  ///< "primary", "secondary"
Result<Slot> parseSlot(std::string_view text);

}  // namespace keystamp
