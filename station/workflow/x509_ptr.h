// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <openssl/x509.h>

#include <memory>

#include "core/bytes.h"
#include "core/releaser.h"

namespace keystamp::workflow {

using X509Ptr = std::unique_ptr<X509, Releaser<X509_free>>;

/// Nothing where it is not one certificate, whole.
inline X509Ptr certificateIn(BytesView der) {
    const unsigned char* at = der.data();
    X509Ptr certificate{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
    return at == der.data() + der.size() ? std::move(certificate) : nullptr;
}

}  // namespace keystamp::workflow
