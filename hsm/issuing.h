// SPDX-License-Identifier: Apache-2.0
// What is asked of the signer for devices, and what it gives: grants, certificates, keys, and the ledger's count of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/device_id.h"
#include "core/secret.h"
#include "core/words.h"

namespace keystamp::hsm {

/// What a supervisor allows: under it, and only under it, leaves are issued and keys derived.
struct Grant {
    std::string batch;
    Mode mode = Mode::X509;
    Slot slot = Slot::Primary;
    std::uint64_t cap = 0;  ///< leaf intents, or distinct IDs derived or opened, at most
    /// Either a pattern with its range of running numbers, or a list; imported keys need a list.
    std::string pattern;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::vector<DeviceId> ids;
};

/// Positive, 20 octets at most, 128 random bits, big-endian without leading zeros (RFC 5280 section 4.1.2.2).
using Serial = Bytes;

/// One intended certificate. The same intent always gives the same certificate.
struct LeafIntent {
    std::string batch;
    std::string job;
    DeviceId id;
    Serial serial;  ///< as reserve() gave it for this batch, ID and job
    Bytes csr;      ///< PKCS #10, DER; its public key is certified, the rest is only checked
};

struct Leaf {
    Bytes certificate;  ///< DER
    std::string chainPem;  ///< intermediates to go with it, nearest first
    Slot slot = Slot::Primary;
};

/// What the ledger knows of one serial.
enum class SerialFate {
    Unknown,    ///< never reserved here
    Reserved,   ///< reserved; nothing was signed with it
    Interrupted,///< its intent was written, no result was: it may have been signed. Void it
    Issued,
};

struct SerialRecord {
    SerialFate fate = SerialFate::Unknown;
    std::optional<Leaf> leaf{};  ///< where Issued
    bool isVoid = false;         ///< voidSerial() was called for it
};

/// What a device holds is its base64.
struct DerivedKey {
    Secret key;  ///< 32 bytes: HMAC-SHA256(group key, UTF-8 of the ID); of an imported one as many as it was imported with
    Slot slot = Slot::Primary;
};

/// One certificate or key that was asked for under a grant, as the ledger has it.
struct Issuance {
    std::uint64_t number = 0;  ///< in the ledger's order
    DeviceId id;
    std::string job;
    Slot slot = Slot::Primary;
    Serial serial;             ///< empty for a SAS key, and so is what follows
    Digest keyHash{};
    Bytes certificate;         ///< DER; empty where the signature was interrupted
    bool isVoid = false;
};
/// How many of them come at once.
inline constexpr std::size_t kIssuancesAtOnce = 50;

/// A device key that the cloud made.
struct ImportedKey {
    DeviceId id;
    Secret key;  ///< kShortestKey to kLongestKey bytes
};
inline constexpr std::size_t kShortestKey = 16, kLongestKey = 64;
inline constexpr std::size_t kMostKeysAtOnce = 60;
/// IDs in one request of a supervisor: each costs two derivations at most, a passphrase a tenth of a second.
inline constexpr std::size_t kMostDerivedAtOnce = 500;

struct LedgerCounts {
    std::uint64_t cap = 0;
    std::uint64_t awaited = 0;      ///< the cap of an extension that nobody has released yet; else 0
    std::uint64_t reserved = 0;     ///< serials, intended or not
    std::uint64_t intents = 0;      ///< leaf intents: issued + interrupted
    std::uint64_t issued = 0;
    std::uint64_t interrupted = 0;
    std::uint64_t derived = 0;      ///< distinct IDs
    std::uint64_t imported = 0;     ///< distinct IDs whose imported key was opened for a board
    std::uint64_t held = 0;         ///< imported keys that are still here
    std::uint64_t keys() const { return derived + imported; }  ///< IDs whose symmetric key was given out, whoever made it
};

}  // namespace keystamp::hsm
