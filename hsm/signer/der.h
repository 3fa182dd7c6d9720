// SPDX-License-Identifier: Apache-2.0
// Private to hsm: DER (X.690) as certificates need it: a few writers, and a judge of what is DER. The two share no code: what
// one writes, the other judges. Thread safe.
#pragma once

#include <initializer_list>
#include <optional>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/der.h"

namespace keystamp::hsm::der {

using namespace keystamp::der;

// ---- writing

Bytes wrap(Tag tag, BytesView content);
Bytes wrap(Tag tag, std::initializer_list<BytesView> contents);
/// A positive INTEGER from its big-endian bytes.
Bytes positive(BytesView bigEndian);
/// UTCTime through 2049, GeneralizedTime from 2050, to the second (RFC 5280 section 4.1.2.5).
Bytes time(UtcTime at);

// ---- judging

/// Whether this is one element and it and all inside are DER: definite minimal lengths, minimal integers and object
/// identifiers, booleans 00 or FF, no unused bits set, sets in order. That is: decoding and encoding gives the same
/// bytes.
bool isStrict(BytesView bytes);
/// The time in an element of either kind, if it is in the form that `time` writes.
std::optional<UtcTime> readTime(const Element& element);

}  // namespace keystamp::hsm::der
