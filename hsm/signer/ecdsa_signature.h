// SPDX-License-Identifier: Apache-2.0
// Private to hsm: ECDSA signatures as boards and HSMs write them (RFC 3279 section 2.2.3). Thread safe.
#pragma once

#include <optional>

#include "core/bytes.h"

namespace keystamp::hsm {

/// The same signature in DER, for whoever takes nothing else, from one that means it but writes it worse: longer
/// lengths than needed, an r or s without the zero that keeps it positive or with more zeros than that, zeros behind it
/// all (a buffer of fixed size). Nothing where it is not r and s of 1 to `coordinate` bytes, neither of them 0.
std::optional<Bytes> normalised(BytesView signature, std::size_t coordinate);

/// Whether it is in DER: two positive minimal integers and nothing else.
bool isEcdsaSignature(BytesView signature);

}  // namespace keystamp::hsm
