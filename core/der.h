// SPDX-License-Identifier: Apache-2.0
// Taking DER apart (X.690 section 10). OpenSSL 3.0 takes longer to find a decoder for a public key than to verify with it, so who
// only wants a part of a certificate or a request takes it from here.
#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.h"

namespace keystamp::der {

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

}  // namespace keystamp::der
