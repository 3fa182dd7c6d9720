// SPDX-License-Identifier: Apache-2.0
// What a board may say is its certificate request. Whatever is taken must be a key that OpenSSL reads too, found in those very
// bytes, and signed for by itself.
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "core/releaser.h"
#include "hsm/signer/csr.h"

namespace {

using namespace keystamp;

void must(bool holds) {
    if (!holds) std::abort();
}

const DeviceId& device() {
    static const DeviceId id = std::move(DeviceId::parse("b1-0001")).value();
    return id;
}

void checkTaken(BytesView csr, const Bytes& key) {
    must(std::search(csr.begin(), csr.end(), key.begin(), key.end()) != csr.end());
    const unsigned char* at = key.data();
    const std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>> read{d2i_PUBKEY(nullptr, &at, static_cast<long>(key.size()))};
    must(read && at == key.data() + key.size());
    const auto again = hsm::certifiedKey(csr, device());
    must(again && *again == key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView csr{data, size};
    const auto key = hsm::certifiedKey(csr, device());
    if (key) checkTaken(csr, *key);
    must(key || key.error().code == ErrorCode::CsrRefused);
    return 0;
}
