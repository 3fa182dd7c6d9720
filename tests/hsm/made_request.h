// SPDX-License-Identifier: Apache-2.0
// Certificate requests put together by hand, so that one differs from a good one in one point; and ECDSA signatures as
// small boards write them.
#pragma once

#include <functional>

#include "hsm/signer/der.h"
#include "tests/hsm/made_certificate.h"

namespace keystamp::test {

/// Bytes from hexadecimal.
Bytes hex(const char* text);
/// Name with this CN.
Bytes nameOf(BytesView value, hsm::der::Tag tag = hsm::der::kUtf8);

/// A request in its parts; what is left empty is left out.
struct RequestParts {
    hsm::EvpKeyPtr key = newEcKey();
    Bytes version = hex("020100");
    Bytes subject = nameOf(asBytes("acme-000017"));
    Bytes publicKey = hsm::toDer(i2d_PUBKEY, key.get());
    Bytes attributes = hex("a000");
    Bytes behindThem;
    Bytes algorithm = hex("300a06082a8648ce3d040302");
    std::function<Bytes(Bytes)> loosen;  ///< what becomes of the signature
    Bytes unusedBits = hex("00");
    Bytes behindSignature;

    void use(hsm::EvpKeyPtr another);
    /// Of the key's own encoder: "encoding", "point-format".
    void encodeKey(const char* parameter, const char* value);
    Bytes csr() const;
};

/// SubjectPublicKeyInfo around what may not be a point on P-256, or an RSA key.
Bytes p256Around(BytesView bits);
Bytes rsaAround(BytesView modulus, BytesView exponent);
/// An INTEGER's content of this many bytes and a zero before them.
Bytes modulus(std::size_t bytes, std::uint8_t last = 0x01);

Bytes signedBy(EVP_PKEY* key, const EVP_MD* digest, BytesView message);
/// Contents of r and s as they stand in a DER signature, with the zero that keeps them positive.
std::pair<Bytes, Bytes> numbersOf(BytesView signature);
Bytes unsignedForm(Bytes number);
Bytes ecdsa(const Bytes& r, const Bytes& s);

Bytes withoutPadding(const Bytes& signature);
Bytes withMuchPadding(const Bytes& signature);
Bytes withLongLengths(const Bytes& signature);
Bytes withZerosBehind(Bytes signature);

}  // namespace keystamp::test
