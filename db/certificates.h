// SPDX-License-Identifier: Apache-2.0
// Leaves and their chain, as a manifest holds them.
// Private to this room.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/result.h"
#include "db/openssl_ptr.h"

namespace keystamp::db {


struct LeafFacts {
    std::string commonName;
    Bytes serial;  ///< big-endian, without leading zeros
};
/// RecordsAltered where it is not one certificate, whole.
Result<LeafFacts> readLeaf(BytesView certificate);

/// A root and the intermediates below it.
class Chain {
public:
    /// Certificates in PEM, in any order, one of them at least self-signed.
    static Result<Chain> parse(const std::string& pem);
    /// DER of each by its SHA-256, lower-case hex.
    const std::map<std::string, Bytes>& certificates() const { return m_certificates; }
    /// What `openssl verify -x509_strict -purpose sslclient -attime at` asks. Gives the SHA-256 (hex) of the CA that issued it.
    Result<std::string> verify(BytesView leaf, UtcTime at) const;

private:
    using StorePtr = std::unique_ptr<X509_STORE, Releaser<X509_STORE_free>>;
    struct FreeStack {
        void operator()(STACK_OF(X509) * stack) const noexcept { sk_X509_pop_free(stack, X509_free); }
    };
    StorePtr m_roots;
    std::unique_ptr<STACK_OF(X509), FreeStack> m_others;
    std::map<std::string, Bytes> m_certificates;
};

}  // namespace keystamp::db
