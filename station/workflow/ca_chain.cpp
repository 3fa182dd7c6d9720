// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/ca_chain.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "station/workflow/key_source.h"
#include "station/workflow/x509_ptr.h"

namespace keystamp::workflow {
namespace {

bool issuedByFirstOf(const Bytes& leaf, const std::string& chainPem) {
    const auto above = certificatesOf(chainPem);
    return above && !above->empty() && isIssuedBy(leaf, above->front());
}

}  // namespace

bool isIssuedBy(BytesView certificate, BytesView authority) {
    const X509Ptr below = certificateIn(certificate), above = certificateIn(authority);
    const bool did = below && above && X509_check_issued(above.get(), below.get()) == X509_V_OK && X509_verify(below.get(), X509_get0_pubkey(above.get())) == 1;
    ERR_clear_error();
    return did;
}

Result<std::string> chainOf(const Bytes& leaf, const hsm::SignerStatus& status) {
    if (!certificateIn(leaf)) return Error{ErrorCode::RecordsAltered, "the certificate on record does not parse"};
    std::vector<std::string> chains;
    for (const auto& slot : status.slots) chains.push_back(slot.chainPem);
    for (const auto& former : status.former) chains.push_back(former.chainPem);
    for (const std::string& chain : chains) {
        if (issuedByFirstOf(leaf, chain)) return pemOf(leaf) + chain;
    }
    return Error{ErrorCode::ChainRefused, "none of the signer's CAs, nor of those it had before, issued this certificate"};
}

}  // namespace keystamp::workflow
