// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ecdsa_signature.h"

#include <algorithm>

#include "hsm/signer/der.h"

namespace keystamp::hsm {
namespace {

// As the unsigned number that its bytes are; empty for 0.
BytesView magnitude(BytesView integer) {
    while (!integer.empty() && integer[0] == 0) integer = integer.subspan(1);
    return integer;
}

}  // namespace

std::optional<Bytes> normalised(BytesView signature, std::size_t coordinate) {
    der::Reader all{signature, der::Lengths::Any};
    const auto pair = all.next(der::kSequence);
    if (!pair) return std::nullopt;
    const BytesView behind = signature.subspan(pair->whole.size());
    if (std::any_of(behind.begin(), behind.end(), [](std::uint8_t byte) { return byte != 0; })) return std::nullopt;
    der::Reader reader{pair->content, der::Lengths::Any};
    const auto first = reader.next(der::kInteger);
    const auto second = reader.next(der::kInteger);
    if (!first || !second || !reader.atEnd()) return std::nullopt;
    const BytesView r = magnitude(first->content);
    const BytesView s = magnitude(second->content);
    if (r.empty() || s.empty() || r.size() > coordinate || s.size() > coordinate) return std::nullopt;
    return der::wrap(der::kSequence, {der::positive(r), der::positive(s)});
}

bool isEcdsaSignature(BytesView signature) {
    constexpr std::size_t kP384Coordinate = 48;
    const auto same = normalised(signature, kP384Coordinate);
    return same && std::equal(same->begin(), same->end(), signature.begin(), signature.end());
}

}  // namespace keystamp::hsm
