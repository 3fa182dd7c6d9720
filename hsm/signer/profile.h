// SPDX-License-Identifier: Apache-2.0
// Private to hsm: what every leaf gets, whoever asks for it.
#pragma once

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace keystamp::hsm {

/// Keys that may be certified: what the clouds' documents name, and P-384.
enum class KeyAlgorithm : std::uint8_t { P256, P384, Rsa2048, Rsa3072, Rsa4096 };
inline constexpr std::string_view kKeyAlgorithmNames[] = {"P-256", "P-384", "RSA-2048", "RSA-3072", "RSA-4096"};
constexpr std::string_view name(KeyAlgorithm algorithm) {
    return kKeyAlgorithmNames[static_cast<std::size_t>(algorithm)];
}

/// Extended key usages that a profile may have. clientAuth it must have: without it no cloud takes the leaf. serverAuth
/// is for devices that also answer TLS themselves, as gateways do. Others (anyExtendedKeyUsage, codeSigning,
/// OCSPSigning ...) would let a device speak for more than itself.
enum class KeyPurpose : std::uint8_t { ClientAuth, ServerAuth };
inline constexpr std::string_view kKeyPurposeNames[] = {"clientAuth", "serverAuth"};
constexpr std::string_view name(KeyPurpose purpose) { return kKeyPurposeNames[static_cast<std::size_t>(purpose)]; }

struct Profile {
    std::chrono::hours validity{24 * 3650};
    std::chrono::hours backdate{24};  ///< for devices whose clock is behind
    std::string organisation;         ///< O of the subject; left out where empty
    std::set<KeyPurpose> purposes{KeyPurpose::ClientAuth};
    std::set<KeyAlgorithm> keys{KeyAlgorithm::P256, KeyAlgorithm::P384, KeyAlgorithm::Rsa2048, KeyAlgorithm::Rsa3072,
                                KeyAlgorithm::Rsa4096};
};

}  // namespace keystamp::hsm
