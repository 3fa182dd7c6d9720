// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/csr.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>

#include <optional>
#include <string>

#include "hsm/signer/openssl.h"
#include "hsm/signer/public_key.h"

namespace keystamp::hsm {
namespace {

Error refuse(const DeviceId& id, const std::string& why) {
    ERR_clear_error();
    return Error{ErrorCode::CsrRefused, fmt::format("{}: {}", id.text(), why)};
}

std::optional<std::string> problemWithName(const X509_NAME* name, const DeviceId& id) {
    const int first = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (first < 0) return std::nullopt;
    if (X509_NAME_get_index_by_NID(name, NID_commonName, first) >= 0) return "the request has more than one CN";
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, first)));
    if (size < 0) return "the CN of the request is not text";
    const std::string found(text, text + size);
    OPENSSL_free(text);
    if (found == id.text()) return std::nullopt;
    return "the request's CN is another one";  // not quoted: it comes from the board
}

bool usesSha2(const X509_REQ* request) {
    int digest = NID_undef;
    if (OBJ_find_sigid_algs(X509_REQ_get_signature_nid(request), &digest, nullptr) != 1) return false;
    return digest == NID_sha256 || digest == NID_sha384 || digest == NID_sha512;
}

}  // namespace

Result<Bytes> certifiedKey(BytesView csr, const DeviceId& id) {
    if (csr.size() > kLargestCsr) return refuse(id, fmt::format("a request of {} bytes; {} at most", csr.size(), kLargestCsr));
    const auto request = fromDer<CsrPtr>(d2i_X509_REQ, csr);
    if (!request) return refuse(id, "the request does not parse");
    const Bytes spki = toDer(i2d_X509_PUBKEY, X509_REQ_get_X509_PUBKEY(request.get()));
    if (const auto problem = problemWithKey(spki)) return refuse(id, *problem);
    EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
    if (key == nullptr) return refuse(id, "its public key is not on the curve or does not parse");
    if (!usesSha2(request.get())) return refuse(id, "the request is not signed over SHA-2");
    if (X509_REQ_verify(request.get(), key) != 1) return refuse(id, "the request's signature does not verify");
    if (const auto problem = problemWithName(X509_REQ_get_subject_name(request.get()), id)) return refuse(id, *problem);
    return spki;
}

}  // namespace keystamp::hsm
