// SPDX-License-Identifier: Apache-2.0
// The one narrow way to a board, whatever family it is of. One thread at a time; every call is bounded by its deadline.
//
// Errors: BoardSilent (nothing came), BoardNonsense (framing, CRC, an answer that does not parse), LinkLost, Timeout: the
// station cannot tell, verdict ERROR. BoardRefused (a well-formed no; native = the board's code), ProofFailed, WrongUid:
// the unit is bad, verdict FAIL.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/device_id.h"
#include "core/result.h"
#include "core/secret.h"
#include "core/words.h"
#include "flashing/link/link.h"

namespace keystamp::flashing {

/// What the board says of itself. Read first, and again before a unit is recorded.
struct BoardInfo {
    Bytes uid;             ///< 1 to 32 bytes, the silicon's own
    std::string family;    ///< "keystamp-agent host", ...
    std::string firmware;  ///< version
    bool makesKeys = false;  ///< can make a key pair and a CSR itself
    bool proves = false;     ///< can prove possession
    bool takesSas = true, takesX509 = true;  ///< credentials that it can be given
    bool locked = false;
    bool locks = true;       ///< lock() closes it; else it only lets the product start
    bool readsBack = false;  ///< `credential` was read out of its flash, byte for byte, just now; else it is by a digest that the board told
    bool accepted = false;   ///< nothing of it can be looked at: `credential`, once written, is what the board said it took, in this connection
    bool showsByReading = false;  ///< without a proof, what it was given is shown by reading all of it out of its flash; else by a digest that it tells
    /// The committed credential's digest (see credentialDigest), nothing on a blank board.
    std::optional<Digest> credential;
    /// The committed identity, empty on a blank board.
    std::string deviceId;
    std::string scopeId;
    /// SHA-256 of the SubjectPublicKeyInfo of a key that was made on the board and not erased since.
    std::optional<Digest> pendingKey;
};

/// What a unit is given. Exactly one of key and nothing (the board made its own) goes with x509; sasKey goes with sas.
struct Credential {
    Mode kind = Mode::X509;
    DeviceId id;
    std::string scopeId;
    std::vector<Bytes> chain;  ///< x509: leaf first, then every intermediate, DER
    Secret privateKey;         ///< x509 with a station-made key: PKCS #8, DER; else empty
    Secret sasKey;             ///< sas: 32 bytes
};

/// x509: SHA-256 of the leaf's DER. sas: SHA-256 of the 32-byte key.
Digest credentialDigest(const Credential& credential);

/// What the proof is made with: the leaf's public key, or the SAS key itself.
struct Prover {
    Mode kind = Mode::X509;
    Bytes leaf;     ///< DER, x509
    Secret sasKey;  ///< sas
};

/// Signed (ECDSA or RSA PKCS#1 v1.5 with SHA-256) or HMAC-SHA256ed by the board:
/// "keystamp-proof-v1\0" ‖ nonce32 ‖ UID ‖ device ID ‖ scope ID ‖ SHA-256 of the credential
Bytes proofMessage(BytesView nonce32, BytesView uid, const DeviceId& id, const std::string& scopeId,
                   const Digest& credential);
/// ProofFailed with the reason, or nothing.
Result<void> checkProof(const Prover& prover, BytesView message, BytesView proof);

class Board {
public:
    virtual ~Board() = default;

    /// Whether its link is known to be lost: as with a board that was taken off while nobody spoke to it. Nothing is sent.
    virtual bool lost() const { return false; }

    virtual Result<BoardInfo> info(Deadline deadline) = 0;
    /// Opens a provisioning session for this identity; drops a half-written one, keeps a pending key of the same identity.
    virtual Result<void> begin(Mode kind, const DeviceId& id, const std::string& scopeId, Deadline deadline) = 0;
    /// Makes a P-256 key on the board (or keeps the pending one) and returns its CSR, DER, CN = the device ID.
    virtual Result<Bytes> makeKey(Deadline deadline) = 0;
    /// Sends everything and has the board commit it in one step: afterwards it holds all of it or what it held before.
    virtual Result<void> write(const Credential& credential, Deadline deadline) = 0;
    /// Has the board restart (read from flash), then prove with its credential over a fresh nonce. Returns the proof bytes.
    virtual Result<Bytes> prove(BytesView nonce32, Deadline deadline) = 0;
    /// After this the board refuses begin, write and erase, where it can (BoardInfo::locks); the product may start. Repeating
    /// it is no error.
    virtual Result<void> lock(Deadline deadline) = 0;
    virtual Result<void> erase(Deadline deadline) = 0;
};

/// What a driver is told beside its link: the table [driver.NAME] of station.toml, numbers as text.
using DriverOptions = std::map<std::string, std::string>;

/// Speaks `driver` ("agent", "esp32c3", ...) over the link; BadConfig for a driver not in the table, or options not its own.
Result<std::unique_ptr<Board>> openBoard(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options = {});
/// Whether openBoard would take them; for checking a configuration.
Result<void> checkDriver(const std::string& driver, const DriverOptions& options);
std::vector<std::string> drivers();

}  // namespace keystamp::flashing
