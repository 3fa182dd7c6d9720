// SPDX-License-Identifier: Apache-2.0
// What a cloud asks of whoever adds a CA: the CA's certificate, and one of the code that it gave, signed by that CA. A factory carries both there.
#pragma once

#include <string>

#include "hsm/signer.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {

struct CaProof {
    std::string code;
    Slot slot = Slot::Primary;
    Bytes certificate;  ///< DER
    UtcTime notAfter{}; ///< the cloud must have it by then
};

/// Signed by the slot's CA for the supervisor, in the signer's ledger and the audit log; as it came, held against that CA. As Signer::proveCa;
/// RecordsAltered where it is not what was asked for.
Result<CaProof> proveCa(Station& station, const std::string& code, Slot slot, const hsm::Authority& authority);

/// "keystamp-primary-ca.cer" and "keystamp-primary-proof.cer" in a folder.
std::string caFile(const std::string& folder, Slot slot);
std::string proofFile(const std::string& folder, Slot slot);

/// The slot's certificate, DER, flushed and read back. KeyMissing where the slot has none. Its path.
Result<std::string> writeCa(const hsm::SignerStatus& status, Slot slot, const std::string& folder);
/// Both, flushed, and what lies there then held against the CA and the code, as the cloud will. RecordsAltered where it is something else.
Result<std::string> writeProof(const hsm::SignerStatus& status, const CaProof& proof, const std::string& folder);

/// Of the slot; nothing where it is not configured.
const hsm::CaInfo* caOf(const hsm::SignerStatus& status, Slot slot);

}  // namespace keystamp::workflow
