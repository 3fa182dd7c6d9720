// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/md5.h"

#include <openssl/evp.h>

#include <memory>

#include "core/releaser.h"

namespace keystamp::flashing::esp32 {

Md5 md5Of(std::initializer_list<BytesView> parts) {
    const std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>> context{EVP_MD_CTX_new()};
    Md5 digest{};
    EVP_DigestInit_ex(context.get(), EVP_md5(), nullptr);
    for (const BytesView part : parts) EVP_DigestUpdate(context.get(), part.data(), part.size());
    EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
    return digest;
}

}  // namespace keystamp::flashing::esp32
