// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <cstring>

#include "flashing/smp/client.h"

namespace keystamp::flashing::smp {

void Body::put(BytesView bytes) {
    if (bytes.size() > m_bytes.size() - m_used) std::abort();  // the caller gave too little room: a bug
    if (!bytes.empty()) std::memcpy(m_bytes.bytes().data() + m_used, bytes.data(), bytes.size());
    m_used += bytes.size();
}

void Body::head(unsigned major, std::uint64_t value) {
    std::array<std::uint8_t, 9> bytes{};
    const unsigned width = value < 24 ? 0 : value <= 0xFF ? 1 : value <= 0xFFFF ? 2 : value <= 0xFFFFFFFF ? 4 : 8;
    const unsigned info = width == 0 ? static_cast<unsigned>(value) : width == 1 ? 24 : width == 2 ? 25 : width == 4 ? 26 : 27;
    bytes[0] = static_cast<std::uint8_t>((major << 5) | info);
    for (unsigned i = 0; i < width; ++i) bytes[1 + i] = static_cast<std::uint8_t>(value >> (8 * (width - 1 - i)));
    put(BytesView{bytes}.first(1 + width));
}

Body& Body::map(std::size_t pairs) {
    head(5, pairs);
    return *this;
}

Body& Body::text(std::string_view value) {
    head(3, value.size());
    put(asBytes(value));
    return *this;
}

Body& Body::bytes(BytesView value) {
    head(2, value.size());
    put(value);
    return *this;
}

Body& Body::number(std::uint64_t value) {
    head(0, value);
    return *this;
}

}  // namespace keystamp::flashing::smp
