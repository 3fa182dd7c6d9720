// SPDX-License-Identifier: Apache-2.0
// A station whose signer loads another module than SoftHSM as it is, and what must hold of it.
#pragma once

#include "tests/hsm/contract.h"
#include "tests/hsm/station_folder.h"

namespace keystamp::test {

inline const std::string kSoftHsm = "/usr/lib/softhsm/libsofthsm2.so";
inline const std::string kDeviceId = "sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6";  ///< of the published key below
extern const char* const kGroupKey;  ///< base64

/// Behind the log of calls, so that logins and signatures can be counted.
class OddStation : public StationFolder {
public:
    /// `more` goes into the environment of the module. `quirks` are those of pkcs11_quirks.c.
    explicit OddStation(const std::string& quirks, const std::string& module = KEYSTAMP_PKCS11_QUIRKS_SO, const std::string& more = "");
    /// While this file is there, keys that ask each time find the PIN wrong.
    std::string refusal() const { return token().path() + "/refuse"; }
    /// Its keys and certificates are made anew, through its module, in a token of this PIN.
    void makeAnew(const std::string& pin);
    /// C_Login calls of "1" (CKU_USER) or "2" (CKU_CONTEXT_SPECIFIC).
    std::size_t logins(const char* user, bool right) const;
};

/// One text in a file by another; the test fails where it is not there.
void replace(const std::string& file, const std::string& what, const std::string& with);

/// Of b1-0001, with a fresh serial.
Result<hsm::Leaf> issueOne(hsm::Signer& signer, const Bytes& csr);
/// A leaf is issued and verifies, and a CA is proven.
void expectLeaf(hsm::Signer& signer, const hsm::Authority& authority);
hsm::Grant keyGrant();
/// A group key is imported and derives what is published.
void expectDerives(hsm::Signer& signer, const hsm::Authority& authority);
/// Neither a grant nor an import, and everywhere the same words.
void expectNoKeys(hsm::Signer& signer, const hsm::Authority& authority, const std::string& why);
/// Each key passed its self-test at the login, and does again.
void expectTested(hsm::Signer& signer);

}  // namespace keystamp::test
