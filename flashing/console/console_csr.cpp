// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/console_csr.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/der.h"
#include "core/releaser.h"

namespace keystamp::flashing::console {
namespace {

using Csr = std::unique_ptr<X509_REQ, Releaser<X509_REQ_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Releaser<ECDSA_SIG_free>>;

Error nonsense(const char* why) {
    ERR_clear_error();
    return Error{ErrorCode::BoardNonsense, std::string{"its certificate request "} + why};
}

Result<Bytes> derOf(std::string_view text) {
    if (const auto begin = text.find("-----BEGIN"); begin != std::string_view::npos) {
        const auto open = text.find("-----", begin + 10);
        const auto close = text.find("-----END");
        if (open == std::string_view::npos || close == std::string_view::npos || close < open + 5) return nonsense("is cut off");
        text = text.substr(open + 5, close - open - 5);
    }
    std::string plain;
    for (const char each : text) {
        if (each == '\r' || each == '\n' || each == '=') continue;
        plain += each == '-' ? '+' : each == '_' ? '/' : each;
    }
    plain.append((4 - plain.size() % 4) % 4, '=');
    auto der = fromBase64(plain);
    return der ? std::move(der) : Result<Bytes>{nonsense("is no base64")};
}

/// An ECDSA signature (RFC 3279 section 2.2.3) whose two numbers are written as DER wants them; empty where it is none.
Bytes strictSignature(BytesView given) {
    const auto outer = der::Reader{given, der::Lengths::Any}.next(der::kSequence);
    der::Reader numbers{outer ? outer->content : BytesView{}, der::Lengths::Any};
    const auto r = numbers.next(der::kInteger), s = numbers.next(der::kInteger);
    if (!r || !s || r->content.empty() || s->content.empty()) return {};
    const Signature signature{ECDSA_SIG_new()};
    const auto number = [](BytesView bytes) { return BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr); };
    if (ECDSA_SIG_set0(signature.get(), number(r->content), number(s->content)) != 1) return {};
    Bytes strict(static_cast<std::size_t>(std::max(i2d_ECDSA_SIG(signature.get(), nullptr), 0)));
    unsigned char* at = strict.data();
    if (strict.empty() || i2d_ECDSA_SIG(signature.get(), &at) < 0) return {};
    return strict;
}

bool verifies(X509_REQ& request, EVP_PKEY* key) {
    if (X509_REQ_verify(&request, key) == 1) return true;
    ERR_clear_error();
    const ASN1_BIT_STRING* held = nullptr;
    X509_REQ_get0_signature(&request, &held, nullptr);
    const Bytes strict = held != nullptr ? strictSignature({held->data, static_cast<std::size_t>(held->length)}) : Bytes{};
    if (strict.empty()) return false;
    ASN1_BIT_STRING* anew = ASN1_BIT_STRING_new();
    ASN1_BIT_STRING_set(anew, const_cast<unsigned char*>(strict.data()), static_cast<int>(strict.size()));
    anew->flags |= ASN1_STRING_FLAG_BITS_LEFT;  // no unused bits, also where the last ones are 0
    X509_REQ_set0_signature(&request, anew);
    return X509_REQ_verify(&request, key) == 1;
}

}  // namespace

Result<Request> readRequest(std::string_view text, const std::string& deviceId) {
    const auto given = derOf(text);
    if (!given) return given.error();
    const unsigned char* at = given->data();
    const Csr request{d2i_X509_REQ(nullptr, &at, static_cast<long>(given->size()))};
    if (!request || at != given->data() + given->size()) return nonsense("does not parse");
    EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
    if (key == nullptr || !verifies(*request, key)) return nonsense("does not verify with its own key");
    std::array<char, 128> name{};
    const int size = X509_NAME_get_text_by_NID(X509_REQ_get_subject_name(request.get()), NID_commonName, name.data(), name.size());
    if (size < 0 || deviceId != name.data()) return nonsense("is for another name than the device's");
    const auto encoded = [](auto encode) {
        unsigned char* der = nullptr;
        const int length = encode(&der);
        Bytes bytes = length > 0 ? Bytes{der, der + length} : Bytes{};
        OPENSSL_free(der);
        return bytes;
    };
    Request read;
    read.csr = encoded([&](unsigned char** der) { return i2d_X509_REQ(request.get(), der); });
    const Bytes spki = encoded([&](unsigned char** der) { return i2d_PUBKEY(key, der); });
    if (read.csr.empty() || spki.empty()) return nonsense("does not encode");
    read.keyHash = sha256(spki);
    return read;
}

}  // namespace keystamp::flashing::console
