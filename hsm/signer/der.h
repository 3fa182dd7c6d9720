// SPDX-License-Identifier: Apache-2.0
// Private to hsm: DER (X.690) as certificates need it: a few writers, and a reader that takes nothing but DER. The two
// share no code: what one writes, the other judges. Thread safe.
#pragma once

#include <initializer_list>
#include <optional>

#include "core/bytes.h"
#include "core/clock.h"

namespace keystamp::hsm::der {

enum Tag : std::uint8_t {
    kBoolean = 0x01,
    kInteger = 0x02,
    kBitString = 0x03,
    kOctetString = 0x04,
    kNull = 0x05,
    kOid = 0x06,
    kUtf8 = 0x0c,
    kUtcTime = 0x17,
    kGeneralizedTime = 0x18,
    kSequence = 0x30,
    kSet = 0x31,
    kContext0 = 0xa0,
    kContext3 = 0xa3,
};

// ---- writing

Bytes wrap(Tag tag, BytesView content);
Bytes wrap(Tag tag, std::initializer_list<BytesView> contents);
/// A positive INTEGER from its big-endian bytes.
Bytes positive(BytesView bigEndian);
/// UTCTime through 2049, GeneralizedTime from 2050, to the second (RFC 5280 section 4.1.2.5).
Bytes time(UtcTime at);

// ---- reading

struct Element {
    std::uint8_t tag = 0;
    BytesView content;
    BytesView whole;  ///< with tag and length
};

/// Whose bytes are read: ours have to be DER; a board's may have longer lengths than needed.
enum class Lengths { Minimal, Any };

/// Takes elements one after another; nothing where what follows is not DER.
class Reader {
public:
    explicit Reader(BytesView bytes, Lengths lengths = Lengths::Minimal) : m_rest(bytes), m_lengths(lengths) {}
    std::optional<Element> next();
    /// Nothing, and no step forward, where the next element has another tag.
    std::optional<Element> next(Tag tag);
    bool atEnd() const { return m_rest.empty(); }

private:
    BytesView m_rest;
    Lengths m_lengths;
};

/// Whether this is one element and it and all inside are DER: definite minimal lengths, minimal integers and object
/// identifiers, booleans 00 or FF, no unused bits set, sets in order. That is: decoding and encoding gives the same
/// bytes.
bool isStrict(BytesView bytes);
/// The time in an element of either kind, if it is in the form that `time` writes.
std::optional<UtcTime> readTime(const Element& element);

}  // namespace keystamp::hsm::der
