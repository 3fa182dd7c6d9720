// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the test of each key that the signer will use: a CA's and the audit key sign and are verified, a group key
// derives, the same for the same text and another for another. At each login, and when a client asks.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hsm/signer/certificate_authority.h"

namespace keystamp::hsm {

struct KeyTest {
    std::string key;         ///< "primary", "primary-group", "audit" ...
    int signatures = 1;      ///< C_Sign calls, at most; none of the sealing key
    std::function<Result<void>()> run;
};

/// Told of the key of each C_Sign that is about to be made, so that none is made that the ledger does not know.
using NoteSelfTests = std::function<Result<void>(const std::vector<std::string>& keys)>;

inline constexpr std::string_view kSealingKeyName = "sealing";
/// What "primary-group" is made of.
std::string groupKeyName(Slot slot);

/// Of the CAs that are usable, the group keys that are there, and the audit key where its public half is given. What is given here must
/// live as long as the tests.
std::vector<KeyTest> keyTests(Token& token, const SignerConfig& config, const std::map<Slot, CertificateAuthority>& authorities,
                              const std::string& auditKeyPem);
/// One entry a signature, for NoteSelfTests.
std::vector<std::string> signaturesOf(const std::vector<KeyTest>& tests);

}  // namespace keystamp::hsm
