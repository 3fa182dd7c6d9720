// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/passphrases.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace keystamp::hsm {
namespace {

constexpr std::uint64_t kCost = 1u << 15;  // with r = 8: 32 MiB
constexpr std::uint64_t kMemory = 64u << 20;
constexpr std::size_t kHashSize = 32;
// Checks that wait for their turn: each takes a tenth of a second, and a request four at most.
constexpr int kMostWaiting = 8;
// All whom nobody enrolled share one row, which no passphrase fits: they are answered as slowly as anybody, and counted.
const std::string kStranger;  // an empty name is never enrolled

Result<Bytes> scrypt(const Secret& passphrase, const Bytes& salt, std::uint64_t cost) {
    Bytes hash(kHashSize);
    const auto text = passphrase.text();
    if (EVP_PBE_scrypt(text.data(), text.size(), salt.data(), salt.size(), cost, 8, 1, kMemory, hash.data(), hash.size()) != 1) {
        return Error{ErrorCode::Internal, "scrypt", 0, "EVP_PBE_scrypt"};
    }
    return hash;
}

Result<SupervisorRow> rowOf(const Secret& passphrase) {
    SupervisorRow row;
    row.salt = randomBytes(16);
    row.cost = kCost;
    auto hash = scrypt(passphrase, row.salt, row.cost);
    if (!hash) return hash.error();
    row.hash = std::move(*hash);
    return row;
}

Result<void> mayBe(const std::string& supervisor, const Secret& passphrase) {
    if (supervisor.empty() || supervisor.size() > 128) return Error{ErrorCode::BadUsage, "a supervisor's name has 1 to 128 bytes"};
    if (passphrase.size() < kShortestPassphrase) {
        return Error{ErrorCode::BadUsage, "a passphrase has " + std::to_string(kShortestPassphrase) + " bytes at least"};
    }
    return {};
}

class Turn {
public:
    explicit Turn(std::atomic<int>& waiting) : m_waiting(waiting), m_number(++waiting) {}
    ~Turn() { --m_waiting; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    bool tooLate() const { return m_number > kMostWaiting; }

private:
    std::atomic<int>& m_waiting;
    const int m_number;
};

}  // namespace

Result<void> Passphrases::enrol(const std::string& supervisor, const Secret& passphrase) {
    if (auto fit = mayBe(supervisor, passphrase); !fit) return fit;
    const auto row = rowOf(passphrase);
    return row ? m_ledger.enrol(supervisor, *row) : row.error();
}

Result<void> Passphrases::enrolFirst(const Authority& first) {
    if (auto fit = mayBe(first.supervisor, first.passphrase); !fit) return fit;
    auto enrolled = tryEnrolFirst(first);
    // the answer to the one before may have been lost; whoever only guesses at it is slowed as always
    if (!enrolled && enrolled.error().code == ErrorCode::SupervisorExists && check(first)) return {};
    return enrolled;
}

Result<void> Passphrases::tryEnrolFirst(const Authority& first) {
    const Turn turn{m_waiting};
    if (turn.tooLate()) return Error{ErrorCode::SignerUnavailable, "too many passphrases are entered at once"};
    const std::lock_guard lock{m_mutex};
    const auto supervised = m_ledger.supervised();
    if (!supervised) return supervised.error();
    if (*supervised) return Error{ErrorCode::SupervisorExists, {}};  // without the work of a hash
    const auto row = rowOf(first.passphrase);
    return row ? m_ledger.enrolFirst(first.supervisor, *row) : row.error();
}

Result<std::string> Passphrases::rowFor(const std::string& supervisor) {
    for (const std::string& name : {supervisor, kStranger}) {
        const auto found = m_ledger.supervisor(name);
        if (!found) return found.error();
        if (*found) return name;
    }
    SupervisorRow nobody;
    nobody.salt = randomBytes(16);
    nobody.hash = randomBytes(kHashSize);
    nobody.cost = kCost;
    if (const auto made = m_ledger.enrol(kStranger, nobody); !made) return made.error();
    return kStranger;
}

Result<void> Passphrases::check(const Authority& authority) {
    const Turn turn{m_waiting};
    if (turn.tooLate()) {
        return Error{ErrorCode::PassphraseWrong, "too many are entered at once; none was looked at"};
    }
    const std::lock_guard lock{m_mutex};
    const auto name = rowFor(authority.supervisor);
    if (!name) return name.error();
    const auto found = m_ledger.supervisor(*name);
    if (!found) return found.error();
    if (!*found) return Error{ErrorCode::Internal, "a supervisor has gone from the ledger"};
    const SupervisorRow& row = **found;
    if (const auto left = leftToWait(row.tries, m_clock()); left.count() > 0) {
        return Error{ErrorCode::PassphraseWrong, "after " + std::to_string(row.tries.failures) + " wrong entries for " + authority.supervisor +
                                                     " the next one is taken in " + std::to_string(left.count()) + " s"};
    }
    if (auto counted = m_ledger.countTry(*name); !counted) return counted;
    const auto hash = scrypt(authority.passphrase, row.salt, row.cost);
    if (!hash) return hash.error();
    if (hash->size() != row.hash.size() || CRYPTO_memcmp(hash->data(), row.hash.data(), hash->size()) != 0) {
        return Error{ErrorCode::PassphraseWrong, "supervisor " + authority.supervisor};
    }
    return m_ledger.forgiveTries(*name);
}

}  // namespace keystamp::hsm
