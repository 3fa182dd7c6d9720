// SPDX-License-Identifier: Apache-2.0
// Private to hsm: owners of OpenSSL's handles, and DER out of them.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

#include "core/bytes.h"
#include "core/releaser.h"

namespace keystamp::hsm {

using X509CrlPtr = std::unique_ptr<X509_CRL, Releaser<X509_CRL_free>>;
using X509Ptr = std::unique_ptr<X509, Releaser<X509_free>>;
using CsrPtr = std::unique_ptr<X509_REQ, Releaser<X509_REQ_free>>;
using MdContextPtr = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;

/// What an i2d_ function writes; empty where it fails.
template <typename Write, typename Handle>
Bytes toDer(Write write, Handle* handle) {
    const int size = write(handle, nullptr);
    if (size <= 0) return {};
    Bytes bytes(static_cast<std::size_t>(size));
    unsigned char* at = bytes.data();
    write(handle, &at);
    return bytes;
}

/// What a d2i_ function reads, the whole of it; nothing where it fails or something is left over.
template <typename Owner, typename Read>
Owner fromDer(Read read, BytesView der) {
    const unsigned char* at = der.data();
    Owner handle{read(nullptr, &at, static_cast<long>(der.size()))};
    if (at != der.data() + der.size()) handle.reset();
    return handle;
}

}  // namespace keystamp::hsm
