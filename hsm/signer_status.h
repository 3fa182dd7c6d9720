// SPDX-License-Identifier: Apache-2.0
// What the signer tells of itself, its token and its CAs.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/words.h"

namespace keystamp::hsm {

struct CaInfo {
    Slot slot = Slot::Primary;
    bool usable = false;       ///< key and certificate are there and fit each other
    std::string problem;       ///< why not, in words
    std::string subject;
    std::string keyType;       ///< "EC P-256", "RSA 3072"
    Bytes certificate;         ///< DER
    std::string chainPem;      ///< this CA's certificate and every one above it but the root
    Digest sha256{};           ///< of the DER
    UtcTime notBefore{}, notAfter{};
    bool groupKey = false;     ///< whether this slot has a SAS group key
    bool groupKeyWanted = false;  ///< whether the configuration names one
    bool awaited = false;      ///< no certificate was ever installed: its file is not there
    int heldHalf = 0;          ///< 1 or 2: this half of a group key was entered and waits for the other
};

/// A CA that has issued leaves and serves its slot no more.
struct FormerCa {
    Slot slot = Slot::Primary;
    Digest sha256{};       ///< of its DER
    std::string chainPem;  ///< as in CaInfo
};

/// What every leaf gets, whoever asks for it.
struct LeafProfile {
    std::chrono::hours validity{0};  ///< a CA that ends sooner cuts it short
    std::chrono::hours backdate{0};
    std::string organisation;             ///< empty: leaves have none
    std::vector<std::string> purposes;    ///< extended key usages: "clientAuth", "serverAuth"
    std::vector<std::string> keys;        ///< that are certified: "P-256", "RSA-2048" ...
};

struct SignerStatus {
    bool loggedIn = false;
    bool demo = false;         ///< the token is marked as a demo by its label
    bool supervised = false;   ///< somebody is enrolled as a supervisor
    std::string state;         ///< "ready", "pin-needed", "pin-locked", "token-missing", "starting"
    std::string tokenLabel, tokenSerial, module;
    std::vector<CaInfo> slots;
    std::vector<FormerCa> former;
    Slot active = Slot::Primary;          ///< what a new batch gets that names none
    LeafProfile profile;
    std::string rootPem;
    std::vector<std::string> lacks;  ///< what the token cannot do, each with what that means here; known without a login
    std::string sasProblem;    ///< why no SAS key can be derived with this token; empty where they can
    std::string sealingProblem;     ///< why no imported key can be kept with this token; empty where they can
    bool sealingKeyWanted = false;  ///< whether the configuration names a key for it
    bool sealingKey = false;        ///< whether it is there; the first grant for imported keys makes it
    std::uint64_t keysHeld = 0;     ///< imported keys that wait for their boards
    /// Each key that was tested at the login ("primary", "primary-group", "audit" ...) with what is wrong with it, or nothing.
    std::map<std::string, std::string> selfTest;
    std::string auditKeyPem;   ///< SubjectPublicKeyInfo; empty until logged in
    std::int64_t worker = 0;   ///< pid of the worker
    std::uint64_t workerStarts = 0;
};

}  // namespace keystamp::hsm
