// SPDX-License-Identifier: Apache-2.0
// A recorded device and the device provisioning service: registers in its name, as the board itself will.
#pragma once

#include "station/cloud/dps.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {

struct CloudOrder {
    DeviceId id;
    std::optional<Slot> slot{};  ///< sas: of the group key; else the one that its board has
    Secret keyPem{};             ///< x509: the private key, which the station does not have
    std::chrono::seconds limit{60};
    cloud::Over over = cloud::Over::Https;
};

/// What came of it, and with what.
struct CloudAnswer {
    cloud::Registration registration;
    std::string scopeId;
    Slot slot = Slot::Primary;
    Secret sasKey{};    ///< sas: what it was registered with
    std::string who{};  ///< sas: the supervisor
};

/// By the live unit of its ID: under its batch's scope; sas by the key that the signer derives for `authority`, x509 by the certificate on
/// record and order.keyPem. What came of it is in the audit log before it is returned. UnknownUnit; BadUsage where its key cannot be had
/// here; and as cloud::registerDevice. Any thread; up to the order's limit, and 5 s for the signer.
Result<CloudAnswer> registerUnit(Station& station, const CloudOrder& order, const hsm::Authority* authority, const std::atomic<bool>& stop,
                                 const cloud::Waiting& waiting = {});

/// Whether registerUnit needs a supervisor's authority for it: their key is derived for that.
Result<bool> registersByAuthority(const Station& station, const DeviceId& id);

/// `HostName=...;DeviceId=...;SharedAccessKey=...`, of an answer that assigned it.
Secret connectionString(const CloudAnswer& answer);

}  // namespace keystamp::workflow
