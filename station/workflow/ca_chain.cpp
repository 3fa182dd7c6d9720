// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/ca_chain.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

#include "core/releaser.h"
#include "station/workflow/key_source.h"

namespace keystamp::workflow {
namespace {

using X509Ptr = std::unique_ptr<X509, Releaser<X509_free>>;

X509Ptr parsed(const Bytes& der) {
    const unsigned char* at = der.data();
    return X509Ptr{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
}

bool issued(X509* leaf, const std::string& chainPem) {
    const auto above = certificatesOf(chainPem);
    const X509Ptr authority = above && !above->empty() ? parsed(above->front()) : nullptr;
    const bool did = authority && X509_check_issued(authority.get(), leaf) == X509_V_OK && X509_verify(leaf, X509_get0_pubkey(authority.get())) == 1;
    ERR_clear_error();
    return did;
}

}  // namespace

Result<std::string> chainOf(const Bytes& leaf, const hsm::SignerStatus& status) {
    const X509Ptr certificate = parsed(leaf);
    if (!certificate) return Error{ErrorCode::RecordsAltered, "the certificate on record does not parse"};
    std::vector<std::string> chains;
    for (const auto& slot : status.slots) chains.push_back(slot.chainPem);
    for (const auto& former : status.former) chains.push_back(former.chainPem);
    for (const std::string& chain : chains) {
        if (issued(certificate.get(), chain)) return pemOf(leaf) + chain;
    }
    return Error{ErrorCode::ChainRefused, "none of the signer's CAs, nor of those it had before, issued this certificate"};
}

}  // namespace keystamp::workflow
