// SPDX-License-Identifier: Apache-2.0
// Private to hsm: what a token can do, as it says itself (C_GetMechanismInfo, PKCS#11 v2.40 section 5.5.6), and what the
// station cannot do with it then. Needs no login. Immutable: any thread.
#pragma once

#include <p11-kit/pkcs11.h>

#include <map>
#include <string>
#include <vector>

namespace keystamp::hsm {

class Abilities {
public:
    static Abilities probe(const CK_FUNCTION_LIST& call, CK_SLOT_ID slot);

    /// Of the mechanisms that the signer may use. One that the token did not answer about counts as there: the self-test
    /// of the keys decides.
    bool can(CK_MECHANISM_TYPE mechanism) const { return m_found.contains(mechanism); }
    /// Why no SAS key can be derived with this token; empty where they can.
    std::string sasProblem() const;
    /// Why no imported key can be sealed with this token; empty where they can.
    std::string sealingProblem() const;
    /// Everything that it cannot do, each with what that means here.
    std::vector<std::string> lacks() const;

private:
    std::map<CK_MECHANISM_TYPE, CK_MECHANISM_INFO> m_found;
};

}  // namespace keystamp::hsm
