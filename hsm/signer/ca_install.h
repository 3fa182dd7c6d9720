// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a CA's chain that is to take a slot's place: judged first, then put there whole. Thread safe, but for two
// installs of one slot at once.
#pragma once

#include <string>
#include <string_view>

#include "core/clock.h"
#include "hsm/signer/config.h"
#include "hsm/signer/token.h"

namespace keystamp::hsm {

struct CheckedChain {
    std::string pem;  ///< the CA and what is between it and the root, each by its issuer, and nothing else that stood in the text
    std::string subject;
    Digest sha256{};  ///< of the CA's DER
};

/// All that `CertificateAuthority::open` asks of a slot's file, and besides: each certificate issued by the next; and a key that
/// has a name keeps it, for its leaves would find their issuer no more. ChainRefused.
Result<CheckedChain> checkChain(Token& token, const SignerConfig& config, Slot slot, std::string_view pem, UtcTime now);

/// By one rename, on disk when it returns. What was there before stays beside it, under a name that tells its content.
Result<void> putInPlace(const std::string& path, std::string_view pem);

}  // namespace keystamp::hsm
