// SPDX-License-Identifier: Apache-2.0
#include "station/cloud/token.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <chrono>

namespace keystamp::cloud {
namespace {

/// Base64's three characters that mean something in a query (RFC 3986 section 2.2).
std::string percentEncoded(std::string_view base64) {
    std::string text;
    for (const char c : base64) {
        switch (c) {
            case '+': text += "%2B"; break;
            case '/': text += "%2F"; break;
            case '=': text += "%3D"; break;
            default: text += c;
        }
    }
    return text;
}

}  // namespace

Result<Secret> registrationToken(std::string_view resource, UtcTime expiry, const Secret& deviceKey) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(expiry.time_since_epoch()).count();
    const std::string text = fmt::format("{}\n{}", resource, seconds);
    Digest mac{};
    unsigned size = 0;
    const BytesView key = deviceKey.view();
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), asBytes(text).data(), text.size(), mac.data(), &size) == nullptr) {
        return Error{ErrorCode::Internal, "the token cannot be signed", 0, "HMAC"};
    }
    return Secret::copyOf(fmt::format("SharedAccessSignature sr={}&sig={}&se={}&skn=registration", resource, percentEncoded(toBase64(mac)), seconds));
}

}  // namespace keystamp::cloud
