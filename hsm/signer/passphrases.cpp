// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/passphrases.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

namespace keystamp::hsm {
namespace {

constexpr std::uint64_t kCost = 1u << 15;  // with r = 8: 32 MiB
constexpr std::uint64_t kMemory = 64u << 20;
constexpr std::size_t kHashSize = 32;

Result<Bytes> scrypt(const Secret& passphrase, const Bytes& salt, std::uint64_t cost) {
    Bytes hash(kHashSize);
    const auto text = passphrase.text();
    if (EVP_PBE_scrypt(text.data(), text.size(), salt.data(), salt.size(), cost, 8, 1, kMemory, hash.data(), hash.size()) != 1) {
        return Error{ErrorCode::Internal, "scrypt", 0, "EVP_PBE_scrypt"};
    }
    return hash;
}

}  // namespace

std::chrono::seconds waitAfter(std::uint64_t failures) {
    if (failures < 3) return std::chrono::seconds{0};
    return std::chrono::seconds{std::min<std::int64_t>(300, std::int64_t{2} << std::min<std::uint64_t>(failures - 3, 10))};
}

Result<void> Passphrases::enrol(const std::string& supervisor, const Secret& passphrase) {
    if (supervisor.empty() || supervisor.size() > 128) return Error{ErrorCode::BadUsage, "a supervisor's name has 1 to 128 bytes"};
    if (passphrase.size() < 8) return Error{ErrorCode::BadUsage, "a passphrase has 8 bytes at least"};
    SupervisorRow row;
    row.salt = randomBytes(16);
    row.cost = kCost;
    auto hash = scrypt(passphrase, row.salt, row.cost);
    if (!hash) return hash.error();
    row.hash = std::move(*hash);
    return m_ledger.enrol(supervisor, row);
}

Result<void> Passphrases::check(const Authority& authority) {
    const std::lock_guard lock{m_mutex};
    const auto found = m_ledger.supervisor(authority.supervisor);
    if (!found) return found.error();
    if (!*found) {
        // as slow as a wrong one, and no other answer
        [[maybe_unused]] const auto hash = scrypt(authority.passphrase, Bytes(16), kCost);
        return Error{ErrorCode::PassphraseWrong, "supervisor " + authority.supervisor};
    }
    const SupervisorRow& row = **found;
    // a last try that lies in the future (the clock went back) makes nobody wait
    if (const UtcTime now = m_clock(); row.triedAt && *row.triedAt <= now && now - *row.triedAt < waitAfter(row.failures)) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(*row.triedAt + waitAfter(row.failures) - now);
        return Error{ErrorCode::PassphraseWrong, "after " + std::to_string(row.failures) + " wrong entries for " + authority.supervisor +
                                                     " the next one is taken in " + std::to_string(left.count()) + " s"};
    }
    if (auto counted = m_ledger.countTry(authority.supervisor); !counted) return counted;
    const auto hash = scrypt(authority.passphrase, row.salt, row.cost);
    if (!hash) return hash.error();
    if (hash->size() != row.hash.size() || CRYPTO_memcmp(hash->data(), row.hash.data(), hash->size()) != 0) {
        return Error{ErrorCode::PassphraseWrong, "supervisor " + authority.supervisor};
    }
    return m_ledger.forgiveTries(authority.supervisor);
}

}  // namespace keystamp::hsm
