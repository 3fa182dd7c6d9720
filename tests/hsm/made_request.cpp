// SPDX-License-Identifier: Apache-2.0
#include "tests/hsm/made_request.h"

#include <cstdlib>

namespace keystamp::test {

namespace der = hsm::der;
using der::wrap;

Bytes hex(const char* text) { return *fromHex(text); }

Bytes nameOf(BytesView value, der::Tag tag) {
    return wrap(der::kSequence,
                wrap(der::kSet, wrap(der::kSequence, {BytesView{hex("0603550403")}, BytesView{wrap(tag, value)}})));
}

Bytes signedBy(EVP_PKEY* key, const EVP_MD* digest, BytesView message) {
    const hsm::MdContextPtr context{EVP_MD_CTX_new()};
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    Bytes signature(size);
    if (EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
        std::abort();
    }
    signature.resize(size);
    return signature;
}

void RequestParts::use(hsm::EvpKeyPtr another) {
    key = std::move(another);
    publicKey = hsm::toDer(i2d_PUBKEY, key.get());
    if (EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA) algorithm = hex("300d06092a864886f70d01010b0500");
}

void RequestParts::encodeKey(const char* parameter, const char* value) {
    EVP_PKEY_set_utf8_string_param(key.get(), parameter, value);
    publicKey = hsm::toDer(i2d_PUBKEY, key.get());
}

Bytes RequestParts::csr() const {
    const Bytes info = wrap(der::kSequence, {version, subject, publicKey, attributes, behindThem});
    Bytes signature = signedBy(key.get(), EVP_sha256(), info);
    if (loosen) signature = loosen(std::move(signature));
    return wrap(der::kSequence,
                {info, algorithm, wrap(der::kBitString, {BytesView{unusedBits}, signature}), behindSignature});
}

std::pair<Bytes, Bytes> numbersOf(BytesView signature) {
    der::Reader outer{signature};
    const auto pair = outer.next(der::kSequence);
    der::Reader reader{pair->content};
    const auto r = reader.next(der::kInteger);
    const auto s = reader.next(der::kInteger);
    return {toBytes(r->content), toBytes(s->content)};
}

Bytes unsignedForm(Bytes number) {
    if (number[0] == 0) number.erase(number.begin());
    return number;
}

Bytes ecdsa(const Bytes& r, const Bytes& s) {
    return wrap(der::kSequence, {wrap(der::kInteger, r), wrap(der::kInteger, s)});
}

Bytes withoutPadding(const Bytes& signature) {
    const auto [r, s] = numbersOf(signature);
    return ecdsa(unsignedForm(r), unsignedForm(s));
}

Bytes withMuchPadding(const Bytes& signature) {
    auto [r, s] = numbersOf(signature);
    r.insert(r.begin(), 3, 0);
    s.insert(s.begin(), 1, 0);
    return ecdsa(r, s);
}

Bytes withLongLengths(const Bytes& signature) {
    const auto [r, s] = numbersOf(signature);
    Bytes both = hex("0281");
    both.push_back(static_cast<std::uint8_t>(r.size()));
    both.insert(both.end(), r.begin(), r.end());
    const Bytes second = wrap(der::kInteger, s);
    both.insert(both.end(), second.begin(), second.end());
    Bytes all = hex("308200");
    all.push_back(static_cast<std::uint8_t>(both.size()));
    all.insert(all.end(), both.begin(), both.end());
    return all;
}

Bytes withZerosBehind(Bytes signature) {
    signature.resize(112, 0);
    return signature;
}

Bytes p256Around(BytesView bits) {
    return wrap(der::kSequence, {BytesView{hex("301306072a8648ce3d020106082a8648ce3d030107")},
                                 BytesView{wrap(der::kBitString, {BytesView{hex("00")}, bits})}});
}

Bytes rsaAround(BytesView modulus, BytesView exponent) {
    const Bytes key = wrap(der::kSequence, {wrap(der::kInteger, modulus), wrap(der::kInteger, exponent)});
    return wrap(der::kSequence, {BytesView{hex("300d06092a864886f70d0101010500")},
                                 BytesView{wrap(der::kBitString, {BytesView{hex("00")}, key})}});
}

Bytes modulus(std::size_t bytes, std::uint8_t last) {
    Bytes number(bytes + 1, 0x55);
    number[0] = 0x00;
    number[1] = 0xd5;
    number.back() = last;
    return number;
}

}  // namespace keystamp::test
