// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

#include "core/releaser.h"

namespace keystamp::db {

using BioPtr = std::unique_ptr<BIO, Releaser<BIO_free_all>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using DigestPtr = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;
using CertificatePtr = std::unique_ptr<X509, Releaser<X509_free>>;

}  // namespace keystamp::db
