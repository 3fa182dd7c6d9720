// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the signer's part of station.toml. Paths are made absolute against the file's folder.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "core/words.h"
#include "hsm/signer/profile.h"

namespace keystamp::hsm {

struct SlotConfig {
    Bytes caKey;             ///< CKA_ID
    std::string caCert;      ///< PEM file: the intermediate, and any certificate between it and the root
    Bytes groupKey;          ///< CKA_ID; empty where the slot has none
};

struct SignerConfig {
    std::string file;
    std::string data;        ///< folder of the ledger and the lock
    std::string socket;
    std::string module;
    std::string tokenLabel, tokenSerial;
    std::map<std::string, std::string> environment;  ///< set before the module is loaded
    std::string root;        ///< PEM file
    std::string pinFile;     ///< demo tokens only
    std::vector<uid_t> callers;
    std::map<Slot, SlotConfig> slots;
    Bytes auditKey;          ///< CKA_ID
    Bytes wrappingKey;       ///< CKA_ID; empty where no group key comes wrapped
    Bytes sealingKey;        ///< CKA_ID; empty where no batch has imported keys
    Profile profile;
    std::string supervisor;      ///< [supervisor] name, for make-demo-token
    std::string passphraseFile;  ///< demo tokens only

    /// The token's label begins with "keystamp-demo".
    bool demo() const;
    std::string ledgerPath() const { return data + "/ledger.db"; }
};

/// BadConfig names file, line and key: misspelt keys in the signer's own tables, a profile that would make illegal
/// certificates (validity under a day or over 50 years), a PIN or passphrase file with a token that is no demo's.
Result<SignerConfig> loadSignerConfig(const std::string& path);

}  // namespace keystamp::hsm
