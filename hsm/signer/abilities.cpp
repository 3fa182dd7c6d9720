// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/abilities.h"

#include <fmt/format.h>

namespace keystamp::hsm {
namespace {

// a group key is as long as SHA-256's block (RFC 2104); it cannot be shortened to fit
constexpr CK_ULONG kGroupKeyBytes = 64;

struct Wanted {
    CK_MECHANISM_TYPE mechanism;
    CK_FLAGS use;
};
constexpr Wanted kWanted[] = {{CKM_ECDSA, CKF_SIGN},
                              {CKM_ECDSA_SHA256, CKF_SIGN},
                              {CKM_ECDSA_SHA384, CKF_SIGN},
                              {CKM_RSA_PKCS, CKF_SIGN},
                              {CKM_SHA256_RSA_PKCS, CKF_SIGN},
                              {CKM_SHA384_RSA_PKCS, CKF_SIGN},
                              {CKM_SHA256_HMAC, CKF_SIGN},
                              {CKM_RSA_PKCS_OAEP, CKF_UNWRAP},
                              {CKM_AES_GCM, CKF_ENCRYPT},
                              {CKM_EC_KEY_PAIR_GEN, CKF_GENERATE_KEY_PAIR},
                              {CKM_RSA_PKCS_KEY_PAIR_GEN, CKF_GENERATE_KEY_PAIR}};
constexpr CK_FLAGS kUses = CKF_SIGN | CKF_VERIFY | CKF_ENCRYPT | CKF_DECRYPT | CKF_GENERATE | CKF_GENERATE_KEY_PAIR |
                           CKF_WRAP | CKF_UNWRAP | CKF_DERIVE | CKF_DIGEST;

// A mechanism may be there for verifying only; a module that names no use at all is believed.
bool isFor(const CK_MECHANISM_INFO& info, CK_FLAGS use) { return (info.flags & use) != 0 || (info.flags & kUses) == 0; }

}  // namespace

Abilities Abilities::probe(const CK_FUNCTION_LIST& call, CK_SLOT_ID slot) {
    Abilities abilities;
    for (const auto& [mechanism, use] : kWanted) {
        CK_MECHANISM_INFO info{};
        const CK_RV rv = call.C_GetMechanismInfo(slot, mechanism, &info);
        if (rv == CKR_MECHANISM_INVALID) continue;
        if (rv != CKR_OK) info = {};
        if (isFor(info, use)) abilities.m_found[mechanism] = info;
    }
    return abilities;
}

std::string Abilities::sasProblem() const {
    const auto hmac = m_found.find(CKM_SHA256_HMAC);
    if (hmac == m_found.end()) return "this token has no CKM_SHA256_HMAC: sas batches cannot be made here";
    // some modules count in bytes, some in bits; none that takes 64 bytes says a smaller number than that
    const CK_ULONG most = hmac->second.ulMaxKeySize;
    if (most == 0 || most >= kGroupKeyBytes) return {};
    return fmt::format("this token's CKM_SHA256_HMAC takes keys of {} bytes at most, a group key has {}: sas batches cannot be made here",
                       most, kGroupKeyBytes);
}

std::string Abilities::sealingProblem() const {
    return can(CKM_AES_GCM) ? "" : "this token has no CKM_AES_GCM: keys that IoT Central made cannot be kept here for imported batches";
}

std::vector<std::string> Abilities::lacks() const {
    std::vector<std::string> words;
    if (auto problem = sasProblem(); !problem.empty()) words.push_back(std::move(problem));
    if (!can(CKM_ECDSA) && !can(CKM_ECDSA_SHA256))
        words.emplace_back("no CKM_ECDSA, no CKM_ECDSA_SHA256: the audit key and EC CAs cannot sign here");
    if (!can(CKM_RSA_PKCS) && !can(CKM_SHA256_RSA_PKCS))
        words.emplace_back("no CKM_RSA_PKCS, no CKM_SHA256_RSA_PKCS: RSA CAs cannot sign here");
    if (!can(CKM_EC_KEY_PAIR_GEN) && !can(CKM_RSA_PKCS_KEY_PAIR_GEN))
        words.emplace_back("no CKM_EC_KEY_PAIR_GEN, no CKM_RSA_PKCS_KEY_PAIR_GEN: keys are made with the vendor's tools");
    if (auto problem = sealingProblem(); !problem.empty()) words.push_back(std::move(problem));
    return words;
}

}  // namespace keystamp::hsm
