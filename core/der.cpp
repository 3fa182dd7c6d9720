// SPDX-License-Identifier: Apache-2.0
#include "core/der.h"

namespace keystamp::der {

std::optional<Element> Reader::next() {
    if (m_rest.size() < 2 || (m_rest[0] & 0x1f) == 0x1f) return std::nullopt;  // no certificate has a long tag
    std::size_t header = 2;
    std::size_t length = m_rest[1];
    if (length >= 0x80) {
        const std::size_t octets = length & 0x7f;
        if (octets == 0 || octets > 3 || m_rest.size() < 2 + octets) return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < octets; ++i) length = length << 8 | m_rest[2 + i];
        if (m_lengths == Lengths::Minimal && (length < 0x80 || m_rest[2] == 0)) return std::nullopt;
        header += octets;
    }
    if (m_rest.size() - header < length) return std::nullopt;
    const Element element{m_rest[0], m_rest.subspan(header, length), m_rest.first(header + length)};
    m_rest = m_rest.subspan(header + length);
    return element;
}

std::optional<Element> Reader::next(Tag tag) {
    if (m_rest.empty() || m_rest[0] != tag) return std::nullopt;
    return next();
}

}  // namespace keystamp::der
